"""Keys that do not go together, or one that needs another.

`escalated` needs `escalate`; `sunset` and `replaced_by` belong to macros that are deprecated; no
fact is asked for and computed at once.

Good:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: Done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/standard.yaml
    done: {title: Done, status: live, sunset: 2126-01-31, body: {en: Done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    macros/standard.yaml:2:35: error[SOP128] `sunset` cannot stand beside `status: live`
"""

from sopguide.source import codes

CODE = codes.TOGETHER
NAME = "keys-together"
