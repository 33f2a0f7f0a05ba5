"""Placeholders that a translation lost, made up or changed.

What stands between `{{` and `}}` is filled in for the ticket at hand, so a translation has the same
placeholders as its text, letter for letter; they may stand elsewhere in the sentence. Such a
translation is not used: its text is shown as it is written.

Good:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: ask
    steps:
      ask: {do: "Open ticket {{ ticket.id }}.", go: done}
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Open ticket {{ ticket.id }}."
    msgstr "Abra el ticket {{ ticket.id }}."

Bad:

    # library.yaml
    rules: {not-translated: "off"}
    # sops/example.yaml
    start: ask
    steps:
      ask: {do: "Open ticket {{ ticket.id }}.", go: done}
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Open ticket {{ ticket.id }}."
    msgstr "Abra el ticket {{ billete.id }}."

Found:

    locale/es/LC_MESSAGES/library.po:3:8: error[SOP134] the placeholder `ticket.id` is missing
    locale/es/LC_MESSAGES/library.po:3:24: error[SOP134] the text has no placeholder `billete.id`
"""

CODE = "SOP134"
NAME = "translated-placeholder"
