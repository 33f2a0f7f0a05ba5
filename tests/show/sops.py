"""Procedures to draw: a small one with everything in it, a hostile one, and one as long as asked."""

from __future__ import annotations

import random
from typing import Any

from tests.building import library

WHOLE = """
title: Money back
start: old_enough
steps:
  old_enough:
    fact: age
    critical: true
    help: Look at the profile.
    because: P-1
    go:
      - if: {age: "< 13", country: in eea}
        to: guardian
        because: GDPR
      - if: [{age: 13..17}, {country: not US}]
        to: check
      - else: colour
  guardian:
    ask: Is a guardian there?
    answers:
      yes: {say: "Yes, a guardian", go: check, set: {seen: yes}, because: P-2}
      no: wait_for
  seen: {fact: seen, answers: {yes: colour}, go: done}
  wait_for:
    wait: the guardian
    macro: done
    label: done
    for: 7d
    go: {reply: guardian, timeout: late}
  colour:
    fact: colour
    answers: {red: check}
    go: done
  check:
    run: sub/proof
    go: {shown: tell, missing: late}
  tell:
    do: Send the money.
    check: [Money sent, Note written]
    set: {kinds: [a, b, c, d, e]}
    go: again
  again:
    decide:
      - if: {kinds: has a}
        to: seen
      - else: again_later
  again_later: {wait: a while, go: done}
  late: {end: rejected, macro: none, label: later}
  handed: {end: escalated, macro: done, label: done, escalate: {to: seniors, within: 4h}}
  done: {end: resolved, macro: done, label: done, confirm: true}
"""
PROOF = """
title: Is it proved?
start: which
steps:
  which: {ask: Which proof?, answers: {paper: good, other: {go: [{if: {country: US}, to: good}, {else: which}]}}}
  good: {return: shown}
  bad: {return: missing}
"""
LIBRARY = """
name: Test
locales: [en]
sets: {eea: {of: country, values: [AT, BE, DE, FR, IE]}}
facts:
  age: {type: integer, min: 0, unit: years, ask: How old?}
  country: {type: choice, values: [AT, BE, DE, FR, IE, US], from: ticket.country}
  seen: {type: yes_no, ask: Seen before?}
  colour: {type: choice, optional: true, values: {red: Red, blue: Blue, green: Green, grey: Grey}, ask: Which colour?}
  kinds: {type: choices, values: [a, b, c, d, e], ask: Which kinds?}
"""
LABELS = "done: {title: Done, macros: [done]}\nlater: {title: Later}\n"


def whole() -> dict[str, Any]:
    """The compiled form of an SOP with every kind of step."""
    files = {"library.yaml": LIBRARY, "labels.yaml": LABELS, "sops/money.yaml": WHOLE}
    return library({**files, "sops/sub/proof.yaml": PROOF}).form("money")


def of_text(text: str, **files: str) -> dict[str, Any]:
    """The compiled form of an SOP named `example`."""
    return library({"sops/example.yaml": text, **files}).form("example")


def long(steps: int, seed: int = 1) -> dict[str, Any]:
    """A procedure of about so many steps, shaped as people write them: mostly on, sometimes back."""
    draw = random.Random(seed)  # noqa: S311 (shapes, not secrets)
    inner = steps - max(3, steps // 6)
    ends = [f"e{at}" for at in range(steps - inner)]
    ways: list[list[str]] = [[] for _ in range(inner)]
    for at in range(1, inner):
        open_ones = [one for one in range(max(0, at - 12), at) if len(ways[one]) < 3]
        ways[draw.choice(open_ones[-9:])].append(f"s{at}")
    for at, targets in enumerate(ways):
        if at > 4 and draw.random() < 0.06:
            targets.append(f"s{at - draw.randrange(1, 4)}")
        if at + 9 < inner and draw.random() < 0.25:
            targets.append(f"s{at + draw.randrange(1, 9)}")
        while len(targets) < draw.choice((1, 2, 2, 3)) or not targets:
            targets.append(ends.pop() if len(ends) > 1 and draw.random() < 0.8 else f"e{at % 3}")
    lines = ["title: A long one", "start: s0", "steps:"]
    for at, targets in enumerate(ways):
        answers = ", ".join(
            f"a{number}: {{say: Answer {number} of question {at}, go: {target}}}"
            for number, target in enumerate(dict.fromkeys(targets))
        )
        ask = draw.choice(("What does the account tool say about this payment?", "Was it sent?"))
        lines.append(f"  s{at}: {{ask: '{ask}', answers: {{{answers}}}}}")
    ending = "{end: resolved, macro: done, label: done}"
    lines += [f"  e{at}: {ending}" for at in range(steps - inner)]
    return of_text("\n".join(lines))
