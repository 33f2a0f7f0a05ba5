"""Values as templates print and compare them."""

from datetime import date
from decimal import Decimal

import pytest

from sopguide.facts.fact import fact_from_json
from sopguide.walk.printed import ExactDecimal, Said, printable, without_blanks

COUNTRY = fact_from_json(
    "country", {"type": "choice", "values": ["DE"], "wording": {"DE": "Germany"}}
)
PAID = fact_from_json("paid", {"type": "decimal"})
DUE = fact_from_json("due", {"type": "date"})


def test_a_choice_prints_its_wording_and_compares_as_its_id() -> None:
    value = printable("DE", COUNTRY, None)
    assert isinstance(value, Said)
    assert (str(value), value == "DE") == ("Germany", True)


@pytest.mark.parametrize(
    ("number", "digits", "told"), [("12.50", None, "13"), ("2.345", 2, "2.35")]
)
def test_a_decimal_is_rounded_exactly_and_half_up(
    number: str, digits: int | None, told: str
) -> None:
    value = printable(Decimal(number), PAID, None)
    assert isinstance(value, ExactDecimal)
    assert (str(value), str(round(value, digits))) == (number, told)


@pytest.mark.parametrize(
    ("letter_in", "told"), [(None, "2026-12-01"), ("es", "1 de diciembre de 2026")]
)
def test_a_day_is_written_out_only_in_a_letter(letter_in: str | None, told: str) -> None:
    assert str(printable(date(2026, 12, 1), DUE, letter_in)) == told


def test_a_blank_in_a_ticket_is_as_good_as_missing() -> None:
    ticket = {
        "subject": "  ",
        "requester": {"name": " Ana ", "email": None},
        "fee": Decimal("2.10"),
    }
    found = without_blanks(ticket)
    assert found == {"requester": {"name": "Ana"}, "fee": 2.1}
    assert str(found["fee"]) == "2.10"
