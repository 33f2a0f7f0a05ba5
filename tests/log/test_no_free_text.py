"""No event holds a free text: every scenario that is shipped is walked, with all that can be done.

Each string in the data of each event is an id of the procedure, a value of a fact, a code of the
program, a date or time, a duration, or the id of a remark. A new type of event fails here until it
is walked too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.graph.load import load_library
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import PARK_REASONS, LoggedWalk
from sopguide.log.remarks import ABOUT, FEEDBACK, NOTE
from sopguide.review.scenarios import read_scenarios
from sopguide.walk import events
from sopguide.walk.events import STEP_JUMPED, Moment
from sopguide.walk.outcome import ENDS, Applied
from sopguide.walk.overruling import REASONS
from sopguide.walk.path import AGENT
from sopguide.walk.private import GIVEN
from sopguide.walk.procedure import Procedure
from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_ticket
from sopguide.walk.typed import typed_answers, typed_ticket
from tests.log.office import Unsynced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.library import Library
    from sopguide.review.scenarios import Scenario

TREES = Path(__file__).parents[2] / "trees"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "She wrote: I lost everything, please help"
CODES = {*ENDS, *REASONS, *PARK_REASONS, *ABOUT, "agent", "ticket", "rule", "none", "yes", "no"}
CODES |= {"done", "reply", "timeout", "wrong_sop", "en", "es", "de", "hand-off"}
KEYS = {"step", "visit", "fact", "answer", "by", "asked", "kept", "again", "set", "skipped"}
KEYS |= {
    "facts",
    "misfits",
    "today",
    "now",
    "language",
    "reason",
    "remark",
    "about",
    "clock",
    "due",
}
KEYS |= {"end", "macro", "label", "escalate", "to", "within", "recommended", "locale", "edited"}
KEYS |= {"filled", "given"}
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?)?")
_DURATION = re.compile(r"-?\d+(y|m|w|d|h|min|bd)( \d+(y|m|w|d|h|min|bd))*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TYPES = {value for name, value in vars(events).items() if name.isupper() and "." in str(value)}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(TREES, None)


class Shift:
    """One walk after another; time goes on by a minute each time it is asked for."""

    def __init__(self, library: Library, log: LocalLog) -> None:
        self._library = library
        self._log = log
        self._now = int(NOW.timestamp() * 1000)

    def clock(self) -> Moment:
        self._now += 60_000
        return Moment(self._now, self._now)

    def years_pass(self) -> None:
        self._now += 3 * 365 * 86_400_000

    def begin(self, scenario: Scenario) -> tuple[LoggedWalk, list[Any]]:
        entry = self._library.sops[scenario.sop]
        procedure = Procedure(self._library.form(scenario.sop), entry.hash or "")
        ticket = {"subject": TEXT, "body": TEXT, **typed_ticket(scenario.ticket, procedure)}
        given = read_ticket(ticket, procedure)
        answers = typed_answers(scenario.answers, procedure)
        solved = resolve(procedure, given, answers, now=NOW).walk
        assert solved is not None
        form = self._library.form_bytes(scenario.sop)
        walk = LoggedWalk.begin(
            self._log, procedure, form, given, ticket, Identity("quinn"), now=NOW, clock=self.clock
        )
        path = [passage for passage in solved.path if passage.by == AGENT and passage.answered]
        return walk, [TEXT if each.answer == GIVEN else each.answer for each in path]

    def walk(self, scenario: Scenario) -> str:
        """All that can be done on the way of a scenario."""
        walk, answers = self.begin(scenario)
        for place, answer in enumerate(answers):
            assert walk.answer(answer) is None, (scenario.name, answer)
            if place == 0:
                assert walk.help_opened() is None
                assert not isinstance(walk.remark(NOTE, TEXT), str)
                assert not isinstance(walk.remark(FEEDBACK, TEXT, ABOUT[0]), str)
            if place in (0, len(answers) - 1) and walk.undo() is None:
                assert walk.redo() is None
            if place == 1 and walk.back() is None:
                assert walk.undo() is None
        walk = self._again(walk)
        self.years_pass()
        walk.clocks()
        if offered := walk.offered():
            assert walk.overrule(offered[0].id, "context") is None
            assert walk.undo() is None
        if walk.walk.outcome is None:
            assert walk.abandon("wrong_sop") is None
        else:
            assert walk.finish(Applied("es", edited=True, filled=("order",))) is None
        return walk.id

    def _again(self, walk: LoggedWalk) -> LoggedWalk:
        assert walk.suspend("handover") is None
        [left] = self._log.unfinished()
        again = LoggedWalk.resume(
            self._log, walk.id, walk.walk.procedure, left.private, clock=self.clock
        )
        while again.walk.lost:
            assert again.answer(TEXT) is None
        return again


def ids_of(library: Library, sop: str) -> set[str]:
    """Every id that a walk of this procedure may name."""
    form = library.form(sop)
    found = {*form["macros"], *form["labels"], *form.get("facts", {}), form["owner"], "order"}
    for name, part in form["procedures"].items():
        found |= {name, *part.get("facts", {}), *part["steps"]}
        found |= {f"{name}.{step}" for step in part["steps"]}
        found |= {f"{name}:{fact}" for fact in part.get("facts", {})}
        for step in part["steps"].values():
            found |= {answer["id"] for answer in step.get("answers", ())}
            found |= {str(text) for text in step.get("escalate", {}).values()}
            found |= set(step.get("by", ()))
    for facts in (
        form.get("facts", {}),
        *(p.get("facts", {}) for p in form["procedures"].values()),
    ):
        for fact in facts.values():
            found |= {str(value) for value in fact.get("values", ())}
    return found | set(clock_ids(form))


def clock_ids(form: Any) -> Iterator[str]:
    if isinstance(form, dict):
        clocks = (*form.get("clocks", ()), *form.get("clock", ()))
        yield from (clock["id"] for clock in clocks if isinstance(clock, dict))
        for inner in form.values():
            yield from clock_ids(inner)


def strings(value: Any) -> Iterator[str]:
    """Every text in JSON, names of fields apart from facts' included."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def is_no_free_text(text: str, ids: set[str]) -> bool:
    shapes = (_TIME, _DURATION, _UUID, _NUMBER)
    return text in ids or text in CODES or any(shape.fullmatch(text) for shape in shapes)


def test_every_text_in_every_event_is_an_id_a_value_or_a_time(
    library: Library, tmp_path: Path
) -> None:
    seen: set[str] = set()
    odd: set[tuple[str, str]] = set()
    walked = 0
    with LocalLog(tmp_path, Unsynced()) as log:
        shift = Shift(library, log)
        for sop in library.sops:
            ids = {*ids_of(library, sop), *KEYS} if library.scenarios(sop) else set()
            for scenario in read_scenarios(sop, library.scenarios(sop)):
                walked += 1
                for record in log.walk(shift.walk(scenario)):
                    seen.add(record["type"])
                    texts = set(strings(record["data"]))
                    odd |= {
                        (record["type"], text) for text in texts if not is_no_free_text(text, ids)
                    }
    assert odd == set()
    assert walked > 40
    assert seen == TYPES - {STEP_JUMPED}  # nothing jumps yet


def test_what_would_be_a_free_text_is_told() -> None:
    assert not is_no_free_text(TEXT, set())
    assert not is_no_free_text("Margaret", {"reach"})
    assert is_no_free_text("2026-11-22T12:00:00Z", set())
    assert is_no_free_text("48h", set())
    assert not is_no_free_text("48 Elm Street", set())
