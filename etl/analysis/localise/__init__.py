"""Localisation: the few segments that explain why a rate rose or fell between two periods."""
