"""The command line of the etl side: one file per group of commands."""
