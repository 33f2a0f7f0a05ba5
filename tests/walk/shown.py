"""A procedure that shows everything a screen can show."""

from typing import Any

from tests.walking import procedure

LIBRARY = """
name: Test
locales: [en, de]
facts:
  country: {type: choice, values: {DE: Germany, US: United States}, from: ticket.country, ask: "Which country?"}
  age: {type: integer, unit: years, ask: "How old is {{ ticket.requester.first_name }}?"}
  seen: {type: yes_no, optional: true, ask: "Was it seen?"}
  proofs: {type: choices, values: {receipt: A receipt, none: None}, exclusive: [none], ask: "Which proofs?"}
  share: {type: decimal, is: age / 3}
  broken: {type: decimal, is: age / 0}
"""
MACROS = """
hello:
  title: Hello
  status: live
  body:
    en: "Hi {{ ticket.requester.first_name }}, you are {{ age }} in {{ country }}. {% if country == 'DE' %}Servus!{% endif %}{{ ticket.note }}"
    de: "Hallo {{ ticket.requester.first_name }}, {{ proofs }}{{ seen }}{{ share }}{{ broken }}"
odd: {title: Odd, status: live, body: {fr: "Bonjour"}}
"""
LABELS = "done: {title: Done, macros: [hello, odd]}"
TEXT = """
start: a
steps:
  a:
    ask: "Is {{ country }} right?"
    help: Look at the profile.
    because: CG-1
    critical: true
    answers: {no: {say: "No, it is not", go: b}, yes: b}
  b:
    fact: country
    answers: {US: {say: "In the States", go: c}}
    go: c
  c: {decide: [{if: {age: < 13}, to: wait}, {else: d}]}
  wait: {wait: A parent's reply, macro: hello, label: done, for: 7d, go: {reply: d, timeout: done}}
  d: {do: Lock it., check: [Locked, Told], go: e}
  e: {fact: seen, go: f}
  f: {fact: proofs, go: done}
  done: {end: escalated, macro: hello, label: done, escalate: {to: legal, within: 4h}}
"""
TICKET = {"requester": {"first_name": "Ana"}, "country": "DE"}


def example() -> Any:
    return procedure(
        TEXT, **{"library.yaml": LIBRARY, "macros/standard.yaml": MACROS, "labels.yaml": LABELS}
    )
