"""Tests of `etl/load`."""
