"""A small library for tests of scenarios and drills: one SOP, a sub-procedure, three scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.building import complete

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SOP = "sops/account/locked.yaml"
VERIFY = "sops/identity/verify.yaml"
SCENARIOS = "scenarios/account/locked.yaml"

FILES = {
    "library.yaml": """\
name: Test
locales: [en]
facts:
  age: {type: integer, min: 0, max: 120, from: ticket.age, ask: How old are they?}
  amount: {type: decimal, min: 0, ask: How much was paid?}
""",
    "macros/all.yaml": """\
welcome-back: {title: Welcome back, status: live, body: {en: "Hi {{ ticket.requester.first_name | default: 'there' }}"}}
not-shown: {title: Not shown, status: live, body: {en: We could not confirm it.}}
""",
    "labels.yaml": """\
account:
  recovered: {title: Recovered, macros: [welcome-back]}
  refused: {title: Refused, macros: [not-shown]}
  senior: {title: Handed to seniors}
""",
    SOP: """\
title: Locked out
start: reach
steps:
  reach:
    ask: Can they sign in anywhere?
    because: CG-1
    answers:
      yes: route
      no: {say: Nowhere, go: proof, because: CG-2}
  proof:
    run: identity/verify
    go: {verified: tell, not_verified: refuse}
  tell:
    do: Send the link.
    go: route
  route:
    decide:
      - {if: {amount: ">= 500"}, to: senior, because: CG-PAY}
      - {if: {age: "< 13"}, to: refuse, because: CG-MINOR}
      - {if: {age: "< 16"}, to: refuse}
      - else: recovered
  refuse: {end: rejected, macro: not-shown, label: account/refused}
  recovered: {end: resolved, macro: welcome-back, label: account/recovered}
  senior:
    end: escalated
    macro: none
    label: account/senior
    escalate: {to: seniors, within: 4h}
""",
    VERIFY: """\
title: Verify the owner
start: which
steps:
  which:
    ask: Which proof can they give?
    critical: true
    because: ID-1
    answers:
      receipt: verified
      none: not_verified
  verified: {return: verified}
  not_verified: {return: not_verified}
""",
    SCENARIOS: """\
- scenario: Signs in elsewhere
  ticket: {subject: "cant get in", body: "help\\nplease", facts: {age: 24, amount: 10}}
  answers: {reach: yes}
  expect: {end: resolved, macro: welcome-back, label: account/recovered}
- scenario: A receipt, but too young
  ticket: {subject: hi, age: 12, facts: {amount: 10}}
  answers: {reach: no, identity/verify.which: receipt}
  expect: {end: rejected, macro: not-shown, label: account/refused}
- scenario: A lot of money
  ticket: {subject: MONEY, facts: {age: 30}}
  answers: {reach: yes, amount: 900}
  expect: {end: escalated, macro: none, label: account/senior, escalate: {to: seniors}}
""",
}


def write(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write a library to the disk, and return its folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(complete(name, text))
    return folder
