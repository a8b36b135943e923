"""Numbers in, something an executive can read out: one content, two faces (web and files)."""
