"""Tests of the files that pages become."""
