"""A procedure that cases are decided by: rules, a part, a wait, a text, a hand-off."""

from typing import Any

from sopguide.facts.fact import fact_from_json
from sopguide.walk.resolution import Resolution
from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_facts
from tests.walking import NOW, procedure

LIBRARY = """
name: Test
locales: [en]
facts:
  country: {type: choice, values: [DE, US], ask: "Which country?"}
  age: {type: integer, min: 0, ask: "How old?"}
  amount: {type: decimal, ask: "How much?"}
  double: {type: decimal, is: amount * 2}
  story: {type: text, ask: "What happened?"}
  unused: {type: date, ask: "When?"}
"""
PART = """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
facts:
  note: {type: integer, ask: "A number?"}
steps:
  which: {ask: "Which?", answers: {good: more, bad: no_way}}
  more: {decide: [{if: {note: "> 3"}, to: fine}, {else: no_way}]}
  fine: {return: verified}
  no_way: {return: not_verified}
"""
TEXT = """
start: a
steps:
  a: {ask: A?, answers: {yes: b, no: s, maybe: d, run: p}}
  b: {decide: [{if: {age: < 13, double: "> 10"}, to: young}, {else: done}]}
  s: {fact: story, go: a}
  d: {do: Look., go: w}
  w: {wait: reply, for: 2d, go: {reply: a, timeout: done}}
  p: {run: part, go: {verified: done, not_verified: a}}
  young: {end: escalated, macro: none, label: none_sent, escalate: {to: child-safety, within: 4h}}
  done: {end: resolved, macro: done, label: done}
"""
LABELS = "done: {title: Done, macros: [done]}\nnone_sent: {title: None sent}\n"
FILES = {"library.yaml": LIBRARY, "sops/part.yaml": PART, "labels.yaml": LABELS}
OF = procedure(TEXT, **FILES)


def case(facts: Any = None, answers: Any = None) -> Resolution:
    spec = {"type": "date", "ask": "When?"}
    given = read_facts(facts or {}, OF, {"unused": fact_from_json("unused", spec)})
    return resolve(OF, given, answers, now=NOW, strict=True)


def short(found: Resolution) -> tuple[str, str | None, str | None]:
    return found.status, found.step, found.fact
