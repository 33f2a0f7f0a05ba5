"""`null`, as an author types it in a scenario, is "not known", unless a value bears that name."""

from sopguide.walk.typed import typed_answers, typed_ticket
from tests.walking import procedure

END = "  done: {end: resolved, macro: done, label: done}\n"
PLAIN = procedure("start: one\nsteps:\n  one: {ask: One?, answers: {a: done, b: done}}\n" + END)
NAMED = procedure("start: one\nsteps:\n  one: {ask: One?, answers: {null: done, b: done}}\n" + END)


def test_null_is_not_known() -> None:
    assert typed_answers({"one": "null", "two": ["a", "b"]}, PLAIN) == {
        "one": None,
        "two": ["a", "b"],
    }
    assert typed_answers(["null", "a"], PLAIN) == [None, "a"]
    assert typed_ticket({"id": "null", "facts": {"age": "null"}}, PLAIN) == {
        "id": "null",
        "facts": {"age": None},
    }


def test_null_is_a_value_where_an_author_made_it_one() -> None:
    assert typed_answers(["null"], NAMED) == ["null"]


def test_a_ticket_without_facts_stays_as_it_is() -> None:
    assert typed_ticket({"facts": "none"}, PLAIN) == {"facts": "none"}
