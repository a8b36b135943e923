"""Tests of the export formats: a small sample and its golden each."""
