"""Imported logs as they came: XES with every attribute, CSV and JSON lines with the flat ones."""

from __future__ import annotations

from math import isfinite
from typing import IO, TYPE_CHECKING, Any

from sopguide.log.exporting.csvfile import Table, cell
from sopguide.log.exporting.jsonlines import harmless
from sopguide.log.exporting.xes import TAIL, attribute, extensions, head, quoted
from sopguide.log.importing.case import CONCEPT, TIMESTAMP, Attribute
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopguide.log.exporting.run import Writer
    from sopguide.log.importing.case import ImportedCase
    from sopguide.log.importing.kept import About

_OF_CASE = "case:"


FORMATS = ("csv", "jsonl", "xes")


def writer_for(kind: str, out: IO[bytes], about: About) -> Writer[ImportedCase]:
    """The writer of one of these formats."""
    if kind == "xes":
        return XesWriter(out, about)
    return CsvWriter(out, about) if kind == "csv" else JsonLinesWriter(out)


class XesWriter:
    """With what the log said of itself: extensions, globals, classifiers."""

    def __init__(self, out: IO[bytes], about: About) -> None:
        self._out = out
        self._head = about.head

    def begin(self) -> None:
        told = {
            name: "".join(_element(one) for one in self._head if one["element"] == name)
            for name in ("extension", "global", "classifier")
        }
        declared = told["extension"] or extensions(["concept", "time"])
        log = [one for one in self._head if one["element"] == "log"]
        own = "".join(_attributes(map(Attribute.of, one["attributes"])) for one in log)
        text = f"{head('nested-attributes')}{declared}{told['global']}{told['classifier']}{own}"
        self._out.write(text.encode())

    def add(self, case: ImportedCase) -> None:
        events = "".join(f"<event>\n{_attributes(event)}</event>\n" for event in case.events)
        text = f"<trace>\n{_attributes(case.attributes)}{events}</trace>\n"
        self._out.write(text.encode())

    def end(self) -> None:
        self._out.write(TAIL.encode())


class CsvWriter:
    """Columns of the case begin with `case:`, as other tools have it."""

    def __init__(self, out: IO[bytes], about: About) -> None:
        self._table = Table(out)
        self._of_case = [CONCEPT, *(key for key in about.of_case if key != CONCEPT)]
        first = (CONCEPT, TIMESTAMP)
        self._of_event = [*first, *(key for key in about.of_event if key not in first)]
        self._number = 0

    def begin(self) -> None:
        columns = [*(f"{_OF_CASE}{key}" for key in self._of_case), *self._of_event]
        self._table.write([[cell(name) for name in columns]])

    def add(self, case: ImportedCase) -> None:
        self._number += 1
        head = _cells(case.attributes, self._of_case)
        head[0] = head[0] or f"case-{self._number}"
        self._table.write([*head, *_cells(event, self._of_event)] for event in case.events)

    def end(self) -> None:
        """Nothing comes after the last row."""


class JsonLinesWriter:
    """One object an event: `case` and `event`, each with its attributes by key."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def begin(self) -> None:
        """Nothing comes before the first line."""

    def add(self, case: ImportedCase) -> None:
        head = _typed(case.attributes)
        lines = (dumps({"case": head, "event": _typed(event)}) for event in case.events)
        self._out.write(harmless(b"".join(line + b"\n" for line in lines)))

    def end(self) -> None:
        """Nothing comes after the last line."""


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
