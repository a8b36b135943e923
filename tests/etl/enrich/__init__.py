"""Tests of the Arrow steps."""
