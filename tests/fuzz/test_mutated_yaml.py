"""Whatever becomes of a file, reading gives findings in it: never a traceback, never a crash.

Real files are cut, doubled, re-indented, bit-flipped and nested. `SOPGUIDE_SOAK=1` runs for long.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopguide.source.files import LibraryFile, LibraryFiles
from sopguide.source.read import read_files
from sopguide.source.reader import libyaml_events, pure_events, read_document

if TYPE_CHECKING:
    from sopguide.diagnostics import Span
    from sopguide.source.document import Document

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
  done: {do: "It \\u00e9", check: [One, Two], go: proof, critical: true}
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


ACCIDENTS = [_flip, _insert, _cut, _line, _nest]
LONG = settings(
    max_examples=20_000 if SOAK else 150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _in_range(span: Span, data: bytes) -> bool:
    """Whether a span lies in the file, and ends where it starts or later."""
    if span.whole_file:
        return True
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff")
    lengths = [len(line) for line in lines.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    starts, ends = (span.line, span.column), (span.end_line, span.end_column)
    return starts <= ends and all(
        1 <= line <= len(lengths) and 1 <= column <= lengths[line - 1] + 2
        for line, column in (starts, ends)
    )


@LONG
@given(mutated())
def test_a_mutated_file_gives_findings_in_range(file: tuple[str, bytes]) -> None:
    name, data = file
    kind, _, rest = name.removesuffix(".yaml").partition("/")
    one = LibraryFile(name, kind, rest or kind, data, sha256(data).hexdigest())
    library = b"name: x\nlocales: [en]\n"
    other = LibraryFile("library.yaml", "library", "library", library, "")
    files = (one,) if kind == "library" else (one, other)
    sources = read_files(LibraryFiles(TREES, files))
    for found in sources.diagnostics:
        assert found.code.startswith("SOP1")
        assert found.headline
        assert "\n" not in found.headline
        assert found.span is not None
        for span in (found.span, *(related.span for related in found.related)):
            assert _in_range(span, data if span.file == name else library), (found, span)
        sources.documents[name].line(found.span.line)


@LONG
@given(mutated())
def test_both_parsers_give_equal_nodes(file: tuple[str, bytes]) -> None:
    name, data = file
    fast, pure = (read_document(name, data, source) for source in (libyaml_events, pure_events))
    if fast.document.data is None or pure.document.data is None:
        return  # they differ on what is YAML in some corners, and in their words about it
    assert fast.document.data == pure.document.data
    assert _covered(fast.document) == _covered(pure.document)
    assert fast.diagnostics == pure.diagnostics


def _covered(document: Document) -> list[tuple[int, int] | None]:
    """Where each node lies; an empty one has no text, and may stand before or after blanks."""
    pairs = zip(document.offsets[::2], document.offsets[1::2], strict=True)
    return [(start, end) if start < end else None for start, end in pairs]


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_both_parsers_give_equal_nodes_for_every_shipped_file(name: str) -> None:
    fast, pure = (
        read_document(name, SEEDS[name], source) for source in (libyaml_events, pure_events)
    )
    assert fast == pure
    assert fast.readable
    assert not fast.diagnostics


@settings(max_examples=20_000 if SOAK else 100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_stop_the_reader(data: bytes) -> None:
    for source in (libyaml_events, pure_events):
        for found in read_document("a.yaml", data, source).diagnostics:
            assert found.span is not None
            assert _in_range(found.span, data)
