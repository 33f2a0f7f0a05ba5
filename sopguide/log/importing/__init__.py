"""Logs of other systems, for comparison: read from XES and CSV, kept apart from the path log.

Start at `case.py`, what is read; `xes.py` and `csvfile.py` read it, `kept.py` keeps it whole or
not at all, and `giving_back.py` writes it as it came.
"""
