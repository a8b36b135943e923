"""Benchmarks: what the product costs against a peer, measured in one run on the same machine."""
