"""Words for codes and figures."""

from __future__ import annotations

import pytest

from sopguide.desk.day import Day
from sopguide.desk.hand import OVERRIDE_REASONS, OfferedOutcome
from sopguide.desk.wording import (
    ahead_line,
    day_line,
    end_word,
    feedback_about,
    how_long,
    offered_line,
    override_reason,
    parked_line,
    parked_note,
    parked_reason,
    period,
    taken_out,
)
from sopguide.log import names_told, redaction
from sopguide.messages import speaking
from sopguide.walk.ahead import Ahead, AheadOutcome
from tests.tui.fakes import make_parked


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0 min"), (59, "0 min"), (3599, "59 min"), (7500, "2 h 5 min"), (180_000, "2 d 2 h")],
)
def test_a_time_is_told_in_its_greatest_units(seconds: float, said: str) -> None:
    assert how_long(seconds) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1d", "1 day"),
        ("10bd", "10 business days"),
        ("1y 2m", "1 year 2 months"),
        ("1h 30min", "1 hour 30 min"),
        ("", ""),
        ("soon", "soon"),
    ],
)
def test_a_period_is_told_in_words(written: str, said: str) -> None:
    assert period(written) == said
    with speaking("de"):
        assert period("14d 2h") == "14 Tage 2 Stunden"


def test_a_parked_ticket_is_told_with_reason_and_time() -> None:
    parked = make_parked("w1", reason="waiting")
    assert parked_line(parked) == "T-1 · account/hacked 3.1.0 · Account taken over · at proof"
    assert parked_note(parked) == "waiting for the customer · 2 h 13 min"
    assert parked_line(make_parked("w1", None)).startswith("account/hacked 3.1.0")
    assert parked_reason("of-a-later-version") == "of-a-later-version"


def test_the_day_is_told_in_one_line() -> None:
    assert day_line(Day(12, 161.0, 2)) == "12 done today · median 02:41 · 2 parked"
    assert day_line(Day()) == "0 done today · 0 parked"


def test_what_may_come_is_told_in_one_line() -> None:
    outcomes = (
        AheadOutcome("resolved", None, 2),
        AheadOutcome("escalated", "integrity", 1),
    )
    told = "Still possible: resolved (2), escalated to integrity"
    assert ahead_line(Ahead(outcomes, 4, 2, 4)) == f"{told}; at most 4 more questions"
    assert ahead_line(Ahead(outcomes, None, 2, None)) == told
    before = ahead_line(Ahead(outcomes, None, 2, 3))
    assert before == f"{told}; at most 3 more questions before a wait"
    assert ahead_line(Ahead((), 0, 2, 0)) == "Still possible: nothing; at most 0 more questions"


def test_an_offered_outcome_is_told_in_one_line() -> None:
    offered = OfferedOutcome("x", "escalated", None, "", "a/b", "", "integrity", "4h")
    assert offered_line(offered) == "escalated · a/b · to integrity within 4h"
    offered = OfferedOutcome("y", "rejected", "no", "We say no", None, "", None, None)
    assert offered_line(offered) == "rejected · We say no"


def test_codes_are_told_in_words() -> None:
    assert [override_reason(code) for code in OVERRIDE_REASONS] == [
        "the SOP does not cover this case",
        "the SOP is wrong here",
        "something about this ticket that the SOP cannot know",
        "the customer asked for it",
        "a system does not work",
    ]
    assert feedback_about("missing-answer") == "an answer is missing"
    assert end_word("resolved") == "resolved"


@pytest.mark.parametrize(
    "kind",
    [
        *(redaction.EMAIL, redaction.URL, redaction.PHONE, redaction.CARD, redaction.IBAN),
        *(redaction.ACCOUNT, redaction.IP, redaction.ID, redaction.BORN, redaction.ADDRESS),
        *(names_told.TICKET, names_told.NAME),
    ],
)
def test_what_was_taken_out_of_a_note_is_told_in_every_language(kind: str) -> None:
    in_english = taken_out((kind,))
    for language in ("de", "es"):
        with speaking(language):
            assert taken_out((kind,)) != in_english


def test_all_that_was_taken_out_of_a_note_is_told_on_one_line() -> None:
    assert taken_out(("e-mail", "iban")) == "Taken out: e-mail, bank account"
    with speaking("de"):
        assert taken_out(("e-mail", "birth date")) == "Herausgenommen: E-Mail-Adresse, Geburtsdatum"
