"""A walk from its events."""

import pytest

from sopguide.walk.events import Event
from sopguide.walk.fold import FoldError, fold
from tests.walk.test_private import TEXT
from tests.walking import AT, Record, procedure


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda events: [], "there are no events"),
        (lambda events: events[1:], "`step.shown` comes before the walk has started"),
        (
            lambda events: [*events, Event("step.answered", {"step": "b", "answer": "x", "by": "agent"}, AT)],
            "`step.answered` at step `b`: `x` does not fit `price`: it takes a number, for example 12.50",
        ),
        (
            lambda events: [events[0]._replace(data={**events[0].data, "facts": {"agee": 3}})],
            "the SOP knows no fact `agee`",
        ),
        (
            lambda events: [events[0]._replace(data={**events[0].data, "facts": {"no/part:x": 3}})],
            "the SOP knows no fact `no/part:x`",
        ),
        (
            lambda events: [events[0]._replace(data={**events[0].data, "facts": {"price": "x"}})],
            "`x` does not fit `price`",
        ),
    ],
)  # fmt: skip
def test_events_of_another_walk_are_refused(change: object, told: str) -> None:
    of = procedure(TEXT)
    record = Record(of)
    record.answer("x")
    with pytest.raises(FoldError) as refused:
        fold(of, change(record.events))  # type: ignore[operator]
    assert str(refused.value) == told
