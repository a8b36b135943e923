"""Signals: what a course over time expects of each period, which periods break it, and which segments stand out."""
