"""The parts that steps of all kinds have: texts, `set:`, outcomes, durations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts.durations import parse_duration
from sopguide.facts.fault import Fault
from sopguide.facts.values import to_json
from sopguide.graph import codes
from sopguide.graph.compile_facts import read_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sopguide.graph.decision_graph import Path
    from sopguide.graph.sight import Sight
    from sopguide.graph.uses import Uses
    from sopguide.source import fact_models, step_models
    from sopguide.source.sources import Sources

Form = dict[str, Any]


class Parts:
    """Compiles the parts of one SOP's steps."""

    def __init__(
        self,
        sight: Sight,
        sources: Sources,
        uses: Uses,
    ) -> None:
        self._sight = sight
        self._scope = sight.scope
        self._sources = sources
        self._uses = uses
        self._report = sight.report

    def sure(self, kind: str) -> bool:
        """Whether a name that is not found does not exist; else an unreadable file may hold it."""
        if kind in self._sources.unsure:
            self._uses.unsure.add(kind)
            return False
        return True

    def text(self, text: str, path: Path) -> str:
        """A text that an agent reads, its placeholders resolved."""
        if "{" in text:
            for name in self._sight.facts_in_text(text, path):
                self._uses.facts.setdefault(name, path)
        return text

    def settings(self, settings: Mapping[str, fact_models.Setting], path: Path) -> list[list[Any]]:
        """A `set:`, in the author's order."""
        return [
            [name, self._setting(name, value, (*path, name))] for name, value in settings.items()
        ]

    def outcome(self, step: step_models.Wait | step_models.Finish, path: Path) -> Form:
        """The macro and the label of a step."""
        form: Form = {}
        if step.macro is not None:
            form["macro"] = step.macro
            if step.macro in self._sources.macros:
                self._uses.macros[step.macro] = None
            elif step.macro != "none":
                known = [*self._sources.macros, "none"]
                self._unknown("macro", codes.UNKNOWN_MACRO, step.macro, known, path)
        if step.label is not None:
            form["label"] = step.label
            if step.label in self._sources.labels:
                self._uses.labels[step.label] = None
            else:
                self._unknown("label", codes.UNKNOWN_LABEL, step.label, self._sources.labels, path)
        return form

    def duration(self, text: str, path: Path) -> str:
        """A duration, as typed."""
        found = parse_duration(text)
        if isinstance(found, Fault):
            span = self._report.span(path)
            self._report.error(codes.WRONG_DURATION, span, found.message, found.help)
        return text

    def _unknown(self, what: str, code: str, name: str, known: Collection[str], path: Path) -> None:
        if self.sure(f"{what}s"):
            self._report.unknown(code, what, name, known, self._report.span((*path, what)))

    def _setting(self, name: str, value: str | tuple[str, ...], path: Path) -> Any:
        fact = self._scope.facts.get(name)
        if fact is None:
            self._sight.unknown_fact(name, path, key=True)
            return None
        self._uses.facts.setdefault(name, path)
        self._uses.given.add(name)
        if fact.computed:
            span = self._report.span(path, key=True)
            headline = f"`{name}` is computed and cannot be set"
            advice = "set what it is computed from"
            self._report.error(codes.SET_COMPUTED_FACT, span, headline, advice)
            return None
        found = read_value(value if isinstance(value, str) else list(value), fact)
        if isinstance(found, Fault):
            self._report.fault(path, found, codes.WRONG_VALUE)
            return None
        return to_json(found)
