from __future__ import annotations

import pytest

from sopguide.graph.placeholders import Placeholder, Unreadable, placeholders


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nothing { here }", []),
        ("{{ amount }} and {{age}}", ["amount", "age"]),
        ("{{- ticket.requester.first_name -}}", ["ticket"]),
        ("{{ true }}", []),
        ("{{ amount | round: 2 }}", ["amount"]),
        ("{% if age > 3 %}{{ name }}{% endif %}", ["age", "name"]),
        ("{% assign x = age %}{{ x }}", ["age"]),
        ("{% for proof in proofs %}{{ proof }}{% endfor %}", ["proofs"]),
        ("{{ 'text' }}", []),
    ],
)
def test_names_what_a_text_asks_for(text: str, names: list[str]) -> None:
    found = placeholders(text)

    assert isinstance(found, list)
    assert [one.name for one in found] == names


def test_a_plain_placeholder_knows_its_place() -> None:
    assert placeholders("Hi {{ name }}") == [Placeholder("name", 6)]
    assert Placeholder("name", 6).end == 10
    assert Placeholder("name").end is None


@pytest.mark.parametrize(
    "text", ["{{ name", "{% if %}", "{{ a b }}", "{{ a | nothing }}", "{% render 'x' %}"]
)
def test_says_why_a_text_cannot_be_read(text: str) -> None:
    found = placeholders(text)

    assert isinstance(found, Unreadable)
    assert found.why


def test_a_text_that_would_take_minutes_to_read_is_refused_at_once() -> None:
    assert placeholders("{{" * 50_000) == Unreadable(
        "it is longer than the 50000 characters of a text with placeholders"
    )
    assert placeholders("{{" * 20_000) == Unreadable("a `{{` has no `}}`")
