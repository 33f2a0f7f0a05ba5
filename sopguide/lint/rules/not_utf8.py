"""A file that is not UTF-8.

Most often it was saved as Windows-1252 or UTF-16, and accents would come out wrong. Save it again
as UTF-8; every editor offers that.
"""

from sopguide.source import codes

CODE = codes.NOT_UTF8
NAME = "not-utf8"
