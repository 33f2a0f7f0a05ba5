"""Which findings keep which SOPs from being walked.

An SOP is kept back by an error in its own file, in `library.yaml`, in whatever else it uses, and in
a file that cannot be read but may hold something it uses. Warnings, hints and errors in scenarios
keep nothing back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sopguide.diagnostics import Diagnostic, Span
    from sopguide.graph.compile_sop import Procedure
    from sopguide.graph.symbols import Owner, Symbols
    from sopguide.source.models import Sop
    from sopguide.source.sources import Entry


class Blame:
    """Knows the findings of every entry; a finding is told by its position in `found`."""

    def __init__(
        self, symbols: Symbols, procedures: Mapping[str, Procedure], found: Sequence[Diagnostic]
    ) -> None:
        self._symbols = symbols
        self._procedures = procedures
        self._found = found
        self._faulty = {owner for owner, report in symbols.reporters.items() if report.faulty}
        self._errors: dict[Owner, frozenset[int]] = {}
        self._by_file: dict[str, list[int]] = {}
        for place, diagnostic in enumerate(found):
            if diagnostic.span is not None:
                self._by_file.setdefault(diagnostic.span.file, []).append(place)

    def keeps_back(self, owners: Collection[Owner]) -> bool:
        """Whether an SOP that uses these entries cannot be walked."""
        return any(self._is_faulty(owner) or self._unsure(owner) for owner in owners)

    def findings(self, entry: Entry[Sop], owners: Collection[Owner]) -> list[int]:
        """All findings of an SOP's own file, and the errors that keep it back."""
        found = set(self._by_file.get(entry.document.path, ()))
        for owner in owners:
            if self._is_faulty(owner):
                if owner not in self._errors:
                    self._errors[owner] = self._errors_of(owner)
                found |= self._errors[owner]
            for kind in self._unsure(owner):
                found |= self._unreadable(kind)
        return sorted(found)

    def _is_faulty(self, owner: Owner) -> bool:
        entry = self._symbols.entry(owner)
        return entry is None or entry.model is None or entry.faulty or owner in self._faulty

    def _unsure(self, owner: Owner) -> Collection[str]:
        """The kinds of names that an SOP uses and that may be in a file which cannot be read."""
        procedure = self._procedures.get(owner[1]) if owner[0] == "sops" else None
        return procedure.uses.unsure if procedure else ()

    def _errors_of(self, owner: Owner) -> frozenset[int]:
        entry = self._symbols.entry(owner)
        if entry is None:
            return self._unreadable(owner[0])
        report = self._symbols.reporters.get(owner)
        reported = {d for d in report.found if d.severity is Severity.ERROR} if report else set()
        places = self._by_file.get(entry.document.path, ())
        errors = [place for place in places if self._found[place].severity is Severity.ERROR]
        own = frozenset(place for place in errors if _inside(self._found[place].span, entry))
        elsewhere = (at for at, found in enumerate(self._found) if found in reported)
        return own | frozenset(elsewhere) or frozenset(errors)

    def _unreadable(self, kind: str) -> frozenset[int]:
        """The errors of the files of one kind: `macros/more.yaml`, `labels.yaml`."""
        return frozenset(
            place
            for place, found in enumerate(self._found)
            if found.severity is Severity.ERROR and found.span and _kind(found.span.file) == kind
        )


def _kind(file: str) -> str:
    return file.partition("/")[0].partition(".")[0]


def _inside(span: Span | None, entry: Entry[Any]) -> bool:
    """Whether a place in an entry's file is a place in the entry."""
    if span is None or not entry.path or span.whole_file:
        return True
    return entry.span(key=True).line <= span.line <= entry.span().end_line
