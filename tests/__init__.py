"""The tests; they mirror the rooms of `etl` and `dashboard`. `python -m tests` runs every check."""
