"""Pages as files that travel: no server, no network, the same numbers."""
