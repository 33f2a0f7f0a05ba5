"""An entry that stands twice in a list.

One of the two was probably meant to be another.

Good:

    # library.yaml
    locales: [en, es]
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: Done., es: Listo.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    locales: [en, en]
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    library.yaml:2:15: error[SOP130] `en` is listed twice
"""

from sopguide.source import codes

CODE = codes.REPEATED
NAME = "repeated"
