"""Tests of the drivers of a score."""
