"""Accidents that befall files: cut, doubled, re-indented, bit-flipped, nested, words exchanged."""

from __future__ import annotations

import os
import re
from pathlib import Path

from hypothesis import strategies as st

SOAK = os.environ.get("SOPGUIDE_SOAK") == "1"
TREES = Path(__file__).parents[2] / "trees"
LANGUAGE = """\
title: Every key there is
version: 1.0.0
status: draft
owner: tests
about: "Quoted: with a colon"
keywords: [one, 'two']
effective: {from: 2026-10-01T00:00, until: 2027-10-01T00:00, zone: Europe/Dublin}
accept: [{code: SOP412, because: known, until: 2027-01-31}]
clock:
  - {limit: 48h, from: ticket.received, authority: Law, title: Time, warn: 6h, if: {ages: "< 18"}}
  - {limit: 10bd, authority: Act, zone: Europe/Dublin, calendar: {holidays: US}}
facts:
  ages: {type: integer, min: 0, max: "> 3", unit: years, ask: How old?}
  proofs: {type: choices, values: {a: A, b: B}, exclusive: [a]}
  half: {type: decimal, is: "round(ages / 2, 1)"}
start: reach
steps:
  reach:
    ask: >-
      Can the person
      sign in?
    answers:
      yes: route
      no: {say: No, go: [{if: {ages: "13..17"}, to: route}, {else: paid}], set: {proofs: [a]}}
  paid: {ask: How much?, type: decimal, min: 0, go: wait}
  route: {decide: [{if: [{ages: 3}, {any: [{ages: known}]}], to: done}, {else: done}]}
  done: {clock: {limit: 1m 2d, authority: PAY-9}, do: "It \\u00e9", check: [One, Two], go: proof, critical: true}
  proof: {run: identity/verify, go: {verified: wait, not: end}}
  wait: {wait: customer, macro: m, label: l, for: 7d, go: {reply: end, timeout: end}}
  end: {end: escalated, macro: none, label: l, escalate: {to: seniors, within: 4h}}
"""
SCENARIOS = """\
- scenario: Locked out
  ticket: {subject: "can't get in!!", facts: {country: DE, ages: 24}, deep: [1, {a: [b]}]}
  answers: {reach: no, "identity/verify.which": [none]}
  expect: {end: rejected, macro: none, label: a/b}
  today: 2026-05-19
"""


def _seeds() -> dict[str, bytes]:
    found = {
        path.relative_to(TREES).as_posix(): path.read_bytes()
        for path in sorted(TREES.rglob("*.yaml"))
        if path.stat().st_size < 12_000
    }
    return {
        **found,
        "sops/language.yaml": LANGUAGE.encode(),
        "scenarios/x.yaml": SCENARIOS.encode(),
    }


SEEDS = _seeds()
SCRAPS = [
    b"\x00", b"\xff", b"\t", b"\r", b"\r\n", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"&a ", b"*a", b"!t ",
    b"!!str ", b"<<: ", b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"|\n", b">-\n", b"#", b"%", b"@",
    b"---\n", b"...\n", b"\\", b",", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\\ud800", b"title", b"if", b"else",
    b"any: ", b"a: b: c", b"1e999", b"[[[[[[[[[[[[[[[[[[[[", b"{{{{{{{{", b"%TAG ! x:\n---\n",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """One file of a library after a few accidents."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    data = SEEDS[name]
    for _ in range(draw(st.integers(1, 4))):
        data = draw(st.sampled_from(ACCIDENTS))(draw, data)
    return name, data


def _at(draw: st.DrawFn, data: bytes) -> int:
    return draw(st.integers(0, len(data)))


def _flip(draw: st.DrawFn, data: bytes) -> bytes:
    at = _at(draw, data)
    return data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]


def _insert(draw: st.DrawFn, data: bytes) -> bytes:
    at = _at(draw, data)
    return data[:at] + draw(st.sampled_from(SCRAPS)) * draw(st.integers(1, 3)) + data[at:]


def _cut(draw: st.DrawFn, data: bytes) -> bytes:
    at = _at(draw, data)
    return data[:at] + data[at + draw(st.integers(1, 200)) :]


def _line(draw: st.DrawFn, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    lines[at : at + 1] = draw(
        st.sampled_from(
            [[], [line, line], [b"  " + line], [line[1:]], [b"\t" + line], [line, b"- " + line]]
        )
    )
    return b"".join(lines)


def _nest(draw: st.DrawFn, data: bytes) -> bytes:
    opening, closing = draw(st.sampled_from([(b"[", b"]"), (b"{a: ", b"}"), (b"- ", b"")]))
    times = draw(st.integers(1, 100))
    at = _at(draw, data)
    return data[:at] + opening * times + b"x" + closing * times + data[at:]


def _word(draw: st.DrawFn, data: bytes) -> bytes:
    """Put one word of the file, or of the language, in place of another: still YAML, and wrong."""
    words = [*re.finditer(rb"[\w./-]+", data)]
    if not words:
        return data
    old, new = draw(st.sampled_from(words)), draw(st.sampled_from(words)).group()
    new = draw(st.sampled_from([new, *LANGUAGE_WORDS]))
    return data[: old.start()] + new + data[old.end() :]


LANGUAGE_WORDS = [
    b"today - 1d", b"now", b"< 3", b">= today + 10bd", b"in eea", b"not in eea and not IE", b"has x", b"only [a]",
    b"known", b"unknown", b"13..17", b"..", b"-1", b"1/0", b"round(", b"max(1, 2)", b"= age", b"any", b"'{{ x }}'",
    b"'{{'", b"'{% if %}'", b"0", b"1e99", b"99999999999999999999", b"2026-02-30", b"2y 3m", b"[]", b"{}", b"''",
    b"choices", b"duration", b"text", b"none", b"escalated",
]  # fmt: skip
ACCIDENTS = [_flip, _insert, _cut, _line, _nest, _word]
