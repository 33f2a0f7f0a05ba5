"""A compiled library, as every command sees it: its SOPs, their forms, what is wrong with it.

A `Library` is a view over the bytes of a pack, so it costs the same whether it was just compiled or
came from the cache. Forms and scenarios are parsed when they are asked for. Nothing here imports
the compiler, reads a file or looks at a clock.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from sopguide.graph.judged import judged, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sopguide.graph.pack import Pack

Json = dict[str, Any]


class Entry(NamedTuple):
    """What the catalogue of a library says about one SOP."""

    id: str
    title: str
    version: str
    status: str
    owner: str
    about: str
    keywords: tuple[str, ...]
    labels: tuple[str, ...]
    effective: Json | None
    hash: str | None
    walkable: bool
    sub_procedure: bool
    file: str
    steps: int


class Library:
    """A library: `sops`, `facts` and `diagnostics`, and the compiled form of each SOP."""

    def __init__(self, root: Path, pack: Pack) -> None:
        self.root = root
        self._pack = pack
        index = pack.index
        self.name: str = index["name"]
        self.locales: tuple[str, ...] = tuple(index["locales"])
        self.zone: str = index["zone"]
        self.facts: dict[str, Json] = index["facts"]
        self.retention: dict[str, Json] = index.get("retention", {})
        """For how long the log keeps what, by kind: `{"walks": {"keep": "24m", "because": []}}`."""
        self.files: int = index["files"]
        self.sops: dict[str, Entry] = {sop: _entry(sop, row) for sop, row in index["sops"].items()}

    @cached_property
    def _found(self) -> tuple[Diagnostic, ...]:
        return tuple(_diagnostic(row) for row in self._pack.index["diagnostics"])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its SOPs are translated into, be it in part."""
        return tuple(self._pack.index.get("translations", ()))

    def names_in(self, language: str) -> dict[str, str] | None:
        """The titles of its SOPs, and what they are about, in one of these languages."""
        names: dict[str, str] | None = self._pack.index.get("translations", {}).get(language)
        return names

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding, accepted or not, sorted by file, line and column."""
        return self._found

    def asks_for(self, code: str) -> bool:
        """Whether the library gives a weight to a rule that is quiet without one."""
        weights: dict[str, str] = self._pack.index["weights"]
        return weights.get(code, "off") != "off"

    def findings(
        self, today: date, proved: Iterable[Diagnostic] = (), *, unjudged: Iterable[str] = ()
    ) -> tuple[Diagnostic, ...]:
        """Every finding that is not accepted on that day, those of the proof among them.

        `unjudged` are the codes whose findings nobody looked for: their acceptances may do nothing.
        """
        found = (*self._found, *weighed(proved, self._pack.index["weights"]))
        return tuple(judged(found, self._pack.index["accepted"], today, unjudged))

    def diagnostics_of(self, sop: str) -> tuple[Diagnostic, ...]:
        """The findings of an SOP's own file, and the errors of all that it uses."""
        return tuple(self._found[place] for place in self._pack.index["sops"][sop]["findings"])

    def form_bytes(self, sop: str) -> bytes:
        """The canonical bytes of an SOP's compiled form; `KeyError` where it has errors."""
        start, end = self._pack.index["sops"][sop]["form"]
        return self._pack.blob(start, end)

    def form(self, sop: str) -> Json:
        """The compiled form of an SOP; `KeyError` where there is none, or it has errors."""
        form: Json = orjson.loads(self.form_bytes(sop))
        return form

    def scenarios(self, sop: str) -> list[Json]:
        """The scenarios of an SOP, texts as typed, with the file and line of each."""
        place = self._pack.index["sops"][sop].get("scenarios")
        found: list[Json] = orjson.loads(self._pack.blob(*place)) if place else []
        return found


def _entry(sop: str, row: Json) -> Entry:
    return Entry(
        id=sop,
        title=row["title"],
        version=row["version"],
        status=row["status"],
        owner=row["owner"],
        about=row["about"],
        keywords=tuple(row["keywords"]),
        labels=tuple(row["labels"]),
        effective=row.get("effective"),
        hash=row.get("hash"),
        walkable="hash" in row,
        sub_procedure=row["sub_procedure"],
        file=row["file"],
        steps=row["steps"],
    )


def diagnostic_row(found: Diagnostic) -> list[Any]:
    """A finding as a pack keeps it."""
    related = [[_span_row(other.span), other.word] for other in found.related]
    span = _span_row(found.span) if found.span else None
    row = [found.code, found.severity.value, span, found.headline, found.help, related]
    return [*row, found.due.isoformat()] if found.due else row


def _span_row(span: Span) -> list[Any]:
    return [span.file, span.line, span.column, span.end_line, span.end_column]


def _diagnostic(row: list[Any]) -> Diagnostic:
    code, severity, span, headline, advice, related, *due = row
    return Diagnostic(
        code,
        Severity(severity),
        Span(*span) if span else None,
        headline,
        advice,
        tuple(Related(Span(*place), word) for place, word in related),
        due=date.fromisoformat(due[0]) if due else None,
    )
