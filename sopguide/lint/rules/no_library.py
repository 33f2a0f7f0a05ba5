"""A folder without `library.yaml`.

That file makes a folder a library: it holds its name, its languages and the facts about a ticket.
Perhaps `--trees` names the folder above or below.
"""

from sopguide.source import codes

CODE = codes.NO_LIBRARY
NAME = "no-library"
