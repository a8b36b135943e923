"""What only a browser shows: the running dashboard in Chromium."""
