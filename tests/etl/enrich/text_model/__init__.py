"""Tests of the text model, on a few hundred sentences made here."""
