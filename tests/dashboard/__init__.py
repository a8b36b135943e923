"""Tests of the dashboard: words, pages, charts and files."""
