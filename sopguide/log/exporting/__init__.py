"""The path log in the formats of others: CSV, JSON lines, Parquet, XES and OCEL.

Start at `cases.py`, the rows that all formats are made of; each format has a module of its own,
`run.py` brings them together, and `placing.py` puts what was written in place when it is whole.
"""
