"""The rules that the project holds itself to, as tests."""
