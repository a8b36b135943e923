"""The text model: a table of tokens with integer weights a class, how it is learned, kept, and read over texts."""
