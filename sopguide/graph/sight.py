"""What can be seen from one entry: facts and sets by name, and whom to tell when one is not there.

A name that is known but broken is not told of where it is used, and where the library cannot be
read, no name is: its own mistake is told where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopguide.graph import codes
from sopguide.graph.placeholders import Unreadable, placeholders

if TYPE_CHECKING:
    from sopguide.facts.fault import Fault
    from sopguide.facts.scope import Scope
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.report import Reporter

FREE = "ticket"
"""What every text may use: the ticket's own fields."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The names in scope, and the reporter of the entry that looks at them.

    `silent` are the facts and sets that are known but broken; None where nobody knows which
    there are.
    """

    scope: Scope
    report: Reporter
    silent: frozenset[str] | None

    def fault(self, path: Path, fault: Fault, syntax: str) -> None:
        """Tell of a mistake in a text, unless it is only that a broken name is used."""
        if fault.kind not in ("fact", "set", "set-of") or not self._hushed(fault.word):
            self.report.fault(path, fault, syntax)

    def unknown_fact(self, name: str, path: Path, *, key: bool = False) -> None:
        """Tell of a fact that is not in sight."""
        if not self._hushed(name):
            span = self.report.span(path, key=key)
            self.report.unknown(codes.UNKNOWN_FACT, "fact", name, self.scope.facts, span)

    def facts_in_text(self, text: str, path: Path) -> list[str]:
        """The facts that the placeholders of a text name; what is wrong in them is told."""
        found = placeholders(text)
        if isinstance(found, Unreadable):
            headline = f"the placeholders cannot be read: {found.why}"
            self.report.error(codes.BROKEN_PLACEHOLDER, self.report.span(path), headline)
            return []
        for one in found:
            known = one.name == FREE or self.scope.fact(one.name) is not None
            if not known and not self._hushed(one.name):
                span = self.report.span(path)
                if one.start is not None:
                    span = self.report.entry.within(path, one.start, one.end)
                names = (*self.scope.fact_names(), FREE)
                self.report.unknown(codes.UNKNOWN_FACT, "fact", one.name, names, span)
        return [one.name for one in found if self.scope.fact(one.name) is not None]

    def _hushed(self, name: str | None) -> bool:
        return self.silent is None or name in self.silent
