"""Collecting what compiling finds, each finding with the entry of the library it belongs to.

A `Reporter` speaks for one entry: an SOP, a macro, a label, a table, a scenario or `library.yaml`.
It finds the smallest text at fault and the name that was probably meant; what a finding means for
walking is `link`'s affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Diagnostic, Related, Severity
from sopguide.graph import codes
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopguide.diagnostics import Span
    from sopguide.facts.fault import Fault
    from sopguide.graph.decision_graph import Path
    from sopguide.source.sources import Entry

_CODE_OF = {
    "fact": codes.UNKNOWN_FACT,
    "set": codes.UNKNOWN_SET,
    "set-of": codes.UNKNOWN_SET,
    "value": codes.WRONG_VALUE,
}


class Reporter:
    """Takes the findings about one entry."""

    def __init__(self, entry: Entry[Any]) -> None:
        self.entry = entry
        self.found: list[Diagnostic] = []

    @property
    def faulty(self) -> bool:
        """Whether the entry has an error, the reader's included."""
        return self.entry.faulty or any(d.severity is Severity.ERROR for d in self.found)

    def span(self, path: Path, *, key: bool = False) -> Span:
        """The text at a place of the entry."""
        return self.entry.span(*path, key=key)

    def error(
        self,
        code: str,
        span: Span,
        headline: str,
        help: str | None = None,  # noqa: A002 - as diagnostics say it
        related: Iterable[Related] = (),
    ) -> None:
        """Take an error."""
        found = Diagnostic(code, Severity.ERROR, span, headline, help, tuple(related))
        self.found.append(found)

    def unknown(self, code: str, what: str, name: str, known: Iterable[str], span: Span) -> None:
        """Take a name that nothing bears, with the one that was probably meant."""
        self.error(code, span, f"unknown {what} `{name}`", did_you_mean(name, known))

    def fault(self, path: Path, fault: Fault, syntax: str) -> None:
        """Take a mistake in a text; `syntax` is the code of what is not a matter of names."""
        place = (*path, *fault.path)
        if fault.kind == "fact" and fault.end is None and fault.path:
            span = self.span(place, key=True)
        elif fault.start or fault.end is not None:
            span = self.entry.within(place, fault.start, fault.end)
        else:
            span = self.span(place)
        near = did_you_mean(fault.word, fault.near) if fault.word else None
        self.error(_CODE_OF.get(fault.kind, syntax), span, fault.message, near or fault.help)


def cycle_text(cycle: Iterable[str]) -> str:
    """A cycle, from its first name round to it again."""
    names = [f"`{name}`" for name in cycle]
    return " → ".join([*names, names[0]])
