"""Proving a look-up table: as a step whose rules are the rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sopguide.proof.diagrams import NOTHING
from sopguide.proof.explore import Explorer
from sopguide.proof.findings import NOT_PROVED, OVERLAP, Finding, prove
from sopguide.proof.witness import find_witness
from sopguide.walk.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.proof.steps import Path
    from sopguide.walk.walk import Walk

Form = dict[str, Any]

_STEP = "look-up"


def prove_table(table: str, whole: Mapping[str, Any]) -> list[Finding]:
    """Return what the proof finds in one of the tables of a compiled SOP (`whole`)."""
    rows = whole["tables"][table]["rows"]
    procedure = Procedure(_as_sop(whole, rows), table)
    found = [_in_table(each) for each in prove(procedure)]
    if whole["tables"][table]["hit"] == "unique":
        found += _overlaps(procedure, rows)
    return found


def _as_sop(whole: Mapping[str, Any], rows: list[Form]) -> Form:
    """The rows as the rules of an SOP's only step."""
    rules = [
        {**({"if": row["if"]} if "if" in row else {}), "to": f"row-{number}"}
        for number, row in enumerate(rows)
    ]
    end = {"kind": "end", "end": "resolved", "macro": "none", "label": "none"}
    steps: Form = {f"row-{number}": end for number in range(len(rows))}
    steps[_STEP] = {"kind": "decide", "go": rules}
    return {
        **{key: whole[key] for key in ("library", "version", "title")},
        "sop": "table",
        "facts": whole["facts"],
        "tables": whole["tables"],
        "procedures": {"table": {"start": _STEP, "facts": {}, "steps": steps}},
    }


def _in_table(found: Finding) -> Finding:
    path: Path = ("rows", *found.path[3:]) if len(found.path) > 3 else ("rows",)  # noqa: PLR2004
    return replace(found, path=path)


def _overlaps(procedure: Procedure, rows: list[Form]) -> list[Finding]:
    explorer = Explorer(procedure)
    domain, part = explorer.domain, procedure.root
    reader = explorer.steps.reader(procedure.sop)
    found = []
    named = [(number, row["if"]) for number, row in enumerate(rows) if "if" in row]
    for (first, one), (second, other) in combinations(named, 2):
        sets = [domain.set_of(reader.condition(form)) for form in (one, other)]
        both = domain.space.both(domain.space.both(*sets), domain.possible)
        if both == NOTHING:
            continue
        tests = [part.linker.condition(form) for form in (one, other)]

        def hold(walk: Walk, tests: Any = tests) -> bool:
            return all(test(walk.facts) is True for test in tests)

        witness = find_witness(procedure, domain, both, hold)
        path: Path = ("rows", second, "if")
        if witness is None:
            found.append(Finding(NOT_PROVED, path, f"rows {first + 1} and {second + 1}"))
        else:
            found.append(Finding(OVERLAP, path, str(first), witness.words, witness.to_json()))
    return found
