"""The table of who drilled what, and how long a right drill takes."""

from __future__ import annotations

from typing import Any

from sopguide.drill.results import Drilled, drills, table, usual_seconds
from sopguide.log.document import WalkDoc


def drilled(agent: str = "ana", sop: str = "account/locked", **grade: Any) -> Drilled:
    usual = {"scenario": "s1", "right": True, "passed": True, "score": 100, "seconds": 30.0}
    return Drilled(agent, sop, grade.pop("at", 1), usual | grade)


def test_there_is_a_row_for_each_person_and_sop() -> None:
    rows = table(
        [drilled("bo"), drilled(sop="b/c"), drilled(), drilled(score=40, right=False, at=9)]
    )
    assert [(row.agent, row.sop, row.drills) for row in rows] == [
        ("ana", "account/locked", 2),
        ("ana", "b/c", 1),
        ("bo", "account/locked", 1),
    ]
    assert (rows[0].right, rows[0].passed, rows[0].score, rows[0].last) == (1, 2, 70, 9)


def test_the_drills_of_erased_agents_stay_in_the_table() -> None:
    events = [{"type": "drill.graded", "data": drilled().grade}]
    walks = [
        WalkDoc("w", 1, 2, "completed", None, None, None, {"agent": agent, "sop": "a/b"}, events)
        for agent in ("ana", None, None)
    ]
    rows = table(drills(walks))
    assert [(row.agent, row.drills) for row in rows] == [("(erased)", 2), ("ana", 1)]


def test_stumbles_are_the_commonest_first_and_then_by_name() -> None:
    steps = ("reach", "proof", "age", "proof")
    [row] = table([drilled(differs=step) for step in steps])
    assert row.stumbles == (("proof", 2), ("age", 1), ("reach", 1))
    assert row.to_json()["stumbles"][0] == {"step": "proof", "times": 2}


def test_the_usual_time_is_that_of_three_in_four_right_drills() -> None:
    right = [drilled(seconds=float(seconds)) for seconds in (10, 20, 30, 40, 50)]
    wrong = drilled(right=False, seconds=500.0)
    assert usual_seconds([*right, wrong]) == {"s1": 40.0}
    assert usual_seconds([*right[:4], wrong]) == {}
