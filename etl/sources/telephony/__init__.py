"""What the logs of telephone systems share: clocks that their ids give away, and who called whom."""
