"""Look-up tables: conditions on the library's facts, and the values they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sopguide.facts.fault import Fault
from sopguide.facts.values import to_json
from sopguide.graph import codes
from sopguide.graph.compile_facts import read_value

if TYPE_CHECKING:
    from sopguide.diagnostics import Related
    from sopguide.facts.fact import Fact
    from sopguide.graph.conditions import Conditions
    from sopguide.graph.report import Reporter
    from sopguide.source import models


@dataclass(frozen=True, slots=True)
class Table:
    """A table in its compiled form, and the facts its rows mention."""

    form: dict[str, Any]
    refers: frozenset[str]
    rows: tuple[models.Row | models.ElseRow, ...]
    report: Reporter


def compile_table(model: models.Table, conditions: Conditions, report: Reporter) -> Table:
    """A table whose values are still as typed: what they mean depends on the fact."""
    rows = []
    refers: set[str] = set()
    for place, row in enumerate(model.rows):
        form: dict[str, Any] = {"value": _plain(row.value)}
        if row.condition is not None:
            condition = conditions.parse(row.condition, ("rows", place, "if"))
            form["if"] = condition.form
            refers |= condition.facts
        if row.because:
            form["because"] = list(row.because)
        rows.append(form)
    form = {"hit": model.hit, "rows": rows}
    return Table(form, frozenset(refers), model.rows, report)


def give_values(table: Table, fact: Fact, related: Related) -> None:
    """Check that every value fits a fact that names the table, and keep it as that fact has it."""
    for place, (row, form) in enumerate(zip(table.rows, table.form["rows"], strict=True)):
        found = read_value(_plain(row.value), fact)
        if isinstance(found, Fault):
            key = "else" if row.condition is None else "value"
            span = table.report.span(("rows", place, key))
            table.report.error(codes.WRONG_VALUE, span, found.message, found.help, [related])
        else:
            form["value"] = to_json(found)


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
