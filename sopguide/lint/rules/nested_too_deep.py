"""Lists and mappings nested more than 64 deep.

No procedure needs that. Make a sub-procedure of the inner part (`run:`), or a table.
"""

from sopguide.source import codes

CODE = codes.TOO_DEEP
NAME = "nested-too-deep"
