r"""Writing that is no catalogue of translations.

A catalogue is a list of entries: `msgid` with the text as it is written, `msgstr` with what it says
in the other language, each in quotes. A quote inside a text is written `\"`, a line break `\n`.
The entry is passed over, so its text is shown untranslated; the entries after it are read.

Good:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Example"
    msgstr "Un \"ejemplo\""

Bad:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Example"
    msgstr "Un "ejemplo""

Found:

    locale/es/LC_MESSAGES/library.po:3:1: error[SOP131] the text does not end with its quote
"""

CODE = "SOP131"
NAME = "catalogue-syntax"
