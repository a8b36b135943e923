"""From the bytes of a file to plain text records that the engine reads: in a process of its own, under limits."""
