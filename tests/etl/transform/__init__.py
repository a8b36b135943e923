"""Tests of what is concluded from landed rows."""
