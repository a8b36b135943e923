"""Tests of proposed mappings: small files of many kinds and languages, and what they land as."""
