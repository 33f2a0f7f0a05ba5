from __future__ import annotations

import pytest

from tests.building import SOP, found, library

END = "  done: {end: resolved, macro: done, label: done}\n"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("Hi {{ name }", "a `{{` has no `}}`"),
        ("{% if name %}Hi", "expected"),
        ("{{ name | uppercase }}", "unknown filter 'uppercase'"),
        ("{% include 'other' %}", "the tag 'include' needs another file, and there is none"),
    ],
)
def test_a_macro_says_what_liquid_could_not_read(body: str, why: str) -> None:
    macro = f'hello: {{title: Hello, status: live, body: {{en: "{body}"}}}}\n'

    [line] = found({"macros/more.yaml": macro})
    assert line.startswith(
        "macros/more.yaml:1:48: error[SOP218] "
        f"the placeholders of macro `hello` cannot be read: {why}"
    )


def test_what_liquid_can_read_is_fine() -> None:
    body = "{% assign x = 1 %}{% if age > x %}{{ ticket.id | upcase }}{% endif %} { } }}"

    assert (
        found({"macros/more.yaml": f'a: {{title: A, status: live, body: {{en: "{body}"}}}}\n'})
        == []
    )


def test_texts_of_steps_may_use_liquid_too() -> None:
    sop = "start: one\nsteps:\n  one: {do: 'Hi {{ ticket.id | upcase }} {{ agx | upcase }}', go: done}\n"
    made = library({SOP: sop + END})

    assert [str(one) for one in made.diagnostics] == [
        "sops/example.yaml:3:13: error[SOP202] unknown fact `agx`"
    ]
