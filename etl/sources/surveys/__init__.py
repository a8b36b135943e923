"""What all survey exports share: how a question becomes a target, and the words of many languages for one thing."""
