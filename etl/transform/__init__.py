"""From landed rows to contacts, scores, watermarks and marts, only where a load touched them."""
