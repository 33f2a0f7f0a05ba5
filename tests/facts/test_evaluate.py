"""Computed facts, tables, limits and business days, over what is known."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.evaluate import Linker
from sopguide.facts.expressions import Expression, parse_expression, parse_limit
from sopguide.facts.fact import Fact, Limit, fact_from_json
from sopguide.facts.fault import Fault
from sopguide.facts.numbers import plain, round_half_up, write
from sopguide.facts.scope import GIVEN, Scope
from sopguide.facts.tests import parse_test
from sopguide.facts.truth import Unknown

PLAIN = (
    Fact("amount", "decimal"),
    Fact("used", "decimal"),
    Fact("count", "integer"),
    Fact("paid_on", "date"),
    Fact("country", "choice", values=("AU", "US", "DE")),
    Fact("received", "date"),
    Fact("gap", "duration"),
)


def formula(text: str, kind: str, name: str = "computed", **limits: str) -> Fact:
    scope = Scope({fact.name: fact for fact in PLAIN})
    found = parse_expression(text, scope)
    assert isinstance(found, Expression), found
    outline = Fact(name, kind, formula=found.form)
    bounds = {key: parse_limit(value, outline, scope) for key, value in limits.items()}
    assert not any(isinstance(bound, Fault) for bound in bounds.values())
    return Fact(name, kind, formula=found.form, **bounds)  # type: ignore[arg-type]


def linker(*facts: Fact, tables: Any = None, calendar: Any = None) -> Linker:
    sight = {fact.name: fact for fact in (*PLAIN, *facts)}
    return Linker({**GIVEN, **sight}, lambda fact: fact.name, tables or {}, UTC, calendar)


def value(fact: Fact, known: dict[str, Any], **more: Any) -> Any:
    found = linker(fact, **more).value(fact.name)(known)
    return found.fact.name if isinstance(found, Unknown) else found


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        ("round(amount * 0.5, 2) - used", "decimal", Decimal("5.17")),
        ("amount / 3 * 3", "decimal", Decimal("12.345")),
        ("round(count / 2)", "integer", 4),
        ("count * 2 - 1", "integer", 13),
        ("min(amount, count, used)", "decimal", Decimal(1)),
        ("max(amount, count)", "decimal", Decimal("12.345")),
        ("-(count)", "integer", -7),
        ("paid_on + 1m", "date", date(2026, 2, 28)),
        ("1m + paid_on", "date", date(2026, 2, 28)),
        ("paid_on + gap", "date", date(2026, 2, 2)),
        ("paid_on - 1m", "date", date(2025, 12, 31)),
    ],
)
def test_computes_exactly(text: str, kind: str, result: object) -> None:
    known = {
        "amount": Decimal("12.345"),
        "used": Decimal(1),
        "count": 7,
        "paid_on": date(2026, 1, 31),
        "gap": parse_gap("2d"),
    }
    assert value(formula(text, kind), known) == result


def parse_gap(text: str) -> Any:
    from sopguide.facts.durations import parse_duration

    return parse_duration(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("paid_on - received", "30d"),
        ("received - paid_on", "-30d"),
        ("gap * 3", "6d"),
        ("2 * gap - 1d", "3d"),
        ("gap + 3h", "2d 3h"),
        ("-gap", "-2d"),
        ("max(gap, 1d)", "2d"),
        ("now - now", "0d"),
        ("paid_on - now", "-121d"),
    ],
)
def test_computes_durations(text: str, shown: str) -> None:
    from datetime import datetime

    known = {
        "paid_on": date(2026, 1, 31),
        "received": date(2026, 1, 1),
        "gap": parse_gap("2d"),
        "now": datetime(2026, 6, 1, 12, tzinfo=UTC),
    }
    assert str(value(formula(text, "duration"), known)) == shown


def test_computing_with_an_unknown_fact_asks_for_the_first_one() -> None:
    fact = formula("round(amount * 0.5, 2) - used", "decimal")
    assert value(fact, {}) == "amount"
    assert value(fact, {"amount": Decimal(1)}) == "used"


def test_what_is_computed_from_something_not_known_is_not_known() -> None:
    assert value(formula("amount - used", "decimal"), {"amount": None, "used": Decimal(1)}) is None


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("amount / used", "decimal", "it would divide by zero"),
        ("paid_on + 9000y", "date", "the date lies outside the years 1 to 9999"),
        ("gap * count", "duration", "the duration is too long"),
    ],
)
def test_some_values_cannot_be_worked_out(text: str, kind: str, why: str) -> None:
    known = {
        "amount": Decimal(1),
        "used": Decimal(0),
        "count": 10**7,
        "paid_on": date(2026, 1, 1),
        "gap": parse_gap("1d"),
    }
    with pytest.raises(Uncomputable, match=why):
        value(formula(text, kind), known)


def test_a_number_cannot_grow_without_end() -> None:
    known = {"amount": Decimal(f"1E{900}")}
    squares = "amount * amount * amount * amount * amount"
    with pytest.raises(Uncomputable, match="the number is too long"):
        value(formula(squares, "decimal"), known)


def test_a_computed_value_outside_its_limits_cannot_be_used() -> None:
    fact = formula("amount - used", "decimal", minimum="0", maximum="count")
    known = {"amount": Decimal(1), "used": Decimal(3)}
    assert value(fact, {"amount": Decimal(3), "used": Decimal(1)}) == "count"
    with pytest.raises(Uncomputable, match="`computed` comes to -2: it must be at least 0"):
        value(fact, {**known, "count": 1})
    assert value(fact, {"amount": Decimal(3), "used": Decimal(1), "count": 2}) == 2


MINIMUM = Fact("minimum_age", "integer", table="minimum-age")


def minimum_age(received: str = ">= 2025-12-10", *, last: bool = True) -> dict[str, Any]:
    scope = Scope({fact.name: fact for fact in PLAIN})
    country = parse_test("AU", PLAIN[4], scope)
    later = parse_test(received, PLAIN[5], scope)
    rows: list[Any] = [
        {"if": ["all", ["test", "country", country], ["test", "received", later]], "value": 16}
    ]
    return {"minimum-age": {"hit": "first", "rows": [*rows, *([{"value": 13}] if last else [])]}}


def test_a_table_gives_the_value_of_the_first_row_that_holds() -> None:
    tables = minimum_age()
    late, early = date(2026, 1, 1), date(2025, 1, 1)
    assert value(MINIMUM, {"country": "AU", "received": late}, tables=tables) == 16
    assert value(MINIMUM, {"country": "AU", "received": early}, tables=tables) == 13
    assert value(MINIMUM, {"country": "DE"}, tables=tables) == 13
    assert value(MINIMUM, {}, tables=tables) == "country"
    assert value(MINIMUM, {"country": "AU"}, tables=tables) == "received"


def test_a_table_without_a_row_for_the_facts_is_said_to_have_none() -> None:
    with pytest.raises(Uncomputable, match="no row of table `minimum-age` holds"):
        value(MINIMUM, {"country": "DE"}, tables=minimum_age(last=False))


def test_a_value_from_a_table_outside_its_limits_cannot_be_used() -> None:
    fact = Fact("minimum", "integer", table="minimum-age", maximum=Limit(["fact", "count"]))
    link = linker(fact, tables=minimum_age())
    known = {"country": "US", "received": date(2026, 1, 1)}

    assert link.value("minimum")({**known, "count": 13}) == 13
    with pytest.raises(Uncomputable, match=r"`minimum` comes to 13: it must be at most 12"):
        link.value("minimum")({**known, "count": 12})


def test_known_and_unknown_never_ask_what_a_computed_fact_needs() -> None:
    fact = formula("amount - used", "decimal")
    scope = Scope({fact.name: fact})
    for test, holds in (("known", False), ("unknown", True)):
        form = parse_test(test, fact, scope)
        assert linker(fact).test(fact.name, form)({}) is holds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("calendar", "known", "result"),
    [
        (None, {}, date(2026, 11, 27)),
        ({"holidays": "US"}, {}, date(2026, 11, 30)),
        ({"fact": "country"}, {"country": "US"}, date(2026, 11, 30)),
        ({"fact": "country"}, {"country": "DE"}, date(2026, 11, 27)),
        ({"fact": "country"}, {"country": None}, date(2026, 11, 27)),
        ({"fact": "country"}, {}, "country"),
    ],
)
def test_business_days_follow_the_calendar_of_the_library(
    calendar: Any, known: dict[str, Any], result: object
) -> None:
    fact = formula("paid_on + 4bd", "date")
    known = {**known, "paid_on": date(2026, 11, 23)}
    assert value(fact, known, calendar=calendar) == result


def test_business_days_are_found_inside_a_longer_sum() -> None:
    fact = formula("paid_on + (1d + 3bd)", "date")
    known = {"paid_on": date(2026, 11, 23)}
    assert value(fact, known, calendar={"holidays": "US"}) == date(2026, 11, 30)


def test_business_days_follow_the_calendar_through_a_computed_duration() -> None:
    span = formula("2 * 2bd", "duration", "span")
    scope = Scope({"span": span, "paid_on": Fact("paid_on", "date")})
    found = parse_expression("paid_on + span", scope)
    assert isinstance(found, Expression)
    fact = Fact("computed", "date", formula=found.form)

    link = linker(fact, span, calendar={"holidays": "US"})
    assert link.value("computed")({"paid_on": date(2026, 11, 23)}) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("earlier", "test", "holds"),
    [
        ("2025-11-03", ">= 1y", True),
        ("2025-11-04", ">= 1y", False),
        ("2008-11-03", "= 18y", True),
        ("2008-11-04", "< 18y", True),
        ("2026-10-03", "> 1m", False),
        ("2026-10-02", "> 1m", True),
        ("2024-02-29", "< 2y 8m 6d", True),
        ("2024-02-29", "= 2y 8m 5d", True),
        ("2026-11-04", "< 1m", True),
        ("2026-10-20", ">= 14d", True),
        ("2026-10-20", "< 9999y", True),
    ],
)
def test_the_difference_of_two_dates_compares_with_calendar_months(
    earlier: str, test: str, holds: bool
) -> None:
    fact = formula("received - paid_on", "duration")
    known = {"received": date(2026, 11, 3), "paid_on": date.fromisoformat(earlier)}
    form = parse_test(test, fact, Scope({}))
    assert linker(fact).test(fact.name, form)(known) is holds  # type: ignore[arg-type]


def test_the_difference_of_two_times_compares_with_calendar_months_to_the_minute() -> None:
    opened, closed = Fact("opened", "datetime"), Fact("closed", "datetime")
    found = parse_expression("closed - opened", Scope({"opened": opened, "closed": closed}))
    assert isinstance(found, Expression)
    fact = Fact("open_for", "duration", formula=found.form)
    test = linker(fact, opened, closed).test("open_for", ["<", ["duration", "1m"]])

    since = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert test({"opened": since, "closed": datetime(2026, 2, 28, 11, 59, tzinfo=UTC)}) is True
    assert test({"opened": since, "closed": datetime(2026, 2, 28, 12, tzinfo=UTC)}) is False


def test_a_fact_is_the_same_after_its_json() -> None:
    fact = formula("amount - used", "decimal", minimum="> 0")
    assert fact_from_json("computed", fact.to_json()) == fact
    choice = Fact("proofs", "choices", values=("a", "b"), wording={"a": "A"}, exclusive=("b",))
    assert fact_from_json("proofs", choice.to_json()) == choice


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("today", "`amount` is a decimal and cannot be limited by a date"),
        ("> agee", "unknown fact `agee`"),
        (">= 1 +", "it ends too early"),
    ],
)
def test_says_why_a_limit_is_none(text: str, message: str) -> None:
    fault = parse_limit(text, PLAIN[0], Scope({fact.name: fact for fact in PLAIN}))
    assert isinstance(fault, Fault)
    assert fault.message == message


def test_business_days_limit_no_duration() -> None:
    gap = Fact("gap", "duration")
    fault = parse_limit("> 3bd", gap, Scope({"gap": gap}))
    assert isinstance(fault, Fault)
    assert fault.message == "business days have no length without a date to count from"
    assert (fault.start, fault.end) == (1, 5)


def test_an_expression_may_not_be_endless() -> None:
    fault = parse_expression("1 + " * 600 + "1", Scope({}))
    assert isinstance(fault, Fault)
    assert fault.message == "an expression has at most 2000 characters"
    number = parse_expression("9" * 1500, Scope({}))
    assert isinstance(number, Fault)
    assert number.message == "this number is too long"


@given(st.fractions(), st.integers(0, 6))
def test_rounds_half_up_away_from_zero(number: Fraction, places: int) -> None:
    rounded = Fraction(round_half_up(number, places))
    unit = Fraction(1, 10**places)
    assert abs(rounded - number) <= unit / 2
    assert Fraction(round_half_up(-number, places)) == -rounded


def test_a_half_is_rounded_up() -> None:
    assert round_half_up(Decimal("0.125"), 2) == Decimal("0.13")
    assert round_half_up(Decimal("-0.5"), 0) == -1


@given(st.fractions())
def test_a_number_stays_itself_in_its_plainest_form(number: Fraction) -> None:
    assert Fraction(plain(number)) == number


def test_a_fraction_without_end_is_written_with_twenty_places() -> None:
    assert write(Fraction(1, 3)) == "0.33333333333333333333"
    assert write(Decimal("1.10")) == "1.10"
