"""The path log: every walk's events, durable before the next step is shown.

Start at `local.py`, the log of one machine; `protocol.py` is what every
store promises; `record.py` is what is stored.
"""
