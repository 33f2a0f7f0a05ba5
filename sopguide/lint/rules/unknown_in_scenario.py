"""A name in a scenario that its SOP does not know, or a value that does not fit.

The scenario cannot run; the SOP can still be walked.

Good:

    # sops/example.yaml
    start: power
    steps:
      power: {ask: Is it on?, answers: {yes: done, no: done}}
      done: {end: resolved, macro: done, label: done}
    # scenarios/example.yaml
    - scenario: It is on
      answers: {power: yes}
      expect: {end: resolved, macro: done, label: done}

Bad:

    # sops/example.yaml
    start: power
    steps:
      power: {ask: Is it on?, answers: {yes: done, no: done}}
      done: {end: resolved, macro: done, label: done}
    # scenarios/example.yaml
    - scenario: It is on
      answers: {pover: yes}
      expect: {end: resolved, macro: done, label: done}

Found:

    scenarios/example.yaml:3:13: error[SOP220] unknown step or fact `pover`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_IN_SCENARIO
NAME = "unknown-in-scenario"
