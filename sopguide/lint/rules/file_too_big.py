"""A file over the size limit of 16 MiB.

No procedure is that large; usually something else was saved under its name. Split a catalogue of
macros into several files below `macros/`.
"""

from sopguide.source import codes

CODE = codes.TOO_BIG
NAME = "file-too-big"
