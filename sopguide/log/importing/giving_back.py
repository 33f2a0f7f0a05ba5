"""Imported logs as they came: XES with every attribute, CSV and JSON lines with the flat ones."""

from __future__ import annotations

from itertools import count
from math import isfinite
from typing import IO, TYPE_CHECKING, Any

from sopguide.log.exporting.csvfile import Table, cell, encoded
from sopguide.log.exporting.jsonlines import harmless
from sopguide.log.exporting.writer import TextWriter
from sopguide.log.exporting.xes import TAIL, attribute, extensions, head, quoted, trace
from sopguide.log.importing.case import CONCEPT, OF_CASE, TIMESTAMP, Attribute
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopguide.log.importing.case import ImportedCase
    from sopguide.log.importing.kept import About

FORMATS = ("csv", "jsonl", "xes")


def writer_for(kind: str, out: IO[bytes], about: About) -> TextWriter[ImportedCase]:
    """The writer of one of these formats."""
    if kind == "xes":
        return TextWriter(out, _trace, _head(about.head), TAIL)
    return _csv_writer(out, about) if kind == "csv" else TextWriter(out, _json_lines)


def _head(said: Sequence[dict[str, Any]]) -> bytes:
    """What the log said of itself: extensions, globals, classifiers, attributes."""
    told = {
        name: "".join(_element(one) for one in said if one["element"] == name)
        for name in ("extension", "global", "classifier")
    }
    declared = told["extension"] or extensions(["concept", "time"])
    log = [one for one in said if one["element"] == "log"]
    own = "".join(_attributes(map(Attribute.of, one["attributes"])) for one in log)
    text = f"{head('nested-attributes')}{declared}{told['global']}{told['classifier']}{own}"
    return text.encode()


def _trace(case: ImportedCase) -> bytes:
    events = "".join(f"<event>\n{_attributes(event)}</event>\n" for event in case.events)
    return trace(_attributes(case.attributes), events)


def _csv_writer(out: IO[bytes], about: About) -> TextWriter[ImportedCase]:
    """Columns of the case begin with `case:`, as other tools have it."""
    first = (CONCEPT, TIMESTAMP)
    of_case = [CONCEPT, *(key for key in about.of_case if key != CONCEPT)]
    of_event = [*first, *(key for key in about.of_event if key not in first)]
    table, numbers = Table(), count(1)

    def rows(case: ImportedCase) -> bytes:
        number, own = next(numbers), _cells(case.attributes, of_case)
        own[0] = own[0] or f"case-{number}"
        return encoded(table.text([*own, *_cells(event, of_event)] for event in case.events))

    columns = [*(f"{OF_CASE}{key}" for key in of_case), *of_event]
    return TextWriter(out, rows, encoded(table.text([[cell(name) for name in columns]])))


def _json_lines(case: ImportedCase) -> bytes:
    """One object an event: `case` and `event`, each with its attributes by key."""
    told = _typed(case.attributes)
    lines = (dumps({"case": told, "event": _typed(event)}) for event in case.events)
    return harmless(b"".join(line + b"\n" for line in lines))


def _cells(attributes: Sequence[Attribute], keys: Sequence[str]) -> list[str | int]:
    values = {one.key: one.value for one in attributes}
    return [cell(values.get(key)) for key in keys]


def _typed(attributes: Sequence[Attribute]) -> dict[str, Any]:
    return {one.key: _value(one) for one in attributes if one.key is not None}


def _value(one: Attribute) -> Any:
    if one.value is None:
        return [_value(each) for each in one.inner]
    if one.kind == "int":
        return int(one.value)
    if one.kind == "float" and isfinite(float(one.value)):
        return float(one.value)
    if one.kind == "boolean":
        return one.value.strip().lower() in ("true", "1")
    return one.value


def _attributes(attributes: Iterable[Attribute]) -> str:
    return "".join(
        attribute(one.kind, one.key, one.value, _attributes(one.inner)) for one in attributes
    )


def _element(one: dict[str, Any]) -> str:
    """An element of the log's head, as it was."""
    given = "".join(f" {key}={quoted(value)}" for key, value in one["has"].items())
    inner = _attributes(map(Attribute.of, one["attributes"]))
    return f"<{one['element']}{given}>{inner}</{one['element']}>\n"
