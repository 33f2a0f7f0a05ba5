"""How a walk starts: what the ticket gives, the time, the first events."""

from datetime import UTC, datetime

from sopguide.walk.events import OUTCOME_RECOMMENDED, STEP_ANSWERED, STEP_SHOWN, WALK_STARTED
from tests.walk.sops import sop
from tests.walking import NOW, Record, begin, told


def test_a_ticket_value_that_does_not_fit_is_shown_and_asked_for() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: country, go: b}\n  b: {fact: age, go: done}")
    walk = begin(of, {"country": "Atlantis", "facts": {"age": "old"}})
    assert told(walk) == "ask a country"
    assert [misfit.fault.message for misfit in walk.origin.given.misfits] == [
        "`old` does not fit `age`",
        "`Atlantis` does not fit `country`",
    ]


def test_a_ticket_value_outside_the_limits_is_asked_for() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: paid_on, go: done}")
    assert told(begin(of, {"facts": {"paid_on": "2026-11-04"}})) == "ask a paid_on"
    assert told(begin(of, {"facts": {"paid_on": "2026-11-03"}})) == "ended done"


def test_time_and_clock_come_from_outside() -> None:
    of = sop(
        'start: a\nsteps:\n  a: {decide: [{if: {paid_on: ">= today - 14d"}, to: done}, {else: other}]}'
    )
    ticket = {"facts": {"paid_on": "2026-10-20"}}
    assert told(begin(of, ticket)) == "ended done"
    assert told(begin(of, ticket, datetime(2026, 11, 4, tzinfo=UTC))) == "ended other"


def test_now_is_known_from_the_start() -> None:
    of = sop("start: a\nsteps:\n  a: {do: A, go: done}")
    assert begin(of).facts["now"] == NOW


def test_events_carry_ids_and_values_and_no_text() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: story, go: b}\n  b: {fact: age, go: done}")
    record = Record(of, {"country": "DE", "facts": {"phone": "+49 151", "age": 30}})
    record.answer("my ex took it, call me at ana@example.com")
    assert [event.type for event in record.events] == [
        WALK_STARTED, STEP_SHOWN, STEP_ANSWERED, STEP_SHOWN, STEP_ANSWERED, STEP_SHOWN, OUTCOME_RECOMMENDED,
    ]  # fmt: skip
    assert record.events[0].data == {
        "facts": {"age": 30},
        "misfits": [],
        "today": "2026-11-03",
        "now": "2026-11-03T12:00+00:00",
    }
    assert record.events[2].data == {
        "step": "a",
        "answer": {"given": True},
        "by": "agent",
        "fact": "story",
    }
    assert record.events[4].data == {"step": "b", "answer": 30, "by": "ticket", "fact": "age"}
    assert "ana" not in str(record.events)
    assert "+49" not in str(record.events)
