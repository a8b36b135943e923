"""Alerts: the state machine, what is watched, how it is told, and how good the rules are."""
