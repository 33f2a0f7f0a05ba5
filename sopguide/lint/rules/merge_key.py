"""A merge key (`<<`).

It copies keys from elsewhere, so nobody sees at the place what holds there. Write the keys out.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {<<: {end: resolved}, macro: done, label: done}

Found:

    3:10: error[SOP113] merge keys are not part of the language
"""

from sopguide.source import codes

CODE = codes.MERGE_KEY
NAME = "merge-key"
