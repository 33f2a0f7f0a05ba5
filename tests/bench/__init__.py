"""Measurements against bare floors: `python -m tests.bench`."""
