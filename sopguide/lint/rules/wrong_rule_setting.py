"""A setting under `rules:` that does nothing.

`rules` in `library.yaml` says how much a rule's findings weigh here: `off`, `hint`, `warning` or
`error`, by the rule's code or name. What keeps an SOP from being compiled (all of SOP1xx and
SOP2xx, steps that lead nowhere) is always an error. `sopguide explain` lists all rules.

Good:

    # library.yaml
    rules: {unreachable-step: error, SOP601: off}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    rules: {unreachable-stop: error, SOP201: hint}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    library.yaml:2:9: error[SOP223] unknown rule `unreachable-stop`
    library.yaml:2:34: error[SOP223] what `SOP201` finds is always an error
"""

from sopguide.graph import codes

CODE = codes.WRONG_RULE_SETTING
NAME = "wrong-rule-setting"
