"""Running scenarios: ticket and answers go in, the outcome is held against what is expected.

A scenario is run as `sopguide resolve` runs a case. Where the outcome differs, the first step is
named from which the expected end was out of reach: there the procedure, or the scenario, is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopguide.facts.times import parse_moment
from sopguide.review.routes import leading_to
from sopguide.review.trace import trace
from sopguide.walk.resolution import tell_facts
from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_ticket
from sopguide.walk.typed import typed_answers, typed_ticket
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sopguide.review.routes import Place
    from sopguide.review.trace import Leaving
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.resolution import Resolution

Json = dict[str, Any]
"""An outcome in JSON: end, macro, label and, for a hand-off, escalate."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A ticket, the answers to it and where they should lead, with the place it is written."""

    sop: str
    name: str
    ticket: Json
    answers: Mapping[str, Any] | list[Any]
    expect: Json
    file: str
    line: int
    today: str | None = None


@dataclass(frozen=True, slots=True)
class Parting:
    """The last step from which the expected end could still be reached, and how it was left."""

    step: str
    answer: Any
    by: str
    to: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a scenario; where it failed, how."""

    scenario: Scenario
    status: str
    outcome: Json | None
    why: str | None = None
    """What differs, in a few words; None where nothing does."""
    step: str | None = None
    """Where the walk stood at last."""
    parting: Parting | None = None
    facts: Json = field(default_factory=dict)
    """What was known where the walk left the expected way, or else at last."""

    @property
    def passed(self) -> bool:
        return self.why is None

    def to_json(self) -> Json:
        scenario = self.scenario
        found: Json = {
            "sop": scenario.sop,
            "scenario": scenario.name,
            "file": scenario.file,
            "line": scenario.line,
            "passed": self.passed,
        }
        if self.passed:
            return found
        parting = self.parting
        return found | {
            "why": self.why,
            "status": self.status,
            "expected": scenario.expect,
            "got": self.outcome,
            "step": self.step,
            "differs": parting
            and {
                "step": parting.step,
                "answer": parting.answer,
                "by": parting.by,
                "to": parting.to,
                "because": list(parting.because),
            },
            "facts": self.facts,
        }


def read_scenarios(sop: str, rows: Iterable[Json]) -> Iterator[Scenario]:
    """The scenarios of an SOP, as a library keeps them."""
    for row in rows:
        yield Scenario(
            sop=sop,
            name=row["scenario"],
            ticket=row.get("ticket", {}),
            answers=row.get("answers", {}),
            expect=row["expect"],
            file=row["file"],
            line=row["line"],
            today=row.get("today"),
        )


def run_scenario(
    procedure: Procedure, found: Mapping[str, Place], scenario: Scenario, now: datetime
) -> tuple[Result, Resolution]:
    """Walk a scenario, and hold its outcome against the expected one.

    `found` are the places of the procedure; `now` counts where the scenario names no day.
    """
    given = read_ticket(typed_ticket(scenario.ticket, procedure), procedure)
    answers = typed_answers(scenario.answers, procedure)
    clock = parse_moment(scenario.today, procedure.zone) if scenario.today else None
    ended = resolve(procedure, given, answers, now=clock or now)
    why = _why(scenario.expect, ended, [misfit.fault.message for misfit in given.misfits])
    if why is None:
        return Result(scenario, ended.status, ended.outcome), ended
    left = _parting(found, scenario.expect, ended)
    facts = tell_facts(left.walk) if left else dict(ended.facts or {})
    parting = left and Parting(left.place.ref, left.answer, left.by, left.to or "", left.because)
    return Result(scenario, ended.status, ended.outcome, why, ended.step, parting, facts), ended


def differing(expected: Json, outcome: Json | None) -> list[str]:
    """Which parts of an outcome are not as expected; a hand-off counts where one is expected."""
    got = outcome or {}
    wrong = [part for part in ("end", "macro", "label") if got.get(part) != expected[part]]
    handoff, wanted = got.get("escalate") or {}, expected.get("escalate") or {}
    return wrong + ["escalate"] * any(handoff.get(key) != wanted[key] for key in wanted)


def _why(expected: Json, ended: Resolution, misfits: list[str]) -> str | None:
    if ended.status == ENDED:
        wrong = differing(expected, ended.outcome)
        return f"{' and '.join(wrong)} {'differ' if wrong[1:] else 'differs'}" if wrong else None
    step, fact = f"`{ended.step}`", f"`{ended.fact}`"
    said = {
        "needs": f"it needs {fact} at step {step}, and the scenario does not answer it",
        "waiting": f"it waits at step {step}, and the scenario answers neither reply nor timeout",
    }.get(ended.status, f"{ended.status}: {ended.reason}")
    return "; ".join([said, *misfits])


def _parting(found: Mapping[str, Place], expected: Json, ended: Resolution) -> Leaving | None:
    """Where the walk left the last step from which the expected end could be reached."""
    if ended.walk is None:
        return None
    reach = leading_to(found, _ends_like(found, expected))
    for left in trace(ended.walk, found):
        if left.place.ref in reach and left.to and left.to not in reach:
            return left
    return None


def _ends_like(found: Mapping[str, Place], expected: Json) -> list[str]:
    return [
        ref
        for ref, place in found.items()
        if place.kind == "end" and not differing(expected, place.form)
    ]
