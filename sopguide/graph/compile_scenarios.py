"""Scenarios: the names they use, and their rows in the pack.

A mistake in a scenario never keeps an SOP from being walked: it is the scenario that cannot run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts.fault import Fault
from sopguide.facts.values import parse_text
from sopguide.graph import codes
from sopguide.graph.compile_steps import WAIT_ENDS
from sopguide.graph.report import Reporter
from sopguide.source.step_models import Finish
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.compile_sop import Procedure
    from sopguide.graph.symbols import Symbols
    from sopguide.source.models import Scenario
    from sopguide.source.sources import Entry, Sources

Row = dict[str, Any]


def scenario_rows(entries: Iterable[Entry[Scenario]]) -> list[Row]:
    """The scenarios of one SOP, as a library gives them out."""
    return [_row(entry, entry.model) for entry in entries if entry.model is not None]


def _row(entry: Entry[Scenario], model: Scenario) -> Row:
    expect: Row = {
        "end": model.expect.end,
        "macro": model.expect.macro,
        "label": model.expect.label,
    }
    if model.expect.escalate is not None:
        expect["escalate"] = {"to": model.expect.escalate.to}
        if model.expect.escalate.within is not None:
            expect["escalate"]["within"] = model.expect.escalate.within
    row: Row = {
        "scenario": model.scenario,
        "ticket": model.ticket,
        "answers": model.answers,
        "expect": expect,
        "file": entry.document.path,
        "line": entry.span().line,
    }
    if model.today is not None:
        row["today"] = model.today.isoformat()
    return row


def check_scenarios(
    sources: Sources, symbols: Symbols, procedures: Mapping[str, Procedure]
) -> None:
    """Report the names in scenarios that do not exist, and values that do not fit."""
    for sop, entries in sources.scenarios.items():
        for place, entry in enumerate(entries):
            report = Reporter(entry)
            symbols.reporters["scenarios", f"{sop}#{place}"] = report
            if sop not in sources.sops:
                if "sops" not in sources.unsure and place == 0:
                    span = report.span(("scenario",))
                    headline = f"there is no SOP `{sop}` for these scenarios"
                    near = did_you_mean(sop, sources.sops)
                    report.error(codes.UNKNOWN_IN_SCENARIO, span, headline, near)
            elif entry.model is not None and sop in procedures:
                _Checker(symbols, procedures, procedures[sop], report).check(entry.model)


class _Checker:
    def __init__(
        self,
        symbols: Symbols,
        procedures: Mapping[str, Procedure],
        procedure: Procedure,
        report: Reporter,
    ) -> None:
        self._symbols = symbols
        self._procedures = procedures
        self._procedure = procedure
        self._report = report

    def check(self, model: Scenario) -> None:
        facts = model.ticket.get("facts")
        if isinstance(facts, dict):
            for name, value in facts.items():
                self._given(str(name), value)
        if isinstance(model.answers, dict):
            for name, answer in model.answers.items():
                self._answer(name, answer)
        self._expected(model)

    def _given(self, name: str, value: Any) -> None:
        path = ("ticket", "facts", name)
        known = {**self._symbols.facts, **self._procedure.own}
        if name in known:
            self._fits(value, known[name], path)
        elif self._symbols.silent is not None and name not in self._symbols.silent:
            self._unknown(f"unknown fact `{name}`", name, known, path, key=True)

    def _answer(self, name: str, answer: Any) -> None:
        path = ("answers", name)
        sop, _, step_name = name.rpartition(".")
        procedure = self._procedures.get(sop) if sop else self._procedure
        if procedure is None:
            if sop not in self._symbols.sources.sops:
                self._unknown(f"unknown SOP `{sop}`", sop, self._procedures, path, key=True)
            return
        step = procedure.model.steps.get(step_name)
        known = {**self._symbols.facts, **procedure.own}
        if step is None:
            if step_name in known:
                self._fits(answer, known[step_name], path)
            elif step_name not in procedure.report.entry.names("steps"):
                names = [*procedure.model.steps, *known]
                self._unknown(f"unknown step or fact `{name}`", step_name, names, path, key=True)
        elif step.kind == "wait":
            if answer not in WAIT_ENDS:
                headline = f"a wait ends with `reply` or `timeout`, not with `{answer}`"
                self._unknown(headline, str(answer), WAIT_ENDS, path)
        elif step.kind == "ask":
            fact = known.get(procedure.form["steps"][step_name].get("fact", ""))
            if fact is not None:
                self._fits(answer, fact, path)

    def _fits(self, value: Any, fact: Fact, path: tuple[str, ...]) -> None:
        if fact.computed or not isinstance(value, str | list | tuple):
            return
        found = parse_text(value if isinstance(value, str) else [str(one) for one in value], fact)
        optional = fact.optional and value in ("null", "")
        if isinstance(found, Fault) and not optional:
            near = did_you_mean(found.word, found.near) if found.word else None
            span = self._report.span(path)
            headline, advice = found.message, near or found.help
            self._report.error(codes.UNKNOWN_IN_SCENARIO, span, headline, advice)

    def _expected(self, model: Scenario) -> None:
        wanted = (model.expect.end, model.expect.macro, model.expect.label)
        ends: list[tuple[str, str, str]] = [
            (step.end, step.macro, step.label)
            for step in self._procedure.model.steps.values()
            if isinstance(step, Finish)
        ]
        if wanted in ends or self._procedure.report.entry.names("steps"):
            return
        place = next(at for at in range(3) if wanted[: at + 1] not in {e[: at + 1] for e in ends})
        key = ("end", "macro", "label")[place]
        before = " and ".join(f"`{name}`" for name in wanted[:place])
        headline = f"no end of `{self._procedure.id}` gives the {key} `{wanted[place]}`"
        headline += f" with {before}" if before else ""
        known = [end[place] for end in ends if end[:place] == wanted[:place]]
        self._unknown(headline, wanted[place], known, ("expect", key))

    def _unknown(
        self,
        headline: str,
        name: str,
        known: Iterable[str],
        path: tuple[str, ...],
        *,
        key: bool = False,
    ) -> None:
        span = self._report.span(path, key=key)
        self._report.error(codes.UNKNOWN_IN_SCENARIO, span, headline, did_you_mean(name, known))
