"""Several documents in one file.

A line of three dashes begins another document, and most programs read only the first. One file
holds one procedure; make a file of each.

Good:

    title: Example
    version: 1.0.0
    status: live
    owner: tests
    about: An example.
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    title: Example
    version: 1.0.0
    status: live
    owner: tests
    about: An example.
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    ---
    start: other

Found:

    9:1: error[SOP110] a second document begins in this file
"""

from sopguide.source import codes

CODE = codes.SEVERAL_DOCUMENTS
NAME = "several-documents"
