from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sopguide.desk.countdown import brief, in_full, mark, nearest
from sopguide.walk.clocks import Due, Missing
from sopguide.walk.countdown import Countdown, countdown

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _clock(left: timedelta, title: str = "Intimate image") -> Countdown:
    at = NOW + left
    return countdown(Due("c", title, at, at - 12 * HOUR, "TAKE IT DOWN Act", None), NOW)


def _stopped(why: str, name: str) -> Countdown:
    return countdown(Due("c", "Access", None, None, "GDPR", None, Missing(why, name)), NOW)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (47 * HOUR + timedelta(minutes=12, seconds=30), "⏱ 47h 12m"),
        (29 * 24 * HOUR + 4 * HOUR, "⏱ 29d 4h"),
        (12 * HOUR, "⏱ ! 12h 0m left"),
        (timedelta(minutes=7), "⏱ ! 7m left"),
        (timedelta(0), "⏱ !! missed by 0m"),
        (-125 * timedelta(minutes=1), "⏱ !! missed by 2h 5m"),
    ],
)
def test_the_header_says_how_much_time_is_left_with_a_word_and_a_sign(
    left: timedelta, said: str
) -> None:
    one = _clock(left)

    assert brief(one) == said
    assert said.startswith(mark(one))


def test_the_first_to_run_out_is_the_nearest() -> None:
    assert nearest(()) is None
    assert nearest((_clock(HOUR), _clock(2 * HOUR))) == _clock(HOUR)


def test_a_line_says_until_when_and_on_whose_authority() -> None:
    due = f"{(NOW + 13 * HOUR).astimezone():%Y-%m-%d %H:%M}"

    assert in_full(_clock(13 * HOUR)) == (
        f"Intimate image: 13h 0m left, due {due} (TAKE IT DOWN Act)"
    )
    assert in_full(_clock(13 * HOUR, "TAKE IT DOWN Act")) == (
        f"TAKE IT DOWN Act: 13h 0m left, due {due}"
    )


@pytest.mark.parametrize(
    ("why", "name", "said"),
    [
        ("not-in-ticket", "ticket.received", "no time of receipt in the ticket"),
        ("not-in-ticket", "ticket.order.at", "nothing at ticket.order.at in the ticket"),
        ("no-time", "ticket.received", "ticket.received in the ticket is no date or time"),
        ("not-known", "got", "got is not known yet"),
        ("no-date", "got", "the date lies beyond the calendar"),
    ],
)
def test_a_clock_that_does_not_run_says_why(why: str, name: str, said: str) -> None:
    one = _stopped(why, name)

    assert in_full(one) == f"Access: {said} (GDPR)"
    assert brief(one) == "⏱ ? not running"
