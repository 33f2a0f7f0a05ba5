"""A drill in progress: graded at its end, given up when left, never graded twice or unstored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.drill.grading import DRILL_GRADED, acts
from sopguide.drill.scoring import Act
from sopguide.drill.session import DrillWalk, Exercise, exercises, shuffled
from sopguide.log.faults import LogError
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.wanted import Wanted
from sopguide.review.suite import scenarios_of
from sopguide.walk.events import Moment
from tests.building import library
from tests.locked_out import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANA = Identity("ana")


class Clock:
    """Thirty seconds go by at each look."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> Moment:
        self.looks += 1
        return Moment(1_795_000_000_000 + self.looks * 30_000, self.looks * 30_000)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LocalLog]:
    with LocalLog(tmp_path) as log:
        yield log


def ready() -> list[Exercise]:
    compiled = library(FILES)
    found, failing = exercises(compiled, scenarios_of(compiled, lambda _: True), NOW)
    assert failing == []
    return found


def drill(log: LocalLog, name: str, *answers: Any) -> DrillWalk:
    exercise = next(one for one in ready() if one.scenario.name == name)
    walk = DrillWalk.of(exercise, log, ANA, clock=Clock())
    for answer in answers:
        assert walk.answer(answer) is None
    return walk


def test_the_models_acts_are_what_a_person_decides() -> None:
    young = next(one for one in ready() if one.scenario.name.startswith("A receipt"))
    assert acts(young.model) == [Act("reach", "no"), Act("identity/verify.which", "receipt")]
    money = next(one for one in ready() if one.scenario.name.startswith("A lot"))
    assert acts(money.model) == [Act("reach", "yes"), Act("route", "900", "amount")]


def test_a_walk_like_the_scenarios_is_right_and_too_slow_a_little_less(log: LocalLog) -> None:
    walk = drill(log, "A lot of money", "yes", "900.00")
    assert walk.finish() is None
    assert walk.grade is not None
    assert (walk.grade.right, walk.grade.passed, walk.grade.likeness) == (True, True, 1.0)
    assert walk.grade.expected_seconds == 40
    assert walk.grade.seconds == 90
    assert walk.grade.score == 85


def test_the_grade_is_in_the_log_before_the_end(log: LocalLog) -> None:
    drill(log, "Signs in elsewhere", "no", "none").finish()
    [walk] = log.walks(Wanted(mode="drill"))
    kinds = [event["type"] for event in walk.events]
    assert kinds[-3:] == [DRILL_GRADED, "outcome.applied", "walk.completed"]
    data = walk.events[-3]["data"]
    assert data["wrong"] == ["end", "macro", "label"]
    assert (data["right"], data["passed"], data["differs"]) == (False, False, "reach")
    assert "critical" not in data


def test_going_back_costs_nothing(log: LocalLog) -> None:
    walk = drill(log, "A lot of money", "no")
    assert walk.back() is None
    for answer in ("yes", 900):
        assert walk.answer(answer) is None
    walk.finish()
    assert walk.grade is not None
    assert (walk.grade.likeness, walk.grade.difference) == (1.0, None)


def test_a_path_that_went_on_after_the_scenarios_end_differs_there(log: LocalLog) -> None:
    walk = drill(log, "Signs in elsewhere", "no", "receipt", "done")
    walk.finish()
    assert walk.grade is not None
    assert (walk.grade.right, walk.grade.critical) == (True, False)
    assert walk.grade.because == ("CG-1",)


def test_it_is_graded_only_at_an_end(log: LocalLog) -> None:
    walk = drill(log, "A lot of money", "yes")
    assert walk.finish() == "the walk has not reached an outcome yet"
    assert walk.grade is None


def test_a_grade_that_could_not_be_stored_is_none(
    log: LocalLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = drill(log, "A lot of money", "yes", 900)

    def full(*_: object) -> None:
        raise LogError("the disk is full")

    monkeypatch.setattr("sopguide.log.recorder.LocalRecorder.close", full)
    assert "the disk is full" in (walk.finish() or "")
    assert walk.grade is None


def test_the_order_depends_on_the_seed_alone() -> None:
    found = ready()
    names = [one.scenario.name for one in shuffled(found, 3)]
    assert [one.scenario.name for one in shuffled(found[::-1], 3)] == names
    orders = {tuple(one.scenario.name for one in shuffled(found, seed)) for seed in range(20)}
    assert len(orders) > 1


def test_an_outcome_that_the_trainee_chose_is_graded_and_said_to_be_chosen(log: LocalLog) -> None:
    walk = drill(log, "A lot of money", "yes")
    [handed] = [each.id for each in walk.offered() if each.to]
    assert walk.overrule(handed, "context") is None
    assert walk.finish() is None
    assert walk.grade is not None
    assert walk.grade.right
    assert walk.grade.difference is not None
    assert walk.grade.to_json()["overridden"] == "context"
    kinds = [record["type"] for record in log.walk(walk.id)]
    assert kinds[-4:] == ["outcome.overridden", DRILL_GRADED, "outcome.applied", "walk.completed"]
