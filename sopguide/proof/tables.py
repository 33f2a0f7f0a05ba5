"""Proving a look-up table: as a step whose rules are the rows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sopguide.proof.diagrams import NOTHING, TooLargeError
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
        with suppress(TooLargeError, RecursionError):  # `prove` has said so
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
    """Return, for each row that overlaps with earlier ones, the first of them."""
    explorer = Explorer(procedure)
    domain, reader = explorer.domain, explorer.steps.reader(procedure.sop)
    space = domain.space
    found: list[Finding] = []
    before, taken = NOTHING, list[tuple[int, int]]()
    for number, row in enumerate(rows):
        if "if" not in row:
            continue
        held = space.both(domain.set_of(reader.condition(row["if"])), domain.possible)
        if space.both(held, before) != NOTHING:
            first, both = next(
                (earlier, both)
                for earlier, other in taken
                if (both := space.both(held, other)) != NOTHING
            )
            found.append(_overlap(explorer, rows, first, number, both))
        before = space.either(before, held)
        taken.append((number, held))
    return found


def _overlap(explorer: Explorer, rows: list[Form], first: int, second: int, both: int) -> Finding:
    procedure = explorer.procedure
    tests = [procedure.root.linker.condition(rows[place]["if"]) for place in (first, second)]

    def hold(walk: Walk) -> bool:
        return all(test(walk.facts) is True for test in tests)

    path: Path = ("rows", second, "if")
    witness = find_witness(procedure, explorer.domain, both, hold)
    if witness is None:
        why = "no ticket was found that shows it"
        about = f"whether rows {first + 1} and {second + 1} overlap"
        return Finding(NOT_PROVED, path, about, why)
    return Finding(OVERLAP, path, str(first), witness.words, witness.to_json())
