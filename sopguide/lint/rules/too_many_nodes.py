"""A file with more than two million parts.

No procedure is that large. Split it.
"""

from sopguide.source import codes

CODE = codes.TOO_MANY_NODES
NAME = "too-many-nodes"
