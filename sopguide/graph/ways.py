"""The ways on from the steps of one SOP: targets, rules, and the branches they make.

A target that is no step is reported here; its branch stays, so that the flow rules know that
something was meant to follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.graph import codes
from sopguide.graph.decision_graph import Branch
from sopguide.source.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    from sopguide.graph.conditions import Conditions
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.report import Reporter
    from sopguide.graph.uses import Uses
    from sopguide.source import rule_models

Form = dict[str, Any]


class Ways:
    """Compiles every `go` of one SOP and collects the branches."""

    def __init__(
        self,
        steps: Collection[str],
        broken: Collection[str],
        conditions: Conditions,
        uses: Uses,
        report: Reporter,
    ) -> None:
        self.branches: list[Branch] = []
        self._steps = steps
        self._broken = broken
        self._conditions = conditions
        self._uses = uses
        self._report = report

    def guess(self, name: str) -> str | None:
        """The step that a misspelt name means."""
        return None if name in self._steps else nearest(name, self._steps)

    def nowhere(self, source: str, path: Path, label: str) -> None:
        """Note that nothing follows an answer."""
        self.branches.append(Branch(source, None, path, label))

    def go_by(self, source: str, go: rule_models.GoBy, path: Path) -> Form:
        """The `go` of a step that others come back to: one way, or one for each return."""
        if not isinstance(go, dict):
            return {"go": self.go(source, go, (*path, "go"))}
        by = {
            back: self.go(source, one, (*path, "go", back), label=back, back=back)
            for back, one in go.items()
        }
        return {"by": by}

    def go(
        self,
        source: str,
        go: rule_models.Go,
        path: Path,
        *,
        label: str = "",
        closed: bool = False,
        back: str | None = None,
    ) -> str | list[Form]:
        """A `go`: a step, or the rules that choose one."""
        if isinstance(go, str):
            return self.target(source, go, path, label, closed=closed, back=back)
        rules: list[Form] = []
        for place, rule in enumerate(go):
            here = (*path, place)
            form: Form = {}
            if rule.condition is not None:
                form["if"] = self._condition(rule.condition, (*here, "if"))
            end = "else" if rule.condition is None else "to"
            place_of = (*here, end)
            form["to"] = self.target(source, rule.to, place_of, label, closed=closed, back=back)
            if rule.because:
                form["because"] = list(rule.because)
            rules.append(form)
        return rules

    def target(
        self,
        source: str,
        target: str,
        path: Path,
        label: str,
        *,
        closed: bool = False,
        back: str | None = None,
    ) -> str:
        """One branch to a step."""
        guess = None
        if target not in self._steps and target not in self._broken:
            guess = nearest(target, self._steps)
            advice = f"did you mean `{guess}`?" if guess else None
            headline = f"unknown step `{target}`"
            self._report.error(codes.UNKNOWN_STEP, self._report.span(path), headline, advice)
        self.branches.append(Branch(source, target, path, label, guess, closed, back))
        return target

    def _condition(self, data: Any, path: Path) -> list[Any]:
        found = self._conditions.parse(data, path)
        for fact in found.facts:
            self._uses.facts.setdefault(fact, path)
        for fact in found.needs:
            self._uses.needed.setdefault(fact, path)
        return found.form
