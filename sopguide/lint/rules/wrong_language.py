r"""Catalogues in a folder of another language.

The folder's name tells the language: `es`, `pt_BR`. It has to be one that exists, and the one that
the catalogue says it is in; a catalogue that was copied to begin a new language often says the old
one. The language that the library is written in, the first of its `locales`, needs none.

Good:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid ""
    msgstr "Language: es\n"

Bad:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid ""
    msgstr "Language: de\n"

Found:

    locale/es/LC_MESSAGES/library.po:3:8: error[SOP132] this catalogue says that it is in `de`
"""

CODE = "SOP132"
NAME = "wrong-language"
