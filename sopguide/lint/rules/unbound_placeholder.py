"""Placeholders of a macro that some way to it leaves open.

On every way to the step that sends the macro, each fact it shows must be known: asked for, needed
by a rule, or set. A fact that the ticket gives (`from`) may be missing there, and an optional one
may be answered "not known". What Liquid leaves out itself (`{% if amount %}`, `| default: 0`) is
fine. The finding names answers that lead there.

Good:

    # library.yaml
    facts: {amount: {type: decimal, ask: How much was paid?}}
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: "You get {{ amount }} back."}}
    # sops/example.yaml
    start: paid
    steps:
      paid: {ask: Was anything paid?, answers: {yes: much, no: nothing}}
      much: {fact: amount, go: done}
      done: {end: resolved, macro: done, label: done}
      nothing: {end: rejected, macro: none, label: done}

Bad:

    # library.yaml
    facts: {amount: {type: decimal, ask: How much was paid?}}
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: "You get {{ amount }} back."}}
    # sops/example.yaml
    start: paid
    steps:
      paid: {ask: Was anything paid?, answers: {yes: much, no: done}}
      much: {fact: amount, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    6:32: warning[SOP508] nothing fills `amount` in macro `done` for: paid no
"""

CODE = "SOP508"
NAME = "unbound-placeholder"
