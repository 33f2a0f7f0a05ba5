"""The effective path, against walks that can be followed by hand, and against the walk's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.log.effective import effective_events
from sopguide.walk.back import go_back
from sopguide.walk.events import Event, Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given
from sopguide.walk.undoing import redo, undo
from tests.building import library
from tests.locked_out import FILES

if TYPE_CHECKING:
    from sopguide.walk.walk import Walk

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT = Moment(0, 0)


def shown(step: str, visit: int = 1) -> dict[str, Any]:
    return {"type": "step.shown", "data": {"step": step, "visit": visit}}


def answered(step: str, answer: str, by: str = "agent", **more: Any) -> dict[str, Any]:
    data = {"step": step, "fact": step, "answer": answer, "by": by, **more}
    return {"type": "step.answered", "data": data}


def said(kind: str, **data: Any) -> dict[str, Any]:
    return {"type": kind, "data": data}


def path(*events: dict[str, Any]) -> list[str]:
    """`step=answer` for each event left, the step alone where it was only shown."""
    return [
        f"{event['data']['step']}={event['data']['answer']}"
        if event["type"] == "step.answered"
        else event["data"]["step"]
        for event in effective_events(events)
    ]


def test_without_going_back_every_step_is_left() -> None:
    assert path(
        said("walk.started", facts={}),
        shown("reach"),
        answered("reach", "no"),
        shown("route"),
        shown("refuse"),
        said("outcome.applied", end="rejected"),
    ) == ["reach=no", "route", "refuse"]


def test_answers_that_came_by_themselves_are_steps_as_well() -> None:
    assert path(shown("age"), answered("age", "12", "ticket"), shown("minor")) == [
        "age=12",
        "minor",
    ]


def test_going_back_takes_away_what_came_after_its_target() -> None:
    assert path(
        shown("a"),
        answered("a", "x"),
        shown("b"),
        answered("b", "y"),
        shown("c"),
        said("step.back", step="a", visit=1),
        shown("a"),
        answered("a", "z"),
        shown("d"),
    ) == ["a=z", "d"]


def test_going_back_to_a_fact_that_a_rule_asked_for_leaves_those_before_it() -> None:
    common = [
        shown("a"),
        answered("a", "1", fact="limit", asked=True),
        answered("a", "2"),
        answered("a", "3", fact="amount", asked=True),
    ]
    to_rule = said("step.back", step="a", visit=1, fact="amount")
    to_step = said("step.back", step="a", visit=1)
    to_limit = said("step.back", step="a", visit=1, fact="limit")
    assert path(*common, to_rule) == ["a=1", "a=2"]
    assert path(*common, to_step) == ["a=1"]
    assert path(*common, to_limit) == ["a"]


def test_a_text_given_again_on_resuming_is_no_second_answer() -> None:
    again = answered("b", "(given)", fact="name", again=True)
    assert path(shown("a"), answered("a", "x"), shown("b"), again) == ["a=x", "b"]


def test_undoing_puts_the_path_as_it_stood_and_redoing_too() -> None:
    walk = [shown("a"), answered("a", "x"), shown("b"), answered("b", "y"), shown("c")]
    undone = [said("step.undone", step="b", visit=1), shown("b")]
    redone = [said("step.redone", step="c", visit=1), shown("c")]
    assert path(*walk, *undone) == ["a=x", "b"]
    assert path(*walk, *undone, *redone) == ["a=x", "b=y", "c"]


def test_what_was_erased_is_left_out_and_breaks_nothing() -> None:
    erased = {"type": "step.answered", "data": {}}
    assert path(shown("a"), erased, shown("b")) == ["a", "b"]


ACTS = st.lists(st.sampled_from(["0", "1", "2", "back", "far", "undo", "redo"]), max_size=14)


def _walked(procedure: Procedure, acts: list[str]) -> tuple[Walk, list[Event]]:
    """A walk in which the acts that fit were done."""
    turn = start(procedure, Given({}), now=NOW, at=AT)
    events = list(turn.events)
    for act in acts:
        walk = turn.walk
        choices = {"0": ["yes", "receipt", "done", "24"], "1": ["no", "none", "12.5"], "2": ["12"]}
        if act in choices:
            turns = (walk.answer(choice, at=AT) for choice in choices[act])
            turn = next((one for one in turns if one.refused is None), turn._replace(events=()))
        elif act in ("undo", "redo"):
            turn = (undo if act == "undo" else redo)(walk, at=AT)
        else:
            turn = go_back(walk, at=AT, to=0 if act == "far" else None)
        events += turn.events if turn.refused is None else ()
    return turn.walk, events


@settings(max_examples=150, deadline=None)
@given(acts=ACTS)
def test_it_is_the_path_that_the_walk_itself_keeps(acts: list[str]) -> None:
    compiled = library(FILES)
    form_hash = compiled.sops["account/locked"].hash
    assert form_hash is not None
    walk, events = _walked(Procedure(compiled.form("account/locked"), form_hash), acts)
    told = [{"type": event.type, "data": event.data} for event in events]
    answers = [
        (event["data"]["step"], event["data"]["answer"])
        for event in effective_events(told)
        if event["type"] == "step.answered"
    ]
    assert answers == [(passage.step, passage.answer) for passage in walk.path if passage.answered]
