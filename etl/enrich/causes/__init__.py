"""Causes from words: a taxonomy of causes, the phrases that tell them, and the matcher that finds them in texts."""
