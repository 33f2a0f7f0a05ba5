"""Undoing and redoing, by laws: whatever was done, in whatever order."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sopguide.walk.back import go_back
from sopguide.walk.events import (
    OUTCOME_OVERRIDDEN,
    OUTCOME_RECOMMENDED,
    STEP_REDONE,
    STEP_SHOWN,
    STEP_UNDONE,
    Event,
)
from sopguide.walk.fold import fold
from sopguide.walk.overruling import REASONS, offered, overrule
from sopguide.walk.private import LOST, ask_again
from sopguide.walk.procedure import Procedure
from sopguide.walk.undoing import redo, undo
from sopguide.walk.walk import Walk
from tests.walking import AT, LIBRARY, PART, ROUND, Record, begin, go, procedure, steps, told

TEXT = (
    "owner: payments"
    + ROUND.replace("{fact: story, go: done}", "{fact: story, go: refused}")
    + "  refused: {end: rejected, macro: none, label: done}\n"
)


def example() -> Procedure:
    return procedure(TEXT, **{"library.yaml": LIBRARY, "sops/part.yaml": PART})


_EXAMPLE = example()


class Desk(Record):
    """A walk with its events, and all that can be done to it."""

    def undo(self) -> str | None:
        return self._take(undo(self.walk, at=AT))

    def redo(self) -> str | None:
        return self._take(redo(self.walk, at=AT))

    def overrule(self, place: int) -> str | None:
        choices = offered(self.walk)
        choice = choices[place % len(choices)].id
        return self._take(overrule(self.walk, choice, REASONS[place % len(REASONS)], at=AT))

    def do(self, move: Any) -> str | None:
        match move:
            case "undo":
                return self.undo()
            case "redo":
                return self.redo()
            case ("overrule", place):
                return self.overrule(place)
            case ("back", to):
                return self.back(to)
            case _:
                return self.answer(move)


MOVES = st.lists(
    st.one_of(
        st.sampled_from(
            ["yes", "no", "maybe", "DE", "US", "good", "bad", "done", "reply", "timeout", "a tale"]
        ),
        st.integers(0, 30),
        st.tuples(st.just("back"), st.none() | st.integers(0, 12)),
        st.tuples(st.just("overrule"), st.integers(0, 4)),
        st.sampled_from(["undo", "redo"]),
    ),
    max_size=30,
)


def shape(walk: Walk | None) -> Any:
    """All of a walk that a person can tell; texts only as given."""
    if walk is None:
        return None
    facts = {key: "…" if key == "story" else value for key, value in walk.facts.items()}
    kept = {place: "…" if place.step == "g" else value for place, value in walk.kept.items()}
    path = [row.split("=")[0] if row.startswith("g=") else row for row in steps(walk)]
    state = walk.state
    known = (facts, dict(state.sources), dict(state.visits), kept, set(walk.held))
    return told(walk), path, known, walk.overruled, walk.outcome, walk.recommended


def history(walk: Walk) -> list[Any]:
    """What undoing and redoing come to, one after the other."""
    found = []
    for move in (undo, redo):
        here = walk
        while True:
            turn = move(here, at=AT)
            if turn.refused is not None:
                break
            here = turn.walk
            found.append(shape(here))
    return found


def drive(moves: list[Any]) -> Desk:
    desk = Desk(_EXAMPLE, {"country": "US"} if moves and moves[0] == "yes" else None)
    for move in moves:
        desk.do(move)
    return desk


@given(MOVES)
def test_the_events_give_the_walk_with_all_that_can_be_undone_and_redone(moves: list[Any]) -> None:
    desk = drive(moves)
    again = fold(_EXAMPLE, desk.events)
    assert shape(again) == shape(desk.walk)
    assert history(again) == history(desk.walk)


@given(MOVES, st.integers(1, 8))
def test_undoing_and_redoing_as_often_gives_the_same(moves: list[Any], count: int) -> None:
    desk = drive(moves)
    before, done = desk.walk, 0
    while done < count and desk.undo() is None:
        done += 1
    for _ in range(done):
        assert desk.redo() is None
    assert shape(desk.walk) == shape(before)
    assert history(desk.walk) == history(before)


@given(MOVES)
def test_everything_undone_is_the_beginning(moves: list[Any]) -> None:
    desk = drive(moves)
    first = fold(_EXAMPLE, desk.events[:1])
    while desk.undo() is None:
        pass
    assert shape(desk.walk) == shape(first)
    assert desk.undo() == "there is nothing to undo"


@given(MOVES, st.sampled_from(["yes", "DE", 4, "good", ("back", None), ("overrule", 1)]))
def test_what_was_undone_is_gone_once_something_else_is_done(moves: list[Any], move: Any) -> None:
    desk = drive([*moves, "undo"])
    if desk.do(move) is None:
        assert desk.redo() == "there is nothing to redo"


@given(MOVES)
def test_what_can_be_chosen_is_never_what_the_walk_came_to(moves: list[Any]) -> None:
    walk = drive(moves).walk
    choices = offered(walk)
    assert len({choice.id for choice in choices}) == len(choices) >= 1
    came_to = [one for one in (walk.outcome, walk.recommended) if one is not None]
    found = [(one.end, one.macro or "none", one.label or "none", one.to) for one in choices]
    assert len(set(found)) == len(found)
    for one in came_to:
        assert (one.end, one.macro, one.label, one.escalate and one.escalate.to) not in found


def test_an_answer_is_undone_with_all_that_followed_by_itself() -> None:
    desk = Desk(_EXAMPLE, {"country": "DE"})
    for choice in ("yes", 99, 50, "good"):
        assert desk.answer(choice) is None
    back = desk.walk
    assert desk.back(0) is None
    assert desk.answer("no") is None
    assert told(desk.walk) == "wait f"
    assert desk.undo() is None
    assert told(desk.walk) == "ask a a"
    assert desk.undo() is None
    assert shape(desk.walk) == shape(back)


def test_undoing_says_in_the_events_where_the_walk_stands_then() -> None:
    desk = Desk(_EXAMPLE)
    for choice in ("maybe", "done", "good", "timeout"):
        desk.answer(choice)
    desk.overrule(0)
    chosen = desk.events[-1].data
    for move in (desk.undo, desk.undo, desk.redo, desk.redo):
        assert move() is None
    stands = {"step": "done", "visit": 1}
    recommended = {"step": "done", "end": "resolved", "macro": "done", "label": "done"}
    told_again = desk.events[-11:-1]
    assert [(event.type, event.data) for event in told_again] == [
        (STEP_UNDONE, stands),
        (STEP_SHOWN, stands),
        (OUTCOME_RECOMMENDED, recommended),
        (STEP_UNDONE, {"step": "f", "visit": 1}),
        (STEP_SHOWN, {"step": "f", "visit": 1}),
        (STEP_REDONE, stands),
        (STEP_SHOWN, stands),
        (OUTCOME_RECOMMENDED, recommended),
        (STEP_REDONE, stands),
        (STEP_SHOWN, stands),
    ]
    assert desk.events[-1] == Event(OUTCOME_OVERRIDDEN, {**chosen, "again": True}, AT)


def test_a_text_given_again_after_resuming_is_not_asked_for_a_third_time() -> None:
    of = procedure(
        "start: a\nsteps:\n  a: {fact: story, go: b}\n  b: {ask: B?, answers: {yes: c, no: c}}\n"
        "  c: {ask: C?, answers: {yes: done, no: done}}\n  done: {end: resolved, macro: done, label: done}\n",
        **{"library.yaml": LIBRARY},
    )
    record = Record(of)
    for choice in ("stolen", "yes"):
        assert record.answer(choice) is None
    walk = ask_again(fold(of, record.events))
    assert told(walk) == "ask c story"
    before = undo(walk, at=AT).walk
    assert (told(before), before.facts["story"]) == ("ask b story", LOST)
    here = go(walk, "stolen")
    for move in (undo, redo):
        here = move(here, at=AT).walk
        assert here.facts["story"] == "stolen"
    assert told(here) == "ask c c"
    assert told(go_back(here, at=AT, to=0).walk) == "ask a story"


def test_a_text_given_again_where_one_went_back_answers_nothing_else() -> None:
    of = procedure(
        "start: a\nsteps:\n  a: {fact: story, go: b}\n  b: {ask: B?, answers: {yes: c, no: c}}\n"
        "  c: {ask: C?, answers: {yes: done, no: done}}\n  done: {end: resolved, macro: done, label: done}\n",
        **{"library.yaml": LIBRARY},
    )
    record = Record(of)
    for choice in ("stolen", "yes"):
        record.answer(choice)
    record.back(1)
    walk = ask_again(fold(of, record.events))
    turn = walk.answer("stolen", at=AT)
    assert told(turn.walk) == "ask b b"
    assert [event.data.get("again") for event in turn.events] == [True]


def test_there_is_nothing_to_undo_at_the_beginning() -> None:
    walk = begin(_EXAMPLE)
    assert undo(walk, at=AT).refused == "there is nothing to undo"
    assert redo(walk, at=AT).refused == "there is nothing to redo"
