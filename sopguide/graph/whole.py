"""A compiled library as a whole, for the rules that look across its files.

It says what is sent where: which steps that a walk can come to use which macro and label, and in
which SOPs. What that means is the rules' affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sopguide.diagnostics import Severity
from sopguide.graph.questions import questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.diagnostics import Span
    from sopguide.graph.compile_catalogues import Catalogues
    from sopguide.graph.compile_sop import Procedure
    from sopguide.graph.link import Linker
    from sopguide.graph.questions import Question
    from sopguide.graph.symbols import Owner, Symbols
    from sopguide.source import models
    from sopguide.source.sources import Entry


@dataclass(frozen=True, slots=True)
class Sent:
    """A step that a walk of its SOP can come to, with the macro and the label it names."""

    procedure: Procedure
    step: str
    macro: str | None
    label: str | None

    @property
    def owner(self) -> Owner:
        """The entry of the library that the step belongs to."""
        return ("sops", self.procedure.id)

    def span(self, key: str) -> Span:
        """Where the step names its `macro` or its `label`."""
        return self.procedure.report.span(("steps", self.step, key))


@dataclass(frozen=True)
class Whole:
    """Everything that was compiled, and how it hangs together."""

    symbols: Symbols
    catalogues: Catalogues
    procedures: Mapping[str, Procedure]
    linker: Linker

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question an agent may read, those of the library first."""
        return tuple(questions(self))

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages in which the library answers."""
        library = self.symbols.sources.library
        return library.model.locales if library and library.model else ()

    @cached_property
    def live(self) -> frozenset[str]:
        """The SOPs that agents walk now, and those that they run."""
        live = [one.id for one in self.procedures.values() if one.model.status == "live"]
        return frozenset(part for sop in live for part in self.linker.parts(sop))

    @cached_property
    def sent(self) -> tuple[Sent, ...]:
        """Every step that sends a macro or sets a label, SOP by SOP; retired SOPs send nothing."""
        return tuple(
            Sent(one, name, form.get("macro"), form.get("label"))
            for one in self.procedures.values()
            if one.model.status != "retired" and (one.uses.macros or one.uses.labels)
            for name, form in one.form["steps"].items()
            if form["kind"] in ("end", "wait") and name in one.graph.reachable
        )

    @cached_property
    def senders(self) -> Mapping[str, tuple[Sent, ...]]:
        """The same by macro, for the macros that could be read."""
        found: dict[str, list[Sent]] = {}
        for sent in self.sent:
            if sent.macro is not None and sent.macro in self.catalogues.macros:
                found.setdefault(sent.macro, []).append(sent)
        return {macro: tuple(steps) for macro, steps in found.items()}

    def first_senders(self, macro: str, *, live: bool = False) -> tuple[tuple[Sent, ...], ...]:
        """The steps that send a macro, those of one SOP together."""
        found: dict[str, list[Sent]] = {}
        for sent in self.senders.get(macro, ()):
            if not live or sent.procedure.id in self.live:
                found.setdefault(sent.procedure.id, []).append(sent)
        return tuple(map(tuple, found.values()))

    def macro(self, name: str) -> tuple[Entry[models.Macro], models.Macro]:
        """A macro that could be read, and where it stands."""
        entry = self.symbols.sources.macros[name]
        if entry.model is None:
            raise KeyError(name)
        return entry, entry.model

    def channels(self, sop: str) -> dict[str, str]:
        """The channels an SOP serves, each with the SOP that says so: itself, or one that runs it.

        Empty where none says.
        """
        return self._channels.get(sop, {})

    @cached_property
    def _channels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for one in self.procedures.values():
            if one.model.channels and one.model.status != "retired":
                for part in self.linker.parts(one.id):
                    said = found.setdefault(part, {})
                    for channel in one.model.channels:
                        said.setdefault(channel, one.id)
        return found

    @cached_property
    def sound(self) -> bool:
        """Whether nothing is wrong, so that what nothing names is not used.

        Else the name that is missing may be the one that somebody misspelt.
        """
        sources, reporters = self.symbols.sources, self.symbols.reporters.values()
        errors = any(found.severity is Severity.ERROR for found in sources.diagnostics)
        return not errors and not any(report.faulty for report in reporters)
