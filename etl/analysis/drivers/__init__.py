"""Drivers: which of the things that stand beside a score count for it, and how much, beyond what noise would."""
