"""Tests of how chart values are drawn."""
