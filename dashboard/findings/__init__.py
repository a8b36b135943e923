"""What pages say about numbers: readings of answers, segments that moved, headlines, freshness of the data."""
