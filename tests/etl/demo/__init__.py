"""Tests of the demo company, read back from the files that it wrote."""
