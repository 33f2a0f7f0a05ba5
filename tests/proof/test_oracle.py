"""The proof against a brute-force enumerator, on random SOPs.

Every rule leads through a step of its own, so that the steps visited tell which
rules held. The enumerator tries every ticket and every answer of small domains.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from sopguide.proof.findings import (
    ENDLESS,
    GAP,
    NEVER_GIVEN,
    NEVER_HOLDS,
    NOT_OBTAINABLE,
    NOT_PROVED,
    SETTLED,
    Finding,
    prove,
)
from sopguide.walk.procedure import Procedure
from sopguide.walk.resolve import resolve
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given, read_facts
from sopguide.walk.walk import ASK, DO, STUCK, WAIT, Walk
from tests.building import SOP, library
from tests.walking import AT, NOW

COUNT = 2000 if os.environ.get("SOPGUIDE_SOAK") else 150
CHUNK = 25

LIBRARY = """
name: Random
locales: [en]
sets:
  few: {of: place, values: [x, z]}
facts:
  place: {type: choice, values: [x, y, z], ask: "P?"}
  other: {type: choice, values: [x, y, z], optional: true, ask: "O?"}
  sure: {type: yes_no, ask: "S?"}
  age: {type: integer, min: 0, max: 3, ask: "A?"}
  cap: {type: integer, min: 0, max: 2, ask: "C?"}
  double: {type: integer, is: age * 2 - cap}
  price: {type: decimal, min: 0, max: 2, ask: "D?"}
  on: {type: date, min: today - 2d, max: today, ask: "W?"}
  at: {type: datetime, optional: true, ask: "T?"}
  gap: {type: duration, ask: "G?"}
  parts: {type: choices, values: [k, l, m], exclusive: [m], ask: "Q?"}
  note: {type: text, optional: true, ask: "N?"}
  looked: {type: integer, table: numbers}
  hush: {type: integer, min: 0, max: 1}
"""
TABLE = """
hit: first
rows:
  - {if: {place: x, sure: yes}, value: 1}
  - {if: {age: "> 1"}, value: 2}
  - {else: 3}
"""
VALUES: dict[str, list[Any]] = {
    "place": ["x", "y", "z"],
    "other": ["x", "y", "z", None],
    "sure": ["yes", "no"],
    "age": [0, 1, 2, 3],
    "cap": [0, 1, 2],
    "price": ["0", "0.5", "1", "1.5", "2"],
    "on": ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"],
    "at": [
        "2026-11-01T00:00Z",
        "2026-11-02T10:00Z",
        "2026-11-02T12:00Z",
        "2026-11-02T18:00Z",
        "2026-11-05T00:00Z",
        None,
    ],
    "gap": ["1h", "1d", "3d"],
    "parts": [["k"], ["l"], ["k", "l"], ["m"]],
    "note": ["hello", None],
    "hush": [0, 1],
}
TESTS: dict[str, list[str]] = {
    "place": ["x", "not x", "[x, y]", "in few", "= other", "not [y]"],
    "other": ["x", "not x", "unknown", "known", "in_any", "= place"],
    "sure": ["yes", "no", "not yes"],
    "age": ["< 2", ">= 2", "1..2", "= cap", "> cap", "<= cap + 1", "not 3", "= looked", "< 9"],
    "cap": ["1", "> 0", "< age"],
    "double": ["> 2", "<= 2", "0..3", "= age"],
    "price": ["< 1", "> 1", "1", "1..2", "<= age", "not 0..1"],
    "on": ["< today", "= today", ">= today - 1d", "2026-11-02", "> today"],
    "at": ["< 2026-11-02T12:00", ">= 2026-11-02T12:00", "unknown", "2026-11-02"],
    "gap": ["< 1d", ">= 1d", "1d..2d"],
    "parts": ["has k", "has any [k, m]", "has all [k, l]", "only [k, l]", "not has m"],
    "note": ["known", "unknown"],
    "looked": ["1", "< 3", "> 1", "= age"],
    "hush": ["1", "< 1", "known"],
}
ASKED = [name for name in VALUES if name != "note"]
SILENT = "hush"  # has no wording: whatever needs it before a question gave it is a finding


@dataclass
class Generator:
    """Writes one random SOP; a few facts only, so that all tickets can be tried."""

    random: random.Random
    facts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def text(self) -> str:
        pick = self.random
        self.facts = pick.sample(ASKED, 3)
        if pick.random() < 0.3:
            self.facts[0] = "note"
        elif pick.random() < 0.2:
            self.facts[0] = SILENT
        names = [f"s{number}" for number in range(pick.randint(3, 6))]
        for name in names[:-1]:
            self.step(name, names)
        if SILENT in self.facts:
            self.lines.append(
                f"  {names[-1]}: {{ask: H?, fact: {SILENT}, go: {self.target(names)}}}\n"
            )
        else:
            self.step(names[-1], names)
        ends = "  done: {end: resolved, macro: done, label: done}\n"
        return f"start: {names[0]}\nsteps:\n" + "".join(self.lines) + ends

    def step(self, name: str, names: list[str]) -> None:
        kind = self.random.choice(["ask", "ask", "fact", "decide", "decide", "do", "wait", "run"])
        getattr(self, kind)(name, names)

    def ask(self, name: str, names: list[str]) -> None:
        fact, value = self.setting()
        sets = f", set: {{{fact}: {value}}}" if self.random.random() < 0.2 else ""
        self.lines.append(f"  {name}:\n    ask: Q?\n    answers:\n")
        for answer in ("yes", "no"):
            target = self.target(names)
            self.lines.append(f"      {answer}: {{go: {target}{sets}}}\n")

    def fact(self, name: str, names: list[str]) -> None:
        fact = self.random.choice([f for f in self.facts if f != "note"])
        confirm = "    confirm: true\n" if self.random.random() < 0.1 else ""
        wording = "    ask: H?\n" if fact == SILENT else ""
        self.lines.append(f"  {name}:\n{wording}    fact: {fact}\n{confirm}")
        if fact in ("place", "sure", "other") and self.random.random() < 0.5:
            self.lines.append("    answers:\n")
            listed = self.random.sample([v for v in VALUES[fact] if v], 1 if fact == "sure" else 2)
            for answer in listed:
                self.lines.append(f"      {answer}: {self.target(names)}\n")
        self.rules(name, "go", names)

    def decide(self, name: str, names: list[str]) -> None:
        self.lines.append(f"  {name}:\n")
        self.rules(name, "decide", names)

    def do(self, name: str, names: list[str]) -> None:
        fact, value = self.setting()
        sets = f", set: {{{fact}: {value}}}" if self.random.random() < 0.3 else ""
        self.lines.append(f"  {name}: {{do: X, go: {self.target(names)}{sets}}}\n")

    def wait(self, name: str, names: list[str]) -> None:
        go = f"{{reply: {self.target(names)}, timeout: {self.target(names)}}}"
        self.lines.append(f"  {name}: {{wait: W, for: 2d, go: {go}}}\n")

    def run(self, name: str, names: list[str]) -> None:
        go = f"{{good: {self.target(names)}, bad: {self.target(names)}}}"
        self.lines.append(f"  {name}: {{run: part, go: {go}}}\n")

    def rules(self, name: str, key: str, names: list[str]) -> None:
        pick = self.random
        self.lines.append(f"    {key}:\n")
        count = pick.randint(1, 3)
        for number in range(count):
            self.lines.append(f"      - if: {self.condition()}\n        to: {name}_{number}\n")
        if pick.random() < 0.6:
            self.lines.append(f"      - else: {name}_{count}\n")
            count += 1
        for number in range(count):
            self.lines.append(f"  {name}_{number}: {{do: X, go: {self.target(names)}}}\n")

    def condition(self) -> str:
        pick = self.random
        parts = [self.one_test() for _ in range(pick.choice([1, 1, 2]))]
        if pick.random() < 0.2:
            inner = ", ".join(f"{{{self.one_test()}}}" for _ in range(2))
            parts.append(f"any: [{inner}]")
        unique = {part.partition(":")[0]: part for part in parts}
        return "{" + ", ".join(unique.values()) + "}"

    def one_test(self) -> str:
        pick = self.random
        names = [*self.facts, *(n for n in ("double", "looked") if self._fits(n))]
        name = pick.choice(names)
        tests = [test for test in TESTS[name] if self._allowed(test)]
        test = pick.choice(tests) if tests else "known"
        return f'{name}: "{test}"'

    def _fits(self, name: str) -> bool:
        needs = {"double": {"age", "cap"}, "looked": {"place", "sure", "age"}}
        return needs[name] <= set(self.facts)

    def _allowed(self, test: str) -> bool:
        mentioned = {word for word in ("cap", "age", "other", "place") if word in test.split()}
        if "looked" in test:
            return self._fits("looked")
        return mentioned <= set(self.facts) and test != "in_any"

    def setting(self) -> tuple[str, str]:
        for fact in self.random.sample(self.facts, len(self.facts)):
            if fact in ("place", "sure", "age", "cap", SILENT):
                return fact, str(self.random.choice(VALUES[fact]))
        return "cap", "1"

    def target(self, names: list[str]) -> str:
        return "done" if self.random.random() < 0.35 else self.random.choice(names)


PART = """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
steps:
  which: {ask: "Which?", answers: {a: more, b: no_way}}
  more: {decide: [{if: {age: "> 1"}, to: fine}, {else: no_way}]}
  fine: {return: good}
  no_way: {return: bad}
"""


@dataclass
class Seen:
    """What every walk of an SOP showed together."""

    stuck: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    answers: dict[str, set[Any]] = field(default_factory=dict)
    endless: bool = False


MOST = 60_000


def enumerate_walks(of: Procedure, facts: list[str]) -> Seen | None:
    """Try every ticket and every answer; None where there are too many."""
    seen = Seen()
    marks: set[Any] = set()
    options = [[..., *VALUES[name]] for name in facts]
    waiting: list[Walk] = []
    days = [NOW, *([NOW + timedelta(days=1), NOW - timedelta(days=1)] if "on" in facts else [])]
    for day, given in product(days, product(*options)):
        data = {n: v for n, v in zip(facts, given, strict=True) if v is not ...}
        found = read_facts(data, of, {})
        waiting.append(start(of, Given(found.facts), now=day, at=AT).walk)
    count = 0
    while waiting:
        walk = waiting.pop()
        count += 1
        if count > MOST:
            return None
        note(walk, seen)
        visited = tuple(sorted((ref, min(n, 2)) for ref, n in walk.state.visits.items()))
        facts_known = tuple(sorted((k, str(v)) for k, v in walk.facts.items()))
        sources = tuple(sorted(walk.state.sources.items()))
        need = walk.need.name if walk.need else ""
        mark = (walk.state.frame, need, walk.asked, visited, facts_known, sources)
        if mark in marks:
            continue
        marks.add(mark)
        for choice in choices(walk):
            turn = walk.answer(choice, at=AT)
            if turn.refused is None:
                waiting.append(turn.walk)
    return seen


def choices(walk: Walk) -> list[Any]:
    if walk.status == DO:
        return ["done"]
    if walk.status == WAIT:
        return ["reply", "timeout"]
    need = walk.need
    if walk.status != ASK or need is None:
        return []
    return VALUES.get(need.name) or list(need.values)


def note(walk: Walk, seen: Seen) -> None:
    for passage in walk.path:
        seen.visited.add(passage.step)
        if passage.answered and passage.kind == "ask" and not passage.asked:
            answer = passage.answer
            value = tuple(answer) if isinstance(answer, list) else answer
            seen.answers.setdefault(passage.step, set()).add(value)
    if walk.asked and walk.need is not None and walk.need.name == SILENT:
        seen.wanted.add(walk.step.ref)
    if walk.status == STUCK:
        if "no rule" in (walk.reason or ""):
            seen.stuck.add(walk.step.ref)
        else:
            seen.endless = True


def generate(seed: int) -> tuple[str, list[str], Procedure] | None:
    generator = Generator(random.Random(seed))  # noqa: S311  it only has to repeat
    text = generator.text()
    files = {
        SOP: text,
        "library.yaml": LIBRARY,
        "tables/numbers.yaml": TABLE,
        "sops/part.yaml": PART,
    }
    built = library(files)
    entry = built.sops["example"]
    if not entry.hash:
        return None
    return text, generator.facts, Procedure(built.form("example"), entry.hash)


def compare(seed: int) -> str:
    """Tell where proof and enumeration differ; nothing where they agree."""
    made = generate(seed)
    if made is None:
        return "not compiled"
    text, facts, of = made
    used = list(dict.fromkeys([*facts, *(["age"] if "run: part" in text else [])]))
    seen = enumerate_walks(of, used)
    if seen is None:
        return "too many"
    found = prove(of)
    problems = [*differences(of, found, seen), *(p for f in found for p in replayed(of, f))]
    return f"seed {seed}: {problems}\n{text}" if problems else ""


def differences(of: Procedure, found: list[Finding], seen: Seen) -> list[str]:
    problems = []
    unproved = {finding.path[1] for finding in found if finding.kind == NOT_PROVED}
    beyond = any(finding.path[-1] == "if" for finding in found if finding.kind == NOT_PROVED)
    gaps = {str(finding.path[1]) for finding in found if finding.kind == GAP}
    stuck = {ref for ref in seen.stuck if "." not in ref}
    if beyond:
        unproved = set()
    if (gaps != stuck and not (beyond and gaps <= stuck)) or unproved:
        problems.append(f"gaps {gaps}, stuck {stuck}, unproved {unproved}")
    wanted = {str(f.path[1]) for f in found if f.kind == NOT_OBTAINABLE}
    if not (wanted <= seen.wanted and bool(wanted) is bool(seen.wanted)) and not beyond:
        problems.append(f"not obtainable at {wanted}, wanted at {seen.wanted}")
    steps = of.form["procedures"][of.sop]["steps"]
    never = {str(f.about) for f in found if f.kind == NEVER_HOLDS}
    for name, step in steps.items():
        if name not in seen.visited:
            continue
        rules = step.get("go")
        if any(f.kind == SETTLED and f.about == name for f in found):
            rules = ()  # its rules may never come into play
        for rule in rules if isinstance(rules, list) else ():
            held = rule["to"] in seen.visited
            if held is (rule["to"] in never) and not (beyond and not held):
                problems.append(f"rule {rule['to']}: held {held}, said never {not held}")
        problems += [] if beyond else answers_differ(name, step, found, seen)
    return problems


def answers_differ(name: str, step: Any, found: list[Finding], seen: Seen) -> list[str]:
    if step["kind"] != "ask" or name not in seen.answers:
        return []
    given = seen.answers[name]
    settled = any(f.kind == SETTLED and f.about == name for f in found)
    never = {f.about for f in found if f.kind == NEVER_GIVEN and f.path[1] == name}
    problems = []
    if settled and len(given) > 1:
        problems.append(f"{name} said settled, seen {given}")
    listed = [answer["id"] for answer in step.get("answers", ())]
    wrong = [each for each in listed if not settled and (each in given) is (each in never)]
    return [*problems, *(f"answer {name}.{each}: seen {given}, never {never}" for each in wrong)]


def replayed(of: Procedure, finding: Finding) -> list[str]:
    """Walk the witness: it must do what the finding says."""
    if finding.kind not in (GAP, ENDLESS, NOT_OBTAINABLE) or finding.witness is None:
        return []
    from sopguide.facts.times import parse_moment

    now = parse_moment(finding.witness["today"], of.zone)
    assert now is not None
    given = read_facts(finding.witness["facts"], of, {})
    found = resolve(of, given, finding.witness["answers"], now=now)
    if finding.kind == NOT_OBTAINABLE and (found.status, found.fact) != ("needs", SILENT):
        return [f"the witness {finding.witness} ends {found.status}, needing {found.fact}"]
    if finding.kind == GAP and (found.status, found.step) != ("stuck", finding.about):
        return [f"the witness {finding.witness} ends {found.status} at {found.step}"]
    return []


@pytest.mark.parametrize("first", range(0, COUNT, CHUNK))
def test_the_proof_agrees_with_an_enumeration(first: int) -> None:
    told = [compare(seed) for seed in range(first, first + CHUNK)]
    assert [each for each in told if each.startswith("seed")] == []
    assert told.count("") > CHUNK // 3
