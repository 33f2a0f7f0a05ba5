"""SOPs of a few steps, in a library with a fact of every kind."""

from typing import Any

from tests.walking import procedure

FACTS = """
name: Test
locales: [en, de]
sets:
  eea: {of: country, values: [DE, IE]}
facts:
  country: {type: choice, values: [DE, IE, US], from: ticket.country, ask: "Which country?"}
  age: {type: integer, min: 0, max: 120, unit: years, ask: "How old?"}
  amount: {type: decimal, min: "> 0", ask: "How much?"}
  used: {type: decimal, min: 0, max: amount, ask: "How much is used?"}
  left: {type: decimal, is: amount - used}
  paid_on: {type: date, max: today, ask: "When paid?"}
  proofs: {type: choices, values: [receipt, device, none_of_them], exclusive: [none_of_them], ask: "Which proofs?"}
  story: {type: text, ask: "What happened?"}
  phone: {type: text, optional: true, ask: "Which phone?"}
  seen: {type: yes_no, optional: true, ask: "Was it seen?"}
  minimum_age: {type: integer, table: minimum-age}
"""
TABLE = """
hit: first
rows:
  - {if: {country: IE, paid_on: ">= 2026-01-01"}, value: 16}
  - {else: 13}
"""
ENDS = """
  done: {end: resolved, macro: done, label: done}
  other: {end: rejected, macro: none, label: none_sent}
"""
LABELS = "done: {title: Done, macros: [done]}\nnone_sent: {title: None sent}\n"
SUB = {
    "sops/part.yaml": """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
facts:
  note: {type: integer, ask: "A number?"}
steps:
  which: {ask: "Which?", answers: {good: deeper, bad: no_way}}
  deeper: {fact: country, go: [{if: {note: "> 3"}, to: fine}, {else: no_way}]}
  fine: {return: verified}
  no_way: {return: not_verified}
"""
}


def sop(text: str, **more: str) -> Any:
    files = {"library.yaml": FACTS, "tables/minimum-age.yaml": TABLE, "labels.yaml": LABELS}
    return procedure(text + ENDS, **files, **more)
