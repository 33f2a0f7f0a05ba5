"""Lines that several commands write."""

from __future__ import annotations

import pytest

from sopguide.cli.lines import count, line, outcome_text, row, value_text


def test_untrusted_text_stays_on_its_line() -> None:
    assert line("a\nb\x1b[2J") == "a b␛[2J"
    assert row("why", "x") == "  why       x"


@pytest.mark.parametrize(
    ("value", "text"), [(None, "not known"), (["a", "b"], "a, b"), (("a",), "a"), (13, "13")]
)
def test_values_read_as_a_person_would_say_them(value: object, text: str) -> None:
    assert value_text(value) == text


def test_an_outcome_names_its_hand_off_with_or_without_a_time() -> None:
    outcome = {"end": "escalated", "macro": "none", "label": "a/b", "escalate": {"to": "seniors"}}
    assert outcome_text(outcome) == "escalated · macro none · label a/b · to seniors"
    outcome["escalate"] = {"to": "seniors", "within": "4h"}
    assert outcome_text(outcome).endswith("to seniors within 4h")


def test_one_is_not_many() -> None:
    assert (count(1, "SOP"), count(0, "SOP"), count(2, "SOP")) == ("1 SOP", "0 SOPs", "2 SOPs")
