"""Placeholders that some way to a macro leaves open, and the ticket that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.proof.sending import prove_sending
from sopguide.walk.procedure import Procedure
from tests.building import SOP, library

if TYPE_CHECKING:
    from sopguide.proof.findings import Finding

LIBRARY = """
name: Test
locales: [en]
facts:
  country: {type: choice, values: [DE, US], from: ticket.country, ask: "C?"}
  amount: {type: decimal, min: 0, ask: "Much?"}
  used: {type: decimal, min: 0, ask: "Used?"}
  left: {type: decimal, is: amount - used}
  most: {type: integer, table: limits}
  seen: {type: yes_no, optional: true, ask: "S?"}
"""
TABLE = "hit: first\nrows:\n  - {if: {country: DE}, value: 16}\n  - {else: 13}\n"
END = "\n  done: {end: resolved, macro: done, label: done}\n"
PART = (
    "start: paid\nsteps:\n"
    "  paid: {ask: Paid?, answers: {yes: much, no: wait}}\n"
    "  much: {ask: How much was it?, type: integer, go: wait}\n"
    "  wait: {wait: a reply, macro: done, label: done, go: back}\n"
    "  back: {return: ok}\n"
)


def found(steps: str, body: str, **more: str) -> list[Finding]:
    """What is found in an SOP whose last step sends a macro with this body."""
    built = library(
        {
            SOP: f"start: a\nsteps:\n{steps}{END}",
            "library.yaml": LIBRARY,
            "tables/limits.yaml": TABLE,
            "macros/standard.yaml": f"done: {{title: D, status: live, body: {{en: '{body}'}}}}\n",
            **more,
        }
    )
    sop = more.get("of", "example")
    assert built.sops[sop].hash, [str(each) for each in built.diagnostics]
    return prove_sending(Procedure(built.form(sop), ""))


ASKED_ONCE = "  a: {ask: Paid?, answers: {yes: b, no: done}}\n  b: {fact: amount, go: done}"


def test_a_placeholder_bound_on_all_paths_but_one_is_found_with_the_answers_that_lead_there() -> (
    None
):
    [one] = found(ASKED_ONCE, "You get {{ amount }}.")

    assert one.path == ("steps", "done", "macro")
    assert one.about == "`amount` in macro `done`"
    assert one.words == "a no"
    assert one.witness == {"facts": {}, "answers": {"a": "no"}, "today": "2026-06-15"}


@pytest.mark.parametrize(
    ("steps", "body"),
    [
        ("  a: {fact: amount, go: done}", "You get {{ amount }}."),
        ("  a: {decide: [{if: {amount: '> 5'}, to: done}, {else: done}]}", "{{ amount }}"),
        (ASKED_ONCE, "{% if amount %}You get {{ amount }}.{% endif %}"),
        (ASKED_ONCE, "You get {{ amount | default: 0 }}."),
        (ASKED_ONCE, "Hi {{ ticket.requester.first_name }}, {{ today }}"),
        ("  a: {fact: left, go: done}", "{{ left }} of {{ amount }}"),
        ("  a: {fact: most, go: done}", "{{ most }}"),
        ("  a: {do: It, set: {amount: 5}, go: done}", "{{ amount }}"),
    ],
)
def test_what_is_known_on_every_path_or_not_needed_is_clean(steps: str, body: str) -> None:
    assert found(steps, body) == []


@pytest.mark.parametrize(
    ("steps", "body", "words"),
    [
        ("  a: {do: It, go: done}", "{{ country }}", "any ticket"),
        ("  a: {fact: amount, go: done}", "{{ left }}", "a 0"),
        ("  a: {do: It, go: done}", "{{ most }}", "any ticket"),
        ("  a: {fact: seen, go: done}", "{{ seen }}", "a not known"),
    ],
)
def test_what_the_ticket_may_lack_or_nobody_knows_is_found(
    steps: str, body: str, words: str
) -> None:
    assert [one.words for one in found(steps, body)] == [words]


def test_what_only_seems_open_is_not_told() -> None:
    table = "hit: first\nrows:\n  - {if: {country: DE, amount: '> 5'}, value: 1}\n  - {else: 2}\n"
    steps = "  a: {decide: [{if: {amount: '> 5'}, to: b}, {else: done}]}\n  b: {do: It, go: b2}\n"
    steps += "  b2: {end: resolved, macro: none, label: done}"

    assert found(steps, "{{ most }}", **{"tables/limits.yaml": table}) == []


def test_a_sub_procedure_answers_for_its_own_facts() -> None:
    files = {"sops/part.yaml": PART}
    run = "  a: {run: part, go: {ok: done}}"

    [one] = found(run, "{{ much }}", of="part", **files)
    assert (one.path, one.words) == (("steps", "wait", "macro"), "paid no")


def test_whoever_runs_a_sub_procedure_answers_for_the_facts_of_the_library() -> None:
    files = {"sops/part.yaml": PART}
    run = "  a: {run: part, go: {ok: done}}\n  b: {fact: amount, go: a}"

    assert found(run, "{{ amount }}", of="part", **files) == []
    in_part, at_end = found(run, "{{ amount }}", **files)
    assert in_part.path == ("steps", "a", "run")
    assert at_end.path == ("steps", "done", "macro")
