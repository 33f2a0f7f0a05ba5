"""An `accept:` that does nothing.

It names a code that no rule has, or an error; or nothing is found there any more; or its last day
is past. Left standing, it would hide the next finding of that kind that somebody brings in.

Good:

    start: danger
    steps:
      danger:
        ask: Is somebody in danger?
        critical: true
        accept: [{code: SOP604, because: The help is with the crisis team, until: 2126-03-31}]
        answers: {yes: done, no: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    accept: [{code: SOP399, because: Opens in March, until: 2126-03-31}]
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:17: hint[SOP701] no rule has the code `SOP399`
"""

from sopguide.graph import codes

CODE = codes.IDLE_ACCEPTANCE
NAME = "idle-acceptance"
