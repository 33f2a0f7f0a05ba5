from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.diagnostics import Diagnostic, Severity, Span
from sopguide.lsp.checked import Checked, check
from sopguide.lsp.completion import complete
from sopguide.lsp.hover import describe, explain
from tests.building import LABELS, LIBRARY, MACROS
from tests.building import complete as whole

if TYPE_CHECKING:
    from pathlib import Path

SOP = (
    "start: age-check\n"
    "facts: {sure: {type: yes_no, ask: Sure?}}\n"
    "steps:\n"
    "  age-check: {ask: How old?, type: integer, go: [{if: {age_check: '> 3', sure: yes}, to: done}, {else: look}]}\n"
    "  look: {do: Look, go: done}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)
FACTS = (
    "sets: {eea: {of: country, values: [DE, FR]}}\n"
    'facts: {country: {type: choice, values: {DE: Germany, FR: France}, ask: "Where?\\u202e"}}\n'
)
ONE = "sops/one.yaml"


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    files = {
        "library.yaml": LIBRARY + FACTS,
        "labels.yaml": LABELS,
        "macros/standard.yaml": MACROS,
        "tables/limit.yaml": "hit: first\nrows: [{else: 3}]\n",
        ONE: SOP,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(whole(name, text), encoding="utf-8")
    return tmp_path


def _described(checked: Checked, kind: str, name: str) -> list[str]:
    found = checked.definition(kind, name)
    assert found is not None
    return describe(found, checked).splitlines()


def test_unsaved_texts_count_in_place_of_what_is_on_disk(trees: Path) -> None:
    text = whole(ONE, SOP.replace("go: done}", "go: dune}"))
    checked = check(
        trees, {ONE: text.encode(), "sops/new.yaml": whole("sops/new.yaml", SOP).encode()}
    )

    assert list(checked.library.sops) == ["new", "one"]
    assert "unknown step `dune`" in [each.headline for each in checked.library.diagnostics]


def test_the_names_of_a_file_that_cannot_be_read_stay_as_they_were(trees: Path) -> None:
    before = check(trees, {})
    checked = check(trees, {ONE: b"steps: ["}, before)

    assert checked.definition("step", "one.look") == before.definition("step", "one.look")
    assert checked.named("look", "one") == before.definition("step", "one.look")
    assert checked.named("nothing", "one") is None
    assert check(trees, {ONE: b"steps: ["}).definition("step", "one.look") is None


def test_the_shortest_name_that_covers_a_place_is_meant(trees: Path) -> None:
    checked = check(trees, {})
    column = SOP.splitlines()[3].index("to: done") + 6

    found = checked.at(ONE, 4, column)
    assert found is not None
    assert (found.kind, found.name) == ("step", "one.done")
    assert checked.at(ONE, 99, 1) is None
    assert checked.sop_of("labels.yaml") is None
    assert checked.document("nothing.yaml") is None


def test_what_is_said_of_a_name_is_its_own_text_cleaned(trees: Path) -> None:
    checked = check(trees, {})

    assert _described(checked, "step", "one.look") == ["step one.look", "do: Look"]
    assert _described(checked, "fact", "one.age_check") == [
        "fact one.age_check",
        "type: integer",
        "ask: How old?",
    ]
    assert _described(checked, "fact", "one.sure") == [
        "fact one.sure",
        "type: yes_no",
        "ask: Sure?",
    ]
    assert _described(checked, "fact", "country") == [
        "fact country",
        "type: choice",
        "ask: Where?\ufffd",
        "values: DE (Germany), FR (France)",
    ]
    assert _described(checked, "set", "eea") == ["set eea", "of: country", "values: DE, FR"]
    assert _described(checked, "macro", "done") == [
        "macro done: Done",
        "status: live",
        "en: All done.",
    ]
    assert _described(checked, "label", "done") == ["label done: Done", "macros: done, none"]
    assert _described(checked, "table", "limit") == ["table limit", "hit: first"]
    assert _described(checked, "sop", "one")[:2] == ["sop one: Example", "version: 1.0.0"]


def test_a_long_text_is_cut(trees: Path) -> None:
    checked = check(trees, {ONE: whole(ONE, SOP.replace("do: Look", f"do: {'x' * 999}")).encode()})

    assert len(_described(checked, "step", "one.look")[1]) < 500


def test_a_name_whose_file_broke_meanwhile_is_at_least_named(trees: Path) -> None:
    checked = check(trees, {ONE: b"steps: ["}, check(trees, {}))

    assert _described(checked, "step", "one.look") == ["step one.look"]
    assert _described(checked, "fact", "one.age_check") == ["fact one.age_check"]


def test_a_rule_is_explained_where_it_was_broken() -> None:
    found = [Diagnostic("SOP301", Severity.WARNING, Span(ONE, 3, 3, 3, 9), "it cannot be reached")]

    [page] = explain(found, ONE, 3, 5)
    assert page.startswith("SOP301 unreachable-step\n")
    assert "Bad:" not in page
    assert list(explain(found, ONE, 4, 5)) == []


@pytest.mark.parametrize(
    ("before", "kind", "typed", "first"),
    [
        ("start: ", "step", "", "age-check"),
        ("  look: {do: Look, go: do", "step", "do", "age-check"),
        ("      yes: ", "step", "", "age-check"),
        ("      - else: l", "step", "l", "age-check"),
        ("    fact: ", "fact", "", "sure"),
        ("      - {if: {co", "fact", "co", "sure"),
        ("      - {if: {country: in ", "set", "", "eea"),
        ("    macro: d", "macro", "d", "none"),
        ("    label: ", "label", "", "done"),
        ("    run: o", "sop", "o", "one"),
        ("    table: ", "table", "", "limit"),
        ("  x: {macros: [done, d", "macro", "d", "none"),
    ],
)
def test_what_fits_the_key_is_offered(
    trees: Path, before: str, kind: str, typed: str, first: str
) -> None:
    offer = complete(before, check(trees, {}), ONE)

    assert offer is not None
    assert (offer.kind, offer.typed, offer.names[0]) == (kind, typed, first)


@pytest.mark.parametrize("before", ["title: ", "steps:", "  look", "  x: {end: ", ""])
def test_elsewhere_nothing_is_offered(trees: Path, before: str) -> None:
    assert complete(before, check(trees, {}), ONE) is None
