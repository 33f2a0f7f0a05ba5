"""A library with any mistakes in it compiles: no exception, and every SOP kept back says why."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.diagnostics import Severity
from tests.building import SOP, library
from tests.graph.test_link import FILES

CLOCKED = {
    "sops/clocked.yaml": (
        "title: With clocks\nversion: 1.0.0\nstatus: live\nowner: o\nabout: It.\nstart: one\n"
        "clock:\n"
        "  - {limit: 48h, from: ticket.received, authority: Law, warn: 6h, if: {sure: yes}}\n"
        "  - {limit: 10bd, from: day, authority: Act, zone: UTC, calendar: {holidays: US}}\n"
        "facts: {day: {type: date, from: ticket.day}, sure: {type: yes_no, ask: Sure?}}\n"
        "steps:\n"
        "  one: {do: It, go: two, clock: {limit: 1m, title: Time, authority: P-1}}\n"
        "  two: {wait: More, for: 7d, go: {reply: three, timeout: one}}\n"
        "  three: {ask: Which?, answers: {a: one, b: two}}\n"
    )
}
LIBRARY = FILES | CLOCKED
_TOKEN = re.compile(r"[A-Za-z_0-9/.-]+|[\[\]{}:,'<>=]|\n *")
_ODD = ["{{ x", "{% if", "> 5", "in eea", "not", "known", "[]", "{}", "today - 3bd", "é", "\n"]
_WORDS = sorted({word for text in LIBRARY.values() for word in _TOKEN.findall(text)} | {*_ODD})


@st.composite
def _mutated(draw: st.DrawFn) -> dict[str, str]:
    files = dict(LIBRARY)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        places = list(_TOKEN.finditer(files[name]))
        if places:
            place = draw(st.sampled_from(places))
            word = draw(st.one_of(st.just(""), st.sampled_from(_WORDS)))
            end = draw(st.sampled_from([place.start(), place.end()]))
            files[name] = files[name][: place.start()] + word + files[name][end:]
    return files


@given(_mutated())
@settings(max_examples=150, deadline=None)
def test_no_mistake_stops_the_compiler_and_none_goes_untold(files: dict[str, str]) -> None:
    made = library(files)

    for sop, entry in made.sops.items():
        told = made.diagnostics_of(sop)
        assert entry.walkable == all(one.severity is not Severity.ERROR for one in told)
        if entry.walkable:
            assert made.form(sop)["sop"] == sop


def test_a_loop_without_an_exit_and_a_start_that_does_not_exist_are_both_told() -> None:
    text = "start: on\nsteps:\n  one: {do: It, go: two}\n  two: {do: More, go: one}\n"

    assert {one.code for one in library({SOP: text}).diagnostics} >= {"SOP303", "SOP306"}
