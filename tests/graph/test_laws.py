"""What holds of every library: what it compiles to follows from what it says, not from how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.diagnostics import Severity
from sopguide.graph.build import build
from sopguide.graph.load import load_library
from sopguide.lint import run
from sopguide.source.files import LibraryFiles, read_library
from sopguide.source.read import read_files
from tests.building import SOP, complete, library
from tests.graph.test_link import FILES

if TYPE_CHECKING:
    from pathlib import Path

FACTS = {
    "country": "{type: choice, values: [DE, US], ask: Which?}",
    "age": "{type: integer, min: 0, max: limit, ask: How old?}",
    "limit": "{type: integer, is: base + 1}",
    "base": "{type: integer, ask: How much?}",
}
STEPS = {
    "one": "{ask: On?, help: Look., answers: {yes: two, no: {say: Off, go: three}}}",
    "two": '{decide: [{if: {age: "< 13", country: DE}, to: done}, {else: three}]}',
    "three": "{do: Three, check: [a, b], because: P, go: done}",
    "done": "{end: resolved, macro: done, label: done}",
}
HEAD = {
    "title": "A",
    "version": "1.0.0",
    "status": "live",
    "owner": "o",
    "about": "x",
    "start": "one",
}


def _lines(pairs: dict[str, str], order: list[str], indent: str = "") -> str:
    return "".join(f"{indent}{name}: {pairs[name]}\n" for name in order)


def _text(head: list[str], steps: list[str]) -> str:
    return f"{_lines(HEAD, head)}steps:\n{_lines(STEPS, steps, '  ')}"


def _hash(files: dict[str, str]) -> str | None:
    made = library(files)
    assert made.diagnostics == ()
    return made.sops["example"].hash


@given(
    facts=st.permutations(list(FACTS)),
    head=st.permutations(list(HEAD)),
    steps=st.permutations(list(STEPS)),
)
@settings(max_examples=40, deadline=None)
def test_the_hash_does_not_depend_on_the_order_of_keys_where_order_means_nothing(
    facts: list[str], head: list[str], steps: list[str]
) -> None:
    files = {"library.yaml": "facts:\n" + _lines(FACTS, facts, "  "), SOP: _text(head, steps)}
    plain = {
        "library.yaml": "facts:\n" + _lines(FACTS, list(FACTS), "  "),
        SOP: _text(list(HEAD), list(STEPS)),
    }

    assert _hash(files) == _hash(plain)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{yes: two, no: {say: Off, go: three}}", "{no: {say: Off, go: three}, yes: two}"),
        ('{age: "< 13", country: DE}', '{country: DE, age: "< 13"}'),
        ("[a, b]", "[b, a]"),
    ],
)
def test_it_depends_on_the_order_that_an_agent_sees(old: str, new: str) -> None:
    library_text = "facts:\n" + _lines(FACTS, list(FACTS), "  ")
    text = _text(list(HEAD), list(STEPS))

    assert old in text
    assert _hash({"library.yaml": library_text, SOP: text}) != _hash(
        {"library.yaml": library_text, SOP: text.replace(old, new)}
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> LibraryFiles:
    root: Path = tmp_path_factory.mktemp("trees")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(complete(name, text))
    found = load_library(root, None).diagnostics
    assert all(one.severity is Severity.HINT for one in found)
    return read_library(root)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_compiling_does_not_depend_on_the_order_of_files(
    files: LibraryFiles, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(files.files))
    shuffled = LibraryFiles(files.root, tuple(order))

    assert _hashes(shuffled) == _hashes(files)


def _hashes(files: LibraryFiles) -> dict[str, Any]:
    index = build(read_files(files), run).index
    return {sop: row["hash"] for sop, row in index["sops"].items()}
