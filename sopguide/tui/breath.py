"""How soon a key comes again that is held down: whoever presses it anew takes a breath first."""

SECONDS = 0.7
"""Longer than keyboards wait before they repeat a key, and than a page takes to be seen."""
