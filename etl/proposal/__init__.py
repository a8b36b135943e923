"""A mapping file proposed for an unknown export: its columns profiled, their meanings guessed, all open questions marked."""
