"""More mistakes in one file than are worth telling.

The others of that file are left out. Mend the first ones; often they share one cause.
"""

from sopguide.source import codes

CODE = codes.TOO_MANY_MISTAKES
NAME = "too-many-mistakes"
