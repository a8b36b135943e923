"""Export formats: one declaration each, and the reading of files into staged text."""
