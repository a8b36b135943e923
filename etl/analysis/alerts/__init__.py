"""Alerts: what is watched, how each stands, how it would be told, and how good the rules are."""
