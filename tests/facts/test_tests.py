"""What each test written in an SOP holds for, and what is said of one that is wrong."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.facts.conditions import parse_condition
from sopguide.facts.evaluate import Linker
from sopguide.facts.fact import YES_OR_NO, Fact
from sopguide.facts.fault import Fault
from sopguide.facts.mentions import facts_in
from sopguide.facts.scope import GIVEN, NamedSet, Scope
from sopguide.facts.tests import parse_test
from sopguide.facts.truth import Unknown

FACTS = {
    fact.name: fact
    for fact in (
        Fact("country", "choice", values=("AT", "DE", "IE", "US", "GB", "NO")),
        Fact("billing_country", "choice", values=("AT", "DE", "IE", "US", "GB", "NO")),
        Fact("sure", "yes_no", values=YES_OR_NO),
        Fact("age", "integer"),
        Fact("minimum_age", "integer"),
        Fact("amount", "decimal"),
        Fact("paid_on", "date"),
        Fact("received", "datetime"),
        Fact("gap", "duration"),
        Fact("proofs", "choices", values=("receipt", "device", "contact")),
        Fact("story", "text"),
    )
}
SCOPE = Scope(
    FACTS,
    {
        "eea": NamedSet("country", ("AT", "DE", "IE")),
        "odd": NamedSet("age", ("1", "3")),
    },
)
KNOWN = {
    "country": "DE",
    "billing_country": "DE",
    "sure": "no",
    "age": 17,
    "minimum_age": 16,
    "amount": Decimal("12.50"),
    "paid_on": date(2026, 5, 19),
    "received": datetime(2026, 5, 19, 14, 30, tzinfo=UTC),
    "gap": None,
    "proofs": ("receipt", "device"),
    "today": date(2026, 6, 1),
    "now": datetime(2026, 6, 1, 12, tzinfo=UTC),
}


def linker(calendar: dict[str, str] | None = None) -> Linker:
    return Linker({**FACTS, **GIVEN}, lambda fact: fact.name, {}, UTC, calendar)


def decide(name: str, test: str | list[str], known: dict[str, Any] = KNOWN) -> Any:
    form = parse_test(test, FACTS[name], SCOPE)
    assert not isinstance(form, Fault), form.message
    truth = linker().test(name, form)(known)
    return truth.fact.name if isinstance(truth, Unknown) else truth


@pytest.mark.parametrize(
    ("name", "test"),
    [
        ("country", "DE"),
        ("country", ["US", "DE"]),
        ("country", ["US", "in eea"]),
        ("country", "[US, in eea]"),
        ("country", "in eea"),
        ("country", "in eea and not IE"),
        ("country", "not [IE, US]"),
        ("country", "not not DE"),
        ("country", "= billing_country"),
        ("country", "known"),
        ("sure", "no"),
        ("sure", "not yes"),
        ("age", "17"),
        ("age", "017"),
        ("age", "13..17"),
        ("age", "17..17"),
        ("age", "minimum_age..20"),
        ("age", "< 18"),
        ("age", "<18"),
        ("age", ">= minimum_age"),
        ("age", "> minimum_age and < 18"),
        ("age", "= minimum_age + 1"),
        ("age", "not in odd"),
        ("age", "< 17.5"),
        ("amount", "12.5"),
        ("amount", "[12.5, 3]"),
        ("amount", "> 12.49"),
        ("amount", "= 25 / 2"),
        ("amount", "= 37.5 / 3"),
        ("amount", "< min(age, 100)"),
        ("amount", "= round(12.495, 2)"),
        ("age", "= round(16.5)"),
        ("age", "= -(-17)"),
        ("age", "= max(3, 17, 4)"),
        ("paid_on", "2026-05-19"),
        ("paid_on", "[2026-05-19, 2026-05-20]"),
        ("paid_on", ">= today - 14d"),
        ("paid_on", "< today - 12d"),
        ("paid_on", "2026-05-01..2026-05-31"),
        ("paid_on", "= received"),
        ("paid_on", "< now"),
        ("received", "2026-05-19"),
        ("received", "> 2026-05-19T14:29"),
        ("received", "< 2026-05-19T16:31+02:00"),
        ("received", "= paid_on"),
        ("received", "<= paid_on + 15h"),
        ("received", "< now - 12d"),
        ("received", "< received + 10bd"),
        ("paid_on", "= min(paid_on, received)"),
        ("gap", "unknown"),
        ("gap", "not known"),
        ("proofs", "has receipt"),
        ("proofs", "has any [receipt, contact]"),
        ("proofs", "has all [receipt, device]"),
        ("proofs", "only [receipt, device, contact]"),
        ("proofs", "not has contact and has device"),
        ("proofs", "not only receipt"),
        ("story", "unknown"),
    ],
)
def test_holds(name: str, test: str | list[str]) -> None:
    assert decide(name, test) is True


@pytest.mark.parametrize(
    ("name", "test"),
    [
        ("country", "US"),
        ("country", "in eea and not DE"),
        ("country", "unknown"),
        ("sure", "yes"),
        ("age", "18..20"),
        ("age", "< minimum_age"),
        ("age", "> 17"),
        ("proofs", "has all [receipt, contact]"),
        ("proofs", "only receipt"),
        ("received", "> 2026-05-19T14:30Z"),
        ("paid_on", "> received"),
        ("story", "known"),
    ],
)
def test_does_not_hold(name: str, test: str) -> None:
    assert decide(name, test) is False


@pytest.mark.parametrize("test", ["3d", "not 3d", "< 3d", "not in_any", "known"])
def test_no_test_of_what_is_not_known_holds_but_unknown(test: str) -> None:
    if test == "not in_any":
        test = "not [1d, 2d]"
    assert decide("gap", test) is not True


def test_an_operand_that_is_not_known_makes_a_test_fail_under_not_too() -> None:
    known = {**KNOWN, "minimum_age": None}
    assert decide("age", "< minimum_age", known) is not True
    assert decide("age", "not < minimum_age", known) is not True


def test_an_unknown_fact_is_named_before_its_operand() -> None:
    assert decide("age", "< minimum_age", {}) == "age"
    assert decide("age", "< minimum_age", {"age": 3}) == "minimum_age"


def test_one_failing_part_settles_a_test_that_is_open_otherwise() -> None:
    assert decide("age", "> 20 and < minimum_age", {"age": 17}) is False
    assert decide("age", "< minimum_age and > 20", {"age": 17}) is False


@pytest.mark.parametrize(
    ("name", "test", "told"),
    [
        ("country", "XX", "0-2 `XX` does not fit `country`"),
        ("country", "in eeaa", "3-7 unknown set `eeaa`"),
        ("billing_country", "in eea", "3-6 set `eea` is of `country`, not of `billing_country`"),
        ("country", "< DE", "0-4 `country` is a choice and has no order"),
        ("country", "= DE", "2-4 unknown fact `DE`"),
        ("country", "= sure", "2-6 `country` is a choice and cannot equal a yes_no"),
        ("country", "= contry", "2-8 unknown fact `contry`"),
        ("country", "in eea and not XX", "15-17 `XX` does not fit `country`"),
        ("country", "[DE, XX]", "5-7 `XX` does not fit `country`"),
        ("country", "[DE", "0-3 `[DE` is no list"),
        ("country", "[]", "0-2 the list is empty"),
        ("country", "not", "3-3 a test is missing here"),
        ("country", "has DE", "0-6 `has` and `only` test facts of type `choices`; `country` is a choice"),
        ("age", "< 13 years", "5-10 `years` is not expected here"),
        ("age", "young", "0-5 `young` does not fit `age`"),
        ("age", "minimum_age", "0-11 `minimum_age` does not fit `age`"),
        ("age", "< paid_on", "2-9 `age` is an integer, and cannot compare with a date"),
        ("age", "< agee", "2-6 unknown fact `agee`"),
        ("age", "<", "1-1 it ends too early"),
        ("age", "< (3", "4-4 `)` is missing here"),
        ("age", "13..", "4-4 it ends too early"),
        ("age", "..17", "0-0 it ends too early"),
        ("age", "< 3 * paid_on", "4-5 `*` cannot join an integer and a date"),
        ("age", "< 3 + 4d", "4-5 `+` cannot join an integer and a duration"),
        ("age", "< paid_on / 2", "10-11 `/` cannot join a date and an integer"),
        ("age", "< median(3)", "2-8 unknown function `median`"),
        ("age", "< round(amount, age)", "2-7 `round` takes the number of decimals as a plain number"),
        ("age", "< round(paid_on)", "2-7 `round` takes a number, not a date"),
        ("age", "< min(3, paid_on)", "2-5 `min` cannot compare an integer with a date"),
        ("age", "< -paid_on", "2-3 `-` cannot turn a date round"),
        ("age", "< 3 $ 4", "4-5 `$` is not expected here"),
        ("age", "< " + "(" * 50 + "1", "42-43 an expression nests at most 40 deep"),
        ("age", "< " + "-" * 50 + "1", "43-44 an expression nests at most 40 deep"),
        ("paid_on", "today", "0-5 `today` does not fit `paid_on`"),
        ("paid_on", "> 2026-02-30", "2-12 `2026-02-30` is no date in the calendar"),
        ("paid_on", "> today - 3d 4d", "10-15 `3d 4d` gives `d` twice"),
        ("gap", "< 10bd", "2-6 business days have no length without a date to count from"),
        ("gap", "> 2 * 5bd + 1d", "2-14 business days have no length without a date to count from"),
        ("gap", "< min(1w, -5bd)", "2-5 business days have no length without a date to count from"),
        ("proofs", "receipt", "0-7 `proofs` holds several values at once"),
        ("proofs", "has selfie", "4-10 `selfie` is not a value of `proofs`"),
        ("proofs", "has any [receipt, selfie]", "18-24 `selfie` is not a value of `proofs`"),
        ("proofs", "has any", "7-8 a value is missing here"),
        ("proofs", "has any [receipt", "8-16 `[receipt` is no list"),
        ("story", "hello", "0-5 of `story`, a text, only `known` and `unknown` can be tested"),
        ("age", "<" + " 1" * 1500, "0-3001 a test has at most 2000 characters"),
    ],
)  # fmt: skip
def test_points_at_what_is_wrong(name: str, test: str, told: str) -> None:
    fault = parse_test(test, FACTS[name], SCOPE)
    assert isinstance(fault, Fault)
    end = len(test) if fault.end is None else fault.end
    assert f"{fault.start}-{end} {fault.message}" == told


def test_a_list_names_the_item_that_is_wrong() -> None:
    fault = parse_test(["DE", "XX"], FACTS["country"], SCOPE)
    assert isinstance(fault, Fault)
    assert (fault.path, fault.message) == ((1,), "`XX` does not fit `country`")
    several = parse_test(["receipt"], FACTS["proofs"], SCOPE)
    assert isinstance(several, Fault)
    empty = parse_test([], FACTS["country"], SCOPE)
    assert isinstance(empty, Fault)


def test_a_value_where_a_fact_was_meant_is_told_apart() -> None:
    fault = parse_test("= DE", FACTS["country"], SCOPE)
    assert isinstance(fault, Fault)
    assert fault.help == "to test for the value, write `DE` alone"
    fact = parse_test("minimum_age", FACTS["age"], SCOPE)
    assert isinstance(fact, Fault)
    assert fact.help == "to compare with another fact, write `= minimum_age`"


# Conditions


def condition(data: Any, known: dict[str, Any]) -> Any:
    form, faults = parse_condition(data, SCOPE)
    assert not faults
    truth = linker().condition(form)(known)
    return truth.fact.name if isinstance(truth, Unknown) else truth


def test_all_tests_of_a_mapping_must_hold() -> None:
    assert condition({"country": "DE", "age": "17"}, KNOWN) is True
    assert condition({"country": "DE", "age": "18"}, KNOWN) is False


def test_one_mapping_of_a_list_is_enough() -> None:
    assert condition([{"country": "US"}, {"age": "17"}], KNOWN) is True
    assert condition([{"country": "US"}, {"age": "18"}], KNOWN) is False


def test_any_puts_a_list_inside_a_mapping() -> None:
    data = {"sure": "no", "any": [{"country": "US"}, {"age": "< 18", "amount": "> 10"}]}
    assert condition(data, KNOWN) is True
    assert condition(data, {**KNOWN, "age": 18}) is False


def test_a_failing_test_settles_a_mapping_before_anything_is_asked() -> None:
    assert condition({"age": "< 13", "country": "DE"}, {"country": "US"}) is False
    assert condition({"age": "< 13", "country": "DE"}, {"country": "DE"}) == "age"


def test_a_holding_mapping_settles_a_list_before_anything_is_asked() -> None:
    assert condition([{"age": "< 13"}, {"country": "DE"}], {"country": "DE"}) is True
    assert condition([{"age": "< 13"}, {"country": "DE"}], {"country": "US"}) == "age"
    assert condition([{"age": "< 13"}, {"country": "DE"}], {"age": 20}) == "country"


def test_the_first_unknown_in_the_order_written_is_asked_for() -> None:
    data = {"any": [{"age": "< 13"}, {"country": "DE"}], "sure": "yes"}
    assert condition(data, {}) == "age"
    assert condition({"sure": "yes", **data}, {}) == "sure"


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({"contry": "DE"}, ("contry",), "unknown fact `contry`"),
        ({"any": [{"country": "DE"}, {"age": "x"}]}, ("any", 1, "age"), "`x` does not fit `age`"),
        ([{"country": ["DE", "XX"]}], (0, "country", 1), "`XX` does not fit `country`"),
        ({}, (), "a condition is a mapping of fact to test"),
        ("US", (), "a condition is a mapping of fact to test"),
        ([], (), "`any` takes a list of conditions"),
        ({"any": "US"}, ("any",), "`any` takes a list of conditions"),
        ({"age": {"<": "3"}}, ("age",), "a test is a text or a list of values"),
    ],
)
def test_a_fault_in_a_condition_says_where(data: Any, path: tuple[Any, ...], message: str) -> None:
    _, [fault] = parse_condition(data, SCOPE)
    assert (fault.path, fault.message) == (path, message)


def test_all_faults_of_a_condition_are_told_at_once() -> None:
    _, faults = parse_condition([{"contry": "DE", "age": "x"}, {"sure": "maybe"}], SCOPE)
    assert len(faults) == 3


def test_tells_which_facts_a_condition_mentions() -> None:
    data = {"age": "< minimum_age + 1", "any": [{"country": "[DE, US]"}, {"proofs": "has receipt"}]}
    form, _ = parse_condition(data, SCOPE)
    assert facts_in(form) == {"age", "minimum_age", "country", "proofs"}


@given(
    st.sampled_from(sorted(FACTS)),
    st.text(alphabet="<>=!.,[]()+-*/ 0123456789abdhknotisy", max_size=30),
)
def test_no_text_makes_parsing_fail(name: str, text: str) -> None:
    found = parse_test(text, FACTS[name], SCOPE)
    if isinstance(found, Fault):
        assert 0 <= found.start <= len(text)
        assert found.end is None or found.start <= found.end
    else:
        linker().test(name, found)
