"""What a form looks like as text: an author's, which parses to the form again, and a reader's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.facts.conditions import parse_condition
from sopguide.facts.expressions import Expression, parse_expression
from sopguide.facts.fact import Fact
from sopguide.facts.scope import NamedSet, Scope
from sopguide.facts.tests import parse_test
from sopguide.facts.words import condition_words, shorten, write_expression, write_test

Form = list[Any]

FACTS = {
    fact.name: fact
    for fact in (
        Fact("country", "choice", values=("AT", "DE", "IE", "IS", "NO", "US")),
        Fact("home", "choice", values=("AT", "DE", "IE", "IS", "NO", "US")),
        Fact("age", "integer"),
        Fact("limit", "integer"),
        Fact("amount", "decimal"),
        Fact("paid_on", "date"),
        Fact("proofs", "choices", values=("receipt", "device", "contact")),
    )
}
SCOPE = Scope(FACTS, {"eea": NamedSet("country", ("AT", "DE", "IE", "IS", "NO"))})

numbers = st.one_of(
    st.integers(0, 99).map(lambda number: ["number", str(number)]),
    st.sampled_from(["age", "limit", "amount"]).map(lambda name: ["fact", name]),
    st.just(["number", "12.50"]),
)


def sums(parts: st.SearchStrategy[Form]) -> st.SearchStrategy[Form]:
    signs = st.sampled_from(["+", "-", "*", "/", "min", "max"])
    return st.one_of(
        st.tuples(signs, parts, parts).map(list),
        parts.map(lambda part: ["neg", part]),
        st.tuples(st.just("round"), parts, st.integers(0, 4)).map(list),
    )


expressions = st.recursive(numbers, sums, max_leaves=8)
dates = st.one_of(
    st.just(["date", "2026-05-19"]),
    st.sampled_from(["1y 2m", "14d", "10bd", "0d"]).map(
        lambda span: ["-", ["fact", "today"], ["duration", span]]
    ),
)


def lists(values: tuple[str, ...], *kinds: str) -> st.SearchStrategy[Form]:
    chosen = st.lists(st.sampled_from(values), min_size=1, unique=True)
    return st.tuples(st.sampled_from(kinds), chosen).map(list)


def compared(parts: st.SearchStrategy[Form]) -> st.SearchStrategy[Form]:
    return st.one_of(
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "="]), parts).map(list),
        st.tuples(st.just(".."), parts, parts).map(list),
    )


known = st.sampled_from([["known"], ["unknown"]])
ATOMS = {
    "country": st.one_of(
        known,
        st.just(["is", "NO"]),
        st.just(["=", ["fact", "home"]]),
        lists(FACTS["country"].values, "in"),
    ),
    "age": st.one_of(
        known, st.integers(-9, 99).map(lambda age: ["is", age]), compared(expressions)
    ),
    "paid_on": st.one_of(known, st.just(["is", "2026-05-19"]), compared(dates)),
    "proofs": st.one_of(known, lists(FACTS["proofs"].values, "has_any", "has_all", "only")),
}


def some_tests(fact: str) -> st.SearchStrategy[Form]:
    parts = ATOMS[fact] | ATOMS[fact].map(lambda atom: ["not", atom])
    several = st.lists(parts, min_size=2, max_size=3).map(lambda found: ["and", *found])
    return parts | several


anything = st.sampled_from([*ATOMS]).flatmap(
    lambda fact: st.tuples(st.just(fact), some_tests(fact))
)


@given(expressions)
def test_an_expression_parses_to_the_form_it_was_written_from(form: Form) -> None:
    found = parse_expression(write_expression(form), SCOPE)
    assert isinstance(found, Expression)
    assert found.form == form


@given(anything)
def test_a_test_parses_to_the_form_it_was_written_from(written: tuple[str, Form]) -> None:
    fact, form = written
    assert parse_test(write_test(form), FACTS[fact], SCOPE) == form


@pytest.mark.parametrize(
    "text",
    [
        "< 13",
        "13..17",
        ">= today - 14d",
        "has receipt",
        "not has all [receipt, device]",
        "only [receipt]",
        "[AT, DE] and not DE",
        "= home",
        "known",
        "round(amount * (age + 1), 2)..max(limit, -3)",
    ],
)
def test_what_an_author_types_is_written_the_same(text: str) -> None:
    fact = "proofs" if "receipt" in text else "country" if text[0] in "[=" else "amount"
    fact = "paid_on" if "today" in text else fact
    form = parse_test(text, FACTS[fact], SCOPE)
    assert isinstance(form, list)
    assert write_test(form) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"country": "DE"}, "country is DE"),
        ({"country": "not DE"}, "country is not DE"),
        ({"country": "in eea"}, "country is one of AT, DE, IE … (5)"),
        ({"country": "not in eea"}, "country is none of AT, DE, IE … (5)"),
        ({"country": "in eea and not IE"}, "country is one of AT, DE, IE … (5) and is not IE"),
        ({"country": ["DE", "IE"], "age": "< 13"}, "country is one of DE, IE and age < 13"),
        ({"country": "= home", "age": "13..17"}, "country = home and age is 13..17"),
        ({"age": "not 13..17"}, "age is not 13..17"),
        ({"age": "not < limit + 3"}, "age is not < limit + 3"),
        ({"age": "unknown"}, "age is unknown"),
        ({"age": "not known"}, "age is not known"),
        ({"proofs": "has receipt"}, "proofs has receipt"),
        ({"proofs": "not has receipt"}, "proofs has not receipt"),
        ({"proofs": "has any [receipt, device]"}, "proofs has any of receipt, device"),
        ({"proofs": "not has any [receipt, device]"}, "proofs has none of receipt, device"),
        ({"proofs": "has all [receipt, device]"}, "proofs has all of receipt, device"),
        ({"proofs": "not only [receipt]"}, "proofs has not only receipt"),
        (
            [{"age": "< 13"}, {"country": "DE", "age": "13"}],
            "age < 13 or country is DE and age is 13",
        ),
        (
            {"age": "13", "any": [{"country": "DE"}, {"country": "IE"}]},
            "age is 13 and (country is DE or country is IE)",
        ),
        ({"age": "13", "any": [{"country": "DE"}]}, "age is 13 and country is DE"),
    ],
)
def test_a_condition_is_read_as_a_sentence(written: Any, read: str) -> None:
    form, faults = parse_condition(written, SCOPE)
    assert faults == []
    assert condition_words(form) == read


def test_a_long_list_is_cut_only_where_that_saves_something() -> None:
    assert shorten("ABCD") == "A, B, C, D"
    assert shorten("ABCDE") == "A, B, C … (5)"
    assert shorten("ABCDE", shown=9) == "A, B, C, D, E"
