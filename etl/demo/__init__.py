"""A seeded company, the facts planted in its history, and one writer for each real export format."""
