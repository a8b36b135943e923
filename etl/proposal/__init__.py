"""A mapping file proposed for an unknown export: columns profiled, meanings guessed, open questions marked."""
