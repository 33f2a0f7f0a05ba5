from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.facts.durations import Duration
from sopguide.facts.fact import TYPES, YES_OR_NO, Fact
from sopguide.facts.fault import Fault
from sopguide.facts.values import describe, from_json, parse_text, show, to_json

COUNTRY = Fact("country", "choice", values=("AT", "DE", "NO"), wording={"AT": "Austria"})
SURE = Fact("sure", "yes_no", values=YES_OR_NO)
AGE = Fact("age", "integer", unit="years")
AMOUNT = Fact("amount", "decimal", unit="EUR")
PAID_ON = Fact("paid_on", "date")
RECEIVED = Fact("received", "datetime")
GAP = Fact("gap", "duration")
STORY = Fact("story", "text")
PROOFS = Fact(
    "proofs", "choices", values=("receipt", "device", "no_proof"), exclusive=("no_proof",)
)
STARS = Fact("stars", "choice", values=("1", "2", "3", "4", "5"))
WEEKS = Fact("weeks", "choices", values=("2", "4"))
MAYBE = Fact("maybe", "integer", optional=True)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("NO", COUNTRY, "NO"),
        ("no", SURE, "no"),
        ("010", AGE, 10),
        ("-3", AGE, -3),
        ("1.10", AMOUNT, Decimal("1.10")),
        ("1e3", AMOUNT, Decimal(1000)),
        ("2024-02-29", PAID_ON, date(2024, 2, 29)),
        ("2026-05-19T23:30:00-02:00", PAID_ON, date(2026, 5, 20)),
        ("2026-05-19", RECEIVED, datetime(2026, 5, 19, tzinfo=UTC)),
        ("2026-05-19T14:30Z", RECEIVED, datetime(2026, 5, 19, 14, 30, tzinfo=UTC)),
        ("2y 3m 1w 5d 4h 30min", GAP, Duration(27, 12, 16200)),
        ("[device, receipt]", PROOFS, ("receipt", "device")),
        ("device", PROOFS, ("device",)),
        (["device", "device"], PROOFS, ("device",)),
        ("she wrote no", STORY, "she wrote no"),
    ],
)
def test_a_text_means_what_was_typed(text: str | list[str], fact: Fact, value: object) -> None:
    assert parse_text(text, fact) == value


@pytest.mark.parametrize(
    ("text", "fact", "told"),
    [
        ("XX", COUNTRY, "`XX` does not fit `country`: it takes one of AT, DE, NO"),
        ("yes", COUNTRY, "`yes` does not fit `country`: it takes one of AT, DE, NO"),
        ("True", SURE, "`True` does not fit `sure`: it takes one of yes, no"),
        ("1.0", AGE, "`1.0` does not fit `age`: it takes a whole number, for example 17"),
        ("\u0661\u0667", AGE, "`\u0661\u0667` does not fit `age`: it takes a whole number, for example 17"),
        ("9" * 2000, AGE, f"`{'9' * 60}…` does not fit `age`: it takes a whole number, for example 17"),
        ("1,5", AMOUNT, "`1,5` does not fit `amount`: it takes a number, for example 12.50"),
        ("1e9999", AMOUNT, "`1e9999` does not fit `amount`: it takes a number, for example 12.50"),
        ("2026-02-30", PAID_ON, "`2026-02-30` does not fit `paid_on`: it takes a date, for example 2026-05-19"),
        ("25:00", RECEIVED, "`25:00` does not fit `received`: it takes a date and time, for example 2026-05-19T14:30"),
        ("soon", GAP, "`soon` is not a duration: write it as for example `2y 3m 1w 5d 4h 30min`, or `10bd` for business days"),
        ("3d 4d", GAP, "`3d 4d` gives `d` twice: write it as for example `2y 3m 1w 5d 4h 30min`, or `10bd` for business days"),
        ("9999999d", GAP, "`9999999d` is too long a time: None"),
        ("10bd", GAP, "business days have no length without a date to count from: use days (`14d`), or test a date: `< received + 10bd`"),
        ("", GAP, "a duration is missing here: write it as for example `2y 3m 1w 5d 4h 30min`, or `10bd` for business days"),
        ([], PROOFS, "`proofs` needs at least one value: one or more of receipt, device, no_proof"),
        ("receipt, no_proof", PROOFS, "`no_proof` stands alone: choose `no_proof` by itself, or the others without it"),
        ("selfie", PROOFS, "`selfie` does not fit `proofs`: it takes one or more of receipt, device, no_proof"),
        (["17"], AGE, "`age` takes one value, not a list: None"),
        ("  ", STORY, "`story` needs a text: None"),
    ],
)  # fmt: skip
def test_says_why_a_text_does_not_fit_and_what_would(
    text: str | list[str], fact: Fact, told: str
) -> None:
    fault = parse_text(text, fact)
    assert isinstance(fault, Fault)
    assert f"{fault.message}: {fault.help}" == told


@pytest.mark.parametrize(
    ("data", "fact", "value"),
    [
        (True, SURE, "yes"),
        (False, SURE, "no"),
        (24, AGE, 24),
        ("24", AGE, 24),
        (Decimal("12.50"), AMOUNT, Decimal("12.50")),
        (12, AMOUNT, Decimal(12)),
        (["receipt"], PROOFS, ("receipt",)),
        (5, STARS, "5"),
        (2, WEEKS, ("2",)),
        ([4, "2"], WEEKS, ("2", "4")),
        (None, MAYBE, None),
    ],
)
def test_json_is_read_as_written(data: object, fact: Fact, value: object) -> None:
    assert from_json(data, fact) == value


@pytest.mark.parametrize(
    ("data", "fact"),
    [
        (True, AGE),
        (Decimal("24.0"), AGE),
        (1, SURE),
        (5, COUNTRY),
        (None, AGE),
        ([1, 2], PROOFS),
        ({"a": 1}, STORY),
        (20, PAID_ON),
    ],
)
def test_json_of_another_type_does_not_fit(data: object, fact: Fact) -> None:
    assert isinstance(from_json(data, fact), Fault)


def test_a_naive_time_is_in_the_zone_of_the_library() -> None:
    dublin = ZoneInfo("Europe/Dublin")
    assert parse_text("2026-07-01T12:00", RECEIVED, dublin) == datetime(
        2026, 7, 1, 11, 0, tzinfo=UTC
    )
    assert parse_text("2026-07-01T23:30Z", PAID_ON, dublin) == date(2026, 7, 2)


def test_a_time_at_the_end_of_the_calendar_does_not_fit() -> None:
    assert isinstance(parse_text("0001-01-01T00:00+05:00", RECEIVED), Fault)
    assert isinstance(parse_text("9999-12-31T23:30Z", PAID_ON, ZoneInfo("Asia/Tokyo")), Fault)


@pytest.mark.parametrize(
    ("value", "fact", "shown"),
    [
        ("AT", COUNTRY, "Austria"),
        (24, AGE, "24 years"),
        (Decimal("12.50"), AMOUNT, "12.50 EUR"),
        (("receipt", "device"), PROOFS, "receipt, device"),
        (datetime(2026, 5, 19, 14, 30, tzinfo=UTC), RECEIVED, "2026-05-19T14:30+00:00"),
        (date(2026, 5, 19), PAID_ON, "2026-05-19"),
        (Duration(14, 3, 5400), GAP, "1y 2m 3d 1h 30min"),
        (Duration(), GAP, "0d"),
        ("hello", STORY, "hello"),
        (None, MAYBE, "not known"),
    ],
)
def test_a_person_reads_the_wording_and_the_unit(value: object, fact: Fact, shown: str) -> None:
    assert show(value, fact) == shown  # type: ignore[arg-type]


def test_describes_a_long_choice_shortly() -> None:
    many = Fact("country", "choice", values=tuple(f"C{number}" for number in range(200)))
    assert describe(many).endswith("… (200 in all)")


@given(st.sampled_from(TYPES), st.text(max_size=40))
def test_no_text_makes_reading_fail(kind: str, text: str) -> None:
    values = YES_OR_NO if kind == "yes_no" else ("a", "b")
    fact = Fact("any_fact", kind, values=values)
    value = parse_text(text, fact)
    if not isinstance(value, Fault):
        again = from_json(to_json(value), fact)
        assert again == value
        assert show(value, fact)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_decimals_stay_exact_through_json(number: Decimal) -> None:
    written = to_json(parse_text(format(number, "f"), AMOUNT))  # type: ignore[arg-type]
    assert from_json(written, AMOUNT) == number
