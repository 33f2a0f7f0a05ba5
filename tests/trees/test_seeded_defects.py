"""Mistakes planted in the shipped trees, one at a time: each is found, at its line, and alone.

The first nine are those that other engines were tried with; the others are the field's own. Hints
are left out: they cost nothing, and a mistake may make something unused as well.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from sopguide.diagnostics import Severity
from sopguide.graph.build import build
from sopguide.graph.library import Library
from sopguide.lint import run
from sopguide.proof.check import prove_missing, tell_proved
from sopguide.proof.kept import Proofs
from sopguide.source.files import LibraryFile, LibraryFiles, read_library
from sopguide.source.read import read_files

TREES = Path(__file__).parents[2] / "trees"
TODAY = date(2026, 11, 22)
HACKED = "sops/account/hacked.yaml"
UNDERAGE = "sops/account/underage.yaml"
REFUND = "sops/payments/live-gift-refund.yaml"
PROOFS = Proofs(None)
"""Shared: what a defect does not touch is proved once."""


class Defect(NamedTuple):
    """`old` becomes `new` in `file`; `line` is a text that ends in the line at fault.

    That one stands in `at`, if given, else in the same file.
    """

    name: str
    file: str
    old: str
    new: str
    code: str
    line: str
    at: str = ""


DEFECTS = [
    Defect("dangling target", HACKED, "yes: in_danger", "yes: in_dangr", "SOP201", "in_dangr"),
    Defect(
        "unreachable step",
        HACKED,
        "no: restored_unprotected",
        "no: restored",
        "SOP301",
        "  restored_unprotected:",
    ),
    Defect(
        "dead end",
        UNDERAGE,
        'no: {say: "No, it stays unclear", go: other_proof}',
        'no: {say: "No, it stays unclear"}',
        "SOP121",
        "it stays unclear",
    ),
    Defect(
        "loop with no exit",
        HACKED,
        "      - else: note_payments\n",
        '      - if: {spent: "< 1"}\n        to: hold\n      - else: note_payments\n\n'
        "  hold: {do: Look for the payment., go: held}\n"
        "  held: {do: Look again., go: hold}\n",
        "SOP303",
        "  hold: {do",
    ),
    Defect(
        "duplicate id",
        HACKED,
        "  copycat:\n    end:",
        "  duplicate: {end: duplicate, macro: none, label: account/hacked/duplicate}\n"
        "  copycat:\n    end:",
        "SOP111",
        "  duplicate: {end",
    ),
    Defect(
        "overlapping conditions",
        "tables/coin-age.yaml",
        "  - else: 18",
        "  - if: {country: [KR, JP]}\n    value: 18\n  - else: 18",
        "SOP407",
        "if: {country: [KR",
    ),
    Defect(
        "missing condition",
        HACKED,
        "      - else: gone\n",
        '      - if: {deleted_on: "< today - 31d"}\n        to: gone\n',
        "SOP401",
        "help: Account tool, tab Status. The date the person remembers does not count.\n    go:",
    ),
    Defect("unknown fact", HACKED, '{spent: ">= 500"}', '{spend: ">= 500"}', "SOP202", "spend:"),
    Defect("type mismatch", HACKED, '{spent: ">= 500"}', "{spent: has cash}", "SOP210", "has cash"),
    Defect(
        "a macro retired last week, on one path of many",
        "macros/account.yaml",
        "  title: This account can no longer be brought back\n  status: live",
        "  title: This account can no longer be brought back\n  status: retired",
        "SOP503",
        "macro: account-erased",
        HACKED,
    ),
    Defect(
        "a placeholder bound on all paths but one",
        REFUND,
        "child: {say: A child who was not allowed to, go: store}",
        "child: {say: A child who was not allowed to, go: undo_purchase}",
        "SOP508",
        "macro: payments-refunded-child",
    ),
    Defect(
        "a minimum-age rule that two regions share",
        "tables/minimum-age.yaml",
        'hit: first\nrows:\n  - if: {country: AU, received: ">= 2025-12-10"}',
        "hit: unique\nrows:\n  - if: {country: [AU, ID], received: 2025-12-10..2026-06-30}",
        "SOP407",
        "country: ID",
    ),
    Defect(
        "a letter sent in a chat",
        "macros/payments.yaml",
        "  title: Your refund is on its way\n  status: live\n  channels: [email, chat, form]",
        "  title: Your refund is on its way\n  status: live\n  channels: [email]",
        "SOP502",
        "macro: payments-refunded\n",
        REFUND,
    ),
    Defect(
        "a reply that lost one language",
        "macros/payments.yaml",
        "    de: |",
        "    fr: |",
        "SOP501",
        "receipt\n  status: live\n  channels: [email, chat, form]\n  body:",
    ),
    Defect(
        "a label and a macro that no longer go together",
        "labels.yaml",
        "macros: [account-erased]",
        "macros: [account-paused]",
        "SOP506",
        "macro: account-erased",
        HACKED,
    ),
    Defect(
        "a macro past its sunset",
        "macros/account.yaml",
        "  title: This account can no longer be brought back\n  status: live",
        "  title: This account can no longer be brought back\n  status: deprecated\n"
        "  replaced_by: account-paused\n  sunset: 2026-11-15",
        "SOP505",
        "macro: account-erased",
        HACKED,
    ),
    Defect(
        "rules in the wrong order",
        UNDERAGE,
        'if: {age: ">= minimum_age", relation: guardian}\n        to: family_tools\n'
        '      - if: {age: ">= minimum_age"}\n        to: no_action',
        'if: {age: ">= minimum_age"}\n        to: no_action\n'
        '      - if: {age: ">= minimum_age", relation: guardian}\n        to: family_tools',
        "SOP402",
        'to: no_action\n      - if: {age: ">= minimum_age", relation: guardian}',
    ),
    Defect(
        "a placeholder misspelt in one language",
        "macros/payments.yaml",
        "{{ refundable }}",
        "{{ refundible }}",
        "SOP507",
        "refundible",
    ),
    Defect(
        "a fact that can be needed and not obtained",
        REFUND,
        "    ask: How old is the person who paid?\n",
        "",
        "SOP222",
        '{payer_age: "< coin_age", paid_on: "< today - 1y"}',
    ),
    Defect(
        "days taken for a number",
        HACKED,
        '">= today - 30d"',
        '">= today - 30"',
        "SOP210",
        "today - 30",
    ),
]


@pytest.fixture(scope="module")
def files() -> LibraryFiles:
    return read_library(TREES)


def check(files: LibraryFiles) -> list[str]:
    """What weighs anything, as `file:line code`."""
    sources = read_files(files)
    library = Library(TREES, build(sources, run))
    prove_missing(library, PROOFS)
    found = library.findings(TODAY, tell_proved(library, PROOFS, sources))
    return [
        f"{each.span.file}:{each.span.line} {each.code}"
        for each in found
        if each.span and each.severity is not Severity.HINT
    ]


def planted(files: LibraryFiles, defect: Defect) -> tuple[LibraryFiles, dict[str, str]]:
    """The files with one of them changed, and the texts of all."""
    texts = {each.path: each.data.decode() for each in files.files}
    assert defect.old in texts[defect.file]
    texts[defect.file] = texts[defect.file].replace(defect.old, defect.new, 1)
    changed = tuple(
        LibraryFile(each.path, each.kind, each.id, texts[each.path].encode(), each.digest)
        for each in files.files
    )
    return LibraryFiles(files.root, changed), texts


def test_without_a_defect_nothing_weighs_anything(files: LibraryFiles) -> None:
    assert check(files) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_found_at_its_line_and_alone(
    files: LibraryFiles, defect: Defect
) -> None:
    changed, texts = planted(files, defect)
    place = defect.at or defect.file
    assert texts[place].count(defect.line) == 1
    before, line, _ = texts[place].partition(defect.line)
    number = 1 + before.count("\n") + line.rstrip("\n").count("\n")

    assert check(changed) == [f"{place}:{number} {defect.code}"]
