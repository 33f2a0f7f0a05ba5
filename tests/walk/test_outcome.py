"""What becomes of a ticket, as a value and in JSON."""

import pytest

from sopguide.walk.outcome import NONE, Applied, Escalation, Outcome, applied_json, outcome_of


def test_a_hand_off_is_told_without_the_time_that_nobody_set() -> None:
    outcome = Outcome("escalated", NONE, "high-value", Escalation("legal", None))
    assert outcome.to_json() == {
        "end": "escalated",
        "macro": "none",
        "label": "high-value",
        "escalate": {"to": "legal"},
    }


@pytest.mark.parametrize("escalate", [None, Escalation("legal", "4h"), Escalation("legal", None)])
def test_an_outcome_reads_back_as_it_was_told(escalate: Escalation | None) -> None:
    outcome = Outcome("escalated", "goodbye", "high-value", escalate)
    assert outcome_of(outcome.to_json()) == outcome


def test_an_outcome_that_says_too_little_is_none() -> None:
    with pytest.raises(KeyError, match="label"):
        outcome_of({"end": "resolved", "macro": "goodbye"})


def test_an_applied_outcome_tells_how_the_reply_was_used_and_no_text() -> None:
    outcome = Outcome("resolved", "done", "done", None)
    plain = {"end": "resolved", "macro": "done", "label": "done"}
    assert applied_json(outcome, None) == plain
    assert applied_json(outcome, Applied("es")) == {**plain, "locale": "es", "edited": False}
    filled = applied_json(outcome, Applied("es", edited=True, filled=("order",)))
    assert (filled["edited"], filled["filled"]) == (True, ["order"])
