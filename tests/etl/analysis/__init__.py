"""Tests of what is concluded from answers."""
