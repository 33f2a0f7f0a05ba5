"""An id that breaks the grammar of ids.

Ids of steps, answers, labels and macros begin with a letter or digit and hold letters, digits, `-`
and `_`; facts and sets begin with a small letter and hold small letters, digits and `_`. They stand
in logs and reports, so they are not wording: say it in `say` or `title`.

Good:

    start: look
    steps:
      look: {ask: All good?, answers: {all-good: {say: All good}}, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: look
    steps:
      look: {ask: All good?, answers: {all good: done}}
      done: {end: resolved, macro: done, label: done}

Found:

    3:36: error[SOP124] `all good` is no valid id
"""

from sopguide.source import codes

CODE = codes.WRONG_NAME
NAME = "wrong-name"
