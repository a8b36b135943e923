"""Drawing chart values: plotly for the web, vector for files."""
