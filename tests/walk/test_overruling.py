"""Choosing another outcome than the SOP's: what may be chosen, and the way back."""

import pytest

from sopguide.walk.back import go_back
from sopguide.walk.events import OUTCOME_OVERRIDDEN, STEP_BACK, STEP_SHOWN, Event
from sopguide.walk.fold import FoldError, fold
from sopguide.walk.overruling import (
    REASONS,
    OfferedOutcome,
    offered,
    override_json,
    overrule,
)
from sopguide.walk.procedure import Procedure
from sopguide.walk.view import view
from sopguide.walk.walk import Walk
from tests.walking import AT, Record, begin, go, procedure, steps, told

LABELS = "done: {title: Done, macros: [done, none]}\nhigh: {title: High value, macros: [none]}\n"
TEXT = """
start: sure
owner: payments
steps:
  sure: {ask: Sure?, answers: {yes: paid, no: wait, unclear: rules}}
  wait: {wait: reply, for: 2d, go: {reply: senior, timeout: closed}}
  rules: {decide: [{if: {sure: "yes"}, to: paid}, {else: rules}]}
  paid: {end: resolved, macro: done, label: done}
  closed: {end: resolved, macro: done, label: done}
  senior: {end: escalated, macro: none, label: high, escalate: {to: seniors, within: 4h}}
"""
PAID = OfferedOutcome("closed", "resolved", "done", "Done", "done", "Done", None, None)
SENIOR = OfferedOutcome("senior", "escalated", None, "", "high", "High value", "seniors", "4h")
OWNER = OfferedOutcome("hand-off", "escalated", None, "", None, "", "payments", None)


def example(text: str = TEXT) -> Procedure:
    return procedure(text, **{"labels.yaml": LABELS})


def chosen(walk: Walk, choice: str, reason: str = "context") -> Walk:
    turn = overrule(walk, choice, reason, at=AT)
    assert turn.refused is None
    return turn.walk


def test_each_other_outcome_of_the_sop_is_offered_once() -> None:
    assert offered(begin(example())) == (PAID, SENIOR)
    assert offered(go(begin(example()), "no", "timeout")) == (SENIOR,)


def test_the_owner_is_handed_to_where_the_sop_hands_to_nobody_else() -> None:
    assert offered(go(begin(example()), "no", "reply")) == (PAID, OWNER)
    assert offered(chosen(go(begin(example()), "yes"), "senior")) == (OWNER,)
    handed = "escalated, macro: none, label: high, escalate: {to: seniors, within: 4h}"
    alone = TEXT.replace(handed, "resolved, macro: done, label: done")
    assert offered(begin(example(alone))) == (PAID, OWNER)


def test_a_step_of_that_name_does_not_hide_the_hand_off() -> None:
    of = example(TEXT.replace("closed", "hand-off"))
    assert [each.id for each in offered(go(begin(of), "no", "reply"))] == [
        "hand-off",
        "hand-off.owner",
    ]


def test_the_walk_has_ended_with_what_was_chosen() -> None:
    walk = chosen(begin(example()), "senior", "policy-gap")
    assert told(walk) == "ended sure"
    assert walk.answer("yes", at=AT).refused == "the walk has ended"
    shown = view(walk)
    assert (shown.status, shown.overruled, shown.choices) == ("ended", "policy-gap", ())
    assert shown.text == "The walk has ended."
    assert shown.outcome is not None
    assert shown.outcome.escalate == ("seniors", "4h")
    handed = view(chosen(go(begin(example()), "no", "reply"), "hand-off")).outcome
    assert handed is not None
    assert (handed.macro, handed.label, handed.escalate) == (None, None, ("payments", None))


def test_a_wait_that_was_overruled_waits_for_nothing() -> None:
    shown = view(chosen(go(begin(example()), "no"), "senior"))
    assert (shown.wait_for, shown.outcome and shown.outcome.end) == (None, "escalated")


def test_the_event_says_what_was_chosen_why_and_what_was_recommended() -> None:
    ended = go(begin(example()), "yes")
    turn = overrule(ended, "senior", "customer-asked", at=AT)
    [event] = turn.events
    assert event == Event(
        OUTCOME_OVERRIDDEN,
        {
            "step": "paid",
            "end": "escalated",
            "macro": "none",
            "label": "high",
            "escalate": {"to": "seniors", "within": "4h"},
            "reason": "customer-asked",
            "recommended": {"end": "resolved", "macro": "done", "label": "done"},
        },
        AT,
    )
    assert (
        "recommended" not in overrule(begin(example()), "senior", "context", at=AT).events[0].data
    )


@pytest.mark.parametrize(
    ("choice", "reason", "why"),
    [
        ("senior", "because", f"`because` is no reason: give one of {', '.join(REASONS)}"),
        ("wait", "context", "`wait` is no outcome that can be chosen here"),
        ("paid", "context", "`paid` is no outcome that can be chosen here"),
        ("closed", "context", "`closed` is no outcome that can be chosen here"),
    ],
)
def test_only_what_is_offered_can_be_chosen_and_for_a_reason(
    choice: str, reason: str, why: str
) -> None:
    walk = go(begin(example()), "yes")
    turn = overrule(walk, choice, reason, at=AT)
    assert (turn.refused, turn.walk, turn.events) == (why, walk, ())


def test_going_back_takes_the_choice_away_and_then_goes_on_as_ever() -> None:
    record = Record(example())
    record.answer("yes")
    record._take(overrule(record.walk, "senior", "context", at=AT))
    assert record.back() is None
    assert [(event.type, event.data) for event in record.events[-3:]] == [
        (STEP_BACK, {"step": "paid", "visit": 1}),
        (STEP_SHOWN, {"step": "paid", "visit": 1}),
        ("outcome.recommended", {"step": "paid", "end": "resolved", "macro": "done", "label": "done"}),
    ]  # fmt: skip
    assert told(record.walk) == "ended paid"
    assert record.walk.outcome == record.walk.recommended
    record._take(overrule(record.walk, "senior", "sop-wrong", at=AT))
    assert told(fold(record.walk.procedure, record.events)) == "ended paid"
    assert fold(record.walk.procedure, record.events).overruled == record.walk.overruled
    assert record.back(0) is None
    assert told(record.walk) == told(fold(record.walk.procedure, record.events)) == "ask sure sure"
    assert record.walk.overruled is None


def test_a_choice_in_the_middle_leads_back_to_the_question() -> None:
    record = Record(example())
    record._take(overrule(record.walk, "senior", "context", at=AT))
    assert record.back() is None
    assert (told(record.walk), steps(record.walk)) == ("ask sure sure", ["sure"])
    assert record.answer("yes") is None
    assert told(fold(record.walk.procedure, record.events)) == "ended paid"


def test_a_walk_that_is_stuck_can_be_handed_off() -> None:
    text = """
start: share
facts:
  share: {type: decimal, ask: How much?}
  rest: {type: decimal, is: 1 / share}
steps:
  share: {fact: share, go: [{if: {rest: "> 1"}, to: paid}, {else: paid}]}
  paid: {end: resolved, macro: done, label: done}
"""
    walk = go(begin(procedure(text)), 0)
    assert walk.status == "stuck"
    ended = chosen(walk, "hand-off", "system-problem")
    assert (ended.status, view(ended).reason) == ("ended", None)
    assert go_back(ended, at=AT).walk.status == "stuck"


def test_of_a_walk_that_was_not_overruled_no_event_tells() -> None:
    with pytest.raises(ValueError, match="was not overruled"):
        override_json(begin(example()))


def test_an_override_that_says_too_little_is_refused() -> None:
    record = Record(example())
    broken = Event(OUTCOME_OVERRIDDEN, {"end": "resolved", "macro": "done", "label": "x"}, AT)
    with pytest.raises(FoldError, match=r"`outcome.overridden` has no 'reason'"):
        fold(record.walk.procedure, [*record.events, broken])
