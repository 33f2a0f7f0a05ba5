"""A file that cannot be opened.

Its permissions do not let the user read it, or it is a link to nothing. Everything that may be in
it counts as unknown, so what names it is not blamed. Mend the permissions or remove the link.
"""

from sopguide.source import codes

CODE = codes.UNREADABLE_FILE
NAME = "unreadable-file"
