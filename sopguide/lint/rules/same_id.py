"""Two things of one kind with the same id.

Macros in different files share one space of names, and nobody could tell which is meant. Rename one
of them.

Good:

    # macros/more.yaml
    other: {title: Other, status: live, body: {en: Other.}}
    # labels.yaml
    done: {title: Done, macros: [done, other]}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/more.yaml
    done: {title: Done, status: live, body: {en: Done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    macros/standard.yaml:1:1: error[SOP116] macro `done` is there already
"""

from sopguide.source import codes

CODE = codes.SAME_ID
NAME = "same-id"
