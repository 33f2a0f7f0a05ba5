"""What a walk passed through, whatever was undone, gone back from and overridden on the way."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from sopguide.review.coverage import Coverage
from sopguide.review.routes import places
from sopguide.review.trace import trace
from tests.walk.test_undoing import MOVES, drive, example
from tests.walking import go

EXAMPLE = example()
FOUND = places(EXAMPLE.form)


@given(MOVES)
def test_every_step_of_the_path_is_told_in_order(moves: list[Any]) -> None:
    walk = drive(moves).walk
    told = [(left.place.ref, left.to) for left in trace(walk, FOUND) if left.place.kind != "run"]
    visited = [(each.step, each.visit) for each in walk.path if each.kind != "run"]
    assert [step for step, _ in told] == [step for step, _ in dict.fromkeys(visited)]
    assert told[-1][1] is None


def test_an_outcome_that_was_chosen_passes_through_no_end() -> None:
    desk = drive(["maybe", ("overrule", 0)])
    assert desk.walk.outcome is not None
    covered = Coverage()
    covered.add(desk.walk, FOUND)
    assert [item.name for item in covered.passed] == ["step", "answer maybe", "step"]
    desk.do("undo")
    again = go(desk.walk, "done")
    assert [left.place.ref for left in trace(again, FOUND)][-1] == "part.which"
