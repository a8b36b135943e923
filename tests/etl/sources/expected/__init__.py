"""What must become of the real exports, one table a group of formats."""
