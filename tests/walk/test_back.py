"""Going back: what stays, what is asked again, what is given again by itself."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sopguide.walk.back import go_back
from sopguide.walk.events import STEP_BACK, STEP_SHOWN
from sopguide.walk.fold import fold
from sopguide.walk.procedure import Procedure
from tests.walking import AT, LIBRARY, PART, ROUND, Record, begin, go, procedure, steps, told


def example() -> Procedure:
    return procedure(ROUND, **{"library.yaml": LIBRARY, "sops/part.yaml": PART})


ALL = ("yes", "DE", 99, 12, "done", "good", "reply", "a long story")


def test_backspace_goes_to_what_a_person_answered_last() -> None:
    walk = go(begin(example()), "yes", "DE", 99)
    assert told(walk) == "ask c age"
    for stands in ("ask c cap", "ask b country", "ask a a"):
        walk = go_back(walk, at=AT).walk
        assert told(walk) == stands
    assert go_back(walk, at=AT).refused == "there is nothing to go back to"


def test_the_same_answer_again_brings_everything_after_it_back() -> None:
    walk = go(begin(example()), *ALL)
    back = go_back(walk, at=AT, to=1).walk
    assert told(back) == "ask b country"
    again = go(back, "DE")
    assert steps(again) == steps(walk)
    assert again.facts == walk.facts
    assert [passage.step for passage in again.path if passage.kept] == [
        "c", "c", "d", "part.which", "f", "g",
    ]  # fmt: skip


def test_another_answer_keeps_later_ones_where_they_still_apply() -> None:
    walk = go(begin(example()), *ALL)
    other = go(go_back(walk, at=AT, to=0).walk, "no")
    assert steps(other) == [
        "a=no", "c", "c?cap=99", "c?age=12", "d=done", "e", "part.which=good", "part.fine", "f=reply",
        "g=a long story", "done",
    ]  # fmt: skip


def test_a_kept_answer_that_no_longer_fits_is_asked_again() -> None:
    walk = go(begin(example()), "no", 99, 50, "good")
    back = go_back(walk, at=AT, to=2).walk
    assert told(back) == "ask c cap"
    turn = back.answer(20, at=AT)
    assert turn.refused is None
    assert told(turn.walk) == "ask c age"
    assert steps(go(turn.walk, 19))[-1] == "f"


def test_several_steps_back_one_by_one_keep_all_later_answers() -> None:
    walk = go(begin(example()), "no", 99, 12, "done", "good")
    back = walk
    for _ in range(3):
        back = go_back(back, at=AT).walk
    assert told(back) == "ask c age"
    assert steps(go(back, 12)) == steps(walk)


def test_a_question_that_the_ticket_answered_can_be_returned_to() -> None:
    walk = go(begin(example(), {"country": "DE"}), "yes", 99, 50)
    assert steps(walk)[:2] == ["a=yes", "b=DE ticket"]
    back = go_back(walk, at=AT, to=1).walk
    assert told(back) == "ask b country"
    other = go(back, "US")
    assert steps(other)[:3] == ["a=yes", "b=US", "c"]
    assert told(other) == "ask part.which which"


def test_a_first_question_that_the_ticket_answered_can_be_returned_to() -> None:
    of = procedure(
        "start: b\nsteps:\n  b: {fact: country, go: b2}\n  b2: {ask: B?, answers: {yes: done, no: done}}\n  done: {end: resolved, macro: done, label: done}",
        **{"library.yaml": LIBRARY},
    )
    walk = begin(of, {"country": "DE"})
    back = go_back(walk, at=AT, to=0).walk
    assert told(back) == "ask b country"
    assert steps(go(back, "US")) == ["b=US", "b2"]
    again = go_back(go(go(back, "US"), "yes"), at=AT, to=0).walk
    assert steps(go(again, "DE")) == ["b=DE", "b2=yes", "done"]


def test_a_step_that_asked_nothing_cannot_be_returned_to() -> None:
    walk = go(begin(example()), "no", 99, 50)
    assert go_back(walk, at=AT, to=1).refused == "there is nothing to go back to"
    assert go_back(walk, at=AT, to=77).refused == "there is nothing to go back to"


def test_going_back_is_an_event_that_names_the_step_and_the_visit() -> None:
    turn = go_back(go(begin(example()), "no", 99), at=AT)
    assert [(event.type, event.data) for event in turn.events] == [
        (STEP_BACK, {"step": "c", "visit": 1, "fact": "cap"}),
        (STEP_SHOWN, {"step": "c", "visit": 1}),
    ]


def test_an_outcome_can_be_taken_back() -> None:
    walk = go(begin(example()), "maybe", "done", "good", "timeout")
    assert walk.outcome is not None
    assert told(go_back(walk, at=AT).walk) == "wait f"


MOVES = st.lists(
    st.one_of(
        st.sampled_from(
            ["yes", "no", "maybe", "DE", "US", "good", "bad", "done", "reply", "timeout"]
        ),
        st.integers(0, 30),
        st.tuples(st.integers(0, 12)),
        st.none(),
    ),
    max_size=25,
)


def drive(moves: list[Any]) -> Record:
    record = Record(_EXAMPLE, {"country": "US"} if moves and moves[0] == "yes" else None)
    for move in moves:
        if move is None:
            record.back()
        elif isinstance(move, tuple):
            record.back(move[0])
        else:
            record.answer(move)
    return record


_EXAMPLE = example()


@given(MOVES)
def test_the_events_of_a_walk_give_the_walk(moves: list[Any]) -> None:
    record = drive(moves)
    again = fold(_EXAMPLE, record.events)
    assert told(again) == told(record.walk)
    assert [concealed(row) for row in steps(again)] == [
        concealed(row) for row in steps(record.walk)
    ]
    assert again.facts.keys() == record.walk.facts.keys()
    assert again.state.sources == record.walk.state.sources


def concealed(row: str) -> str:
    return row.split("=", maxsplit=1)[0] if row.startswith("g=") else row


@given(MOVES, st.integers(1, 6))
def test_going_back_and_answering_the_same_gives_the_same(moves: list[Any], count: int) -> None:
    walk = replace(drive(moves).walk, kept={})  # answers put aside would come back as well
    answers = []
    back = walk
    for _ in range(count):
        earlier = go_back(back, at=AT)
        if earlier.refused is not None:
            break
        answers.append(next(p for p in back.path if p.place == earlier.walk.place).answer)
        back = earlier.walk
    for answer in reversed(answers):
        if told(back) == told(walk) and steps(back) == steps(walk):
            break
        back = go(back, answer)
    assert steps(back) == steps(walk)
    assert back.facts == walk.facts
    assert back.state.visits == walk.state.visits
