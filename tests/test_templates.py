from __future__ import annotations

import pytest
from liquid import Undefined
from liquid.exceptions import LiquidError

from sopguide.templates import MOST_CHARACTERS, refusal, render


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {{ name | upcase }}", "Hi ANA"),
        ("{% for i in (1..3) %}{{ i }}{% endfor %}", "123"),
        ("{{ name | replace: 'a', 'o' }} {{ 12 | times: 12 }}", "Ano 144"),
        ("{{ proofs | join: ', ' }}", "receipt, device"),
        ("{{ ticket | size }}{{ ticket.tags | first }}", "1vip"),
        ("{{ name | slice: 0 }}{{ name | default: 'you' }}", "AAna"),
        ("{{ 'a,b' | split: ',' | map: 'x' | join }}", " "),
    ],
)
def test_fills_in_what_helpdesks_write(text: str, filled: str) -> None:
    values = {"name": "Ana", "proofs": ["receipt", "device"], "ticket": {"tags": ["vip"]}}

    assert render(text, Undefined, values) == filled


@pytest.mark.parametrize(
    "text",
    [
        "{% assign s = 'aa' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}",
        "{% assign s = 'aaaa' %}" + "{% assign s = s | replace: 'a', s %}" * 9,
        "{% assign a = 'a' | split: '' %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}",
        "{% assign n = 99 %}{% for i in (1..40) %}{% assign n = n | times: n %}{% endfor %}",
        "{{ (1..1000000000) | join: ',' }}",
        "{% for i in (1..900) %}" + "{{ 'a' | upcase }}" * 900 + "{% endfor %}",
        "{% for a in (1..900) %}{% for b in (1..900) %}x{% endfor %}{% endfor %}",
        "{{" * 20_000,
        "{{ a }}" * 20_000,
    ],
)
def test_refuses_what_would_not_come_to_an_end(text: str) -> None:
    with pytest.raises(LiquidError):
        render(text, Undefined, {})


def test_says_why_a_text_is_not_read() -> None:
    assert refusal("{{ a }} {% raw %}}}{% endraw %}") is None
    assert refusal("{{ a }} {{ b") == "a `{{` has no `}}`"
    assert refusal("a" * (MOST_CHARACTERS + 1)) == (
        "it is longer than the 50000 characters of a text with placeholders"
    )
