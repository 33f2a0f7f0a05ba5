"""A control character in a file.

Copying from other programs brings them in. They cannot be seen, and in a terminal they can hide or
change what stands beside them. Delete the character at that place.
"""

from sopguide.source import codes

CODE = codes.CONTROL_CHARACTER
NAME = "control-character"
