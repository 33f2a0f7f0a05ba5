"""Texts that one catalogue translates twice.

Only the first counts, and nobody can tell which was meant. Where a text means two things, each gets
a `msgctxt` with the place it stands at: `account/hacked:trouble`.

Good:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Example"
    msgstr "Ejemplo"
    msgctxt "example:title"
    msgid "Example"
    msgstr "Modelo"

Bad:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Example"
    msgstr "Ejemplo"
    msgid "Example"
    msgstr "Modelo"

Found:

    locale/es/LC_MESSAGES/library.po:4:7: error[SOP133] this text is translated twice
"""

CODE = "SOP133"
NAME = "translated-twice"
