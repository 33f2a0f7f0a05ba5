"""A file with nothing in it.

Write what belongs there, or delete the file.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/more.yaml
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    macros/more.yaml: error[SOP114] the file is empty
"""

from sopguide.source import codes

CODE = codes.EMPTY_FILE
NAME = "empty-file"
