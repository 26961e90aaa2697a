"""Benchmarks: each prints a table. Machines are noisy: read the ratios."""
