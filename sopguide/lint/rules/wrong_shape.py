"""A text where a list or a mapping is wanted, or the other way round.

Usually a dash or a pair of braces is missing, or there is one too many.

Good:

    keywords: [refund]
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    keywords: {refund: yes}
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:11: error[SOP122] `keywords` must be a list, not a mapping
"""

from sopguide.source import codes

CODE = codes.WRONG_SHAPE
NAME = "wrong-shape"
