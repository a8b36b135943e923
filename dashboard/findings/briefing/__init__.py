"""What the brief says, section by section, from the same findings as the pages."""
