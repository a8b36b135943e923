"""Tests of the command line of the etl side."""
