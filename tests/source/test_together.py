"""Keys that are right by themselves and wrong beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.source.conftest import Found, Read

RENAME = "(rename the step, or declare a fact under `facts:` and name it by `fact:`)"
BELONGS = "(it belongs to the fact, where that is declared)"
STEPS = "steps:\n  z: {end: resolved, macro: none, label: x}\n"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("{type: choice}", "7:9: error[SOP121] `values` is missing in `f`"),
        ("{type: choices, values: []}", "7:9: error[SOP121] `values` is missing in `f`"),
        ("{type: integer, values: [a]}", "7:28: error[SOP128] `values` cannot stand beside `type: integer` (only `choice` and `choices` have values)"),
        ("{type: choice, values: [a, b, a]}", "7:42: error[SOP130] `a` is listed twice (delete one of the two)"),
        ("{type: yes_no, min: 1}", "7:27: error[SOP128] `min` cannot stand beside `type: yes_no` (only numbers, dates, times and durations have limits)"),
        ("{type: text, max: 1}", "7:25: error[SOP128] `max` cannot stand beside `type: text` (only numbers, dates, times and durations have limits)"),
        ("{type: choice, values: [a], unit: EUR}", "7:40: error[SOP128] `unit` cannot stand beside `type: choice` (only what is measured has a unit)"),
        ("{type: choice, values: [a], exclusive: [a]}", ("7:40: error[SOP128] `exclusive` cannot stand beside `type: choice` "
         "(only `choices` takes several values at once)")),
        ("{type: choices, values: [a], exclusive: [b]}", "7:53: error[SOP123] `b` is not among the `values`"),
        ("{type: integer, table: t, is: 1 + 1}", "7:38: error[SOP128] a fact is looked up by `table` or computed by `is`, not both (delete one of the two)"),
        ("{type: integer, is: 1 + 1, ask: What?, from: a.b, optional: yes}",
         ("7:39: error[SOP128] `ask` cannot stand beside `is` (delete one of the two)\n"
         "7:51: error[SOP128] `from` cannot stand beside `is` (delete one of the two)\n"
         "7:62: error[SOP128] `optional` cannot stand beside `is` (delete one of the two)")),
        ("{type: integer, table: t, ask: What?}", "7:38: error[SOP128] `ask` cannot stand beside `table` (delete one of the two)"),
    ],
)  # fmt: skip
def test_keys_of_a_fact_that_do_not_go_together(in_sop: Found, fact: str, said: str) -> None:
    assert in_sop(f"facts: {{f: {fact}}}\n{STEPS}") == said.split("\n")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("a: {ask: What?, answers: {x: {say: X}, y: z}}", "8:29: error[SOP121] `go` is missing in `x`"),
        ("a: {ask: What?}", "8:3: error[SOP121] `answers` is missing in `a`\n8:3: error[SOP121] `go` is missing in `a`"),
        ("a: {ask: What?, go: z}", "8:3: error[SOP121] `answers` is missing in `a`"),
        ("a: {ask: What?, min: 1, go: z}", "8:3: error[SOP121] `type` is missing in `a`"),
        ("a: {fact: f}", "8:3: error[SOP121] `go` is missing in `a`"),
        ("a: {fact: f, type: integer, go: z}", f"8:16: error[SOP128] `type` cannot stand beside `fact` {BELONGS}"),
        ("a: {ask: What?, max: 1, optional: yes, answers: {x: z}}",
         f"8:19: error[SOP128] `max` cannot stand beside `answers` {BELONGS}\n8:27: error[SOP128] `optional` cannot stand beside `answers` {BELONGS}"),
        ("a: {ask: What?, type: choice, go: z}", "8:3: error[SOP121] `values` is missing in `a`"),
        ("a: {ask: What?, type: text, unit: EUR, go: z}", "8:31: error[SOP128] `unit` cannot stand beside `type: text` (only what is measured has a unit)"),
        ("a: {ask: What?, answers: {any: z}}", "8:29: error[SOP125] `any` is a reserved word (choose another name)"),
        ("a: {ask: What?, answers: {x: {go: [{else: z}, {else: z}]}}}", "8:39: error[SOP129] nothing after this `else` is ever tried (put `else` last)"),
        ("a: {fact: f, go: [{else: z}, {if: {f: 1}, to: z}]}", "8:22: error[SOP129] nothing after this `else` is ever tried (put `else` last)"),
        ("a: {do: That, go: [{else: z}, {else: z}]}", "8:23: error[SOP129] nothing after this `else` is ever tried (put `else` last)"),
        ("a: {decide: [{else: z}, {else: z}]}", "8:17: error[SOP129] nothing after this `else` is ever tried (put `else` last)"),
        ("a: {run: b, go: {x: [{else: z}, {else: z}]}}", "8:25: error[SOP129] nothing after this `else` is ever tried (put `else` last)"),
        ("a: {run: b, go: {}}", "8:19: error[SOP126] `go` is empty (write at least one entry)"),
        ("a: {wait: x, go: {reply: z}}", "8:16: error[SOP121] `timeout` is missing in `go`"),
        ("a: {wait: x, go: {reply: z, timeout: z, never: z}}", "8:43: error[SOP120] unknown key `never` (a wait goes by `reply` and `timeout`)"),
        ("a: {end: escalated, macro: none, label: x}", "8:3: error[SOP121] `escalate` is missing in `a`"),
        ("a: {end: resolved, macro: none, label: x, escalate: {to: y}}", ("8:45: error[SOP128] `escalate` cannot stand beside `end: resolved` "
         "(write `end: escalated`, or delete it)")),
        ("a: {return: x}", ("8:7: error[SOP128] an SOP has `end` or `return`, not both "
         "(what others run ends in `return`; what is walked by itself ends in `end`)")),
        ("A: {ask: What?, answers: {x: z}}", f"8:3: error[SOP124] step `A` gives no valid name for its fact {RENAME}"),
        ("today: {ask: What?, answers: {x: z}}", f"8:3: error[SOP125] step `today` gives its fact a reserved name {RENAME}"),
        ("a-b: {ask: What?, answers: {x: z}}\n  a_b: {ask: What?, answers: {x: z}}", f"9:3: error[SOP130] step `a_b` declares the fact `a_b` again {RENAME}"),
    ],
)  # fmt: skip
def test_keys_of_a_step_that_do_not_go_together(in_steps: Found, step: str, said: str) -> None:
    assert in_steps(f"  {step}\n") == said.split("\n")


@pytest.mark.parametrize(
    "step",
    [
        "a: {fact: f, ask: In other words?, answers: {x: z, known: z}, go: z}",
        "A: {fact: f, go: z}",
        "a: {ask: What?, type: choices, values: {x: X, y: Y}, exclusive: [y], optional: true, go: z}",
        "a: {ask: What?, type: integer, min: 0, max: age, unit: years, go: [{if: {a: 1}, to: z}]}",
        "a: {ask: What?, answers: {yes: z, no: {say: No}}, go: z}",
        "a: {wait: x, go: z}",
        "a: {wait: x, macro: m, label: l, for: 7d, go: {reply: z, timeout: [{else: z}]}}",
        "a: {run: x/y, go: {b: z, c: [{if: [{a: 1}], to: z}, {else: z, because: P}]}}",
        "a: {end: escalated, macro: none, label: x, escalate: {to: y, within: 4h}}",
        "a: {do: That, check: [One], go: z, help: How, because: P, critical: true, confirm: no, set: {f: [x]}}",
        "a: {do: That, go: z, accept: [{code: SOP412, because: [x, y], until: 2027-01-31}]}",
    ],
)
def test_steps_as_the_guide_writes_them_are_right(in_steps: Found, step: str) -> None:
    assert in_steps(f"  {step}\n") == []


def test_a_step_may_not_declare_a_fact_of_its_sop_again(in_sop: Found) -> None:
    text = (
        "facts: {a: {type: integer, ask: How old?}}\nsteps:\n  a: {ask: What?, answers: {x: z}}\n"
    )
    assert in_sop(text) == [f"9:3: error[SOP130] step `a` declares the fact `a` again {RENAME}"]


def test_a_return_beside_an_end_shows_the_end(read: Read) -> None:
    header = "title: x\nversion: 1.0.0\nstatus: live\nowner: x\nabout: x\nstart: a\n"
    text = header + "steps:\n  a: {end: resolved, macro: none, label: x}\n  b: {return: c}\n"
    [found] = read({"sops/a.yaml": text}).diagnostics
    assert [str(other.span) for other in found.related] == ["sops/a.yaml:8:3"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("library.yaml", "name: x\nlocales: [en, en]\n", "2:15: error[SOP130] `en` is listed twice (delete one of the two)"),
        ("library.yaml", "name: x\nlocales: [en]\nsets: {a: {of: f, values: [in b, x, not, i j, x]}}\n",
         ("3:37: error[SOP124] `not` is neither a value nor `in` another set (write `AT` or `in eea`)\n"
         "library.yaml:3:42: error[SOP124] `i j` is neither a value nor `in` another set (write `AT` or `in eea`)\n"
         "library.yaml:3:47: error[SOP130] `x` is listed twice (delete one of the two)")),
        ("library.yaml", "name: x\nlocales: [en]\nfacts: {a: {type: choice}}\n", "3:9: error[SOP121] `values` is missing in `a`"),
        ("macros/m.yaml", "m: {title: x, status: live, sunset: 2026-01-01, replaced_by: n, body: {en: y}}\n",
         ("1:29: error[SOP128] `sunset` cannot stand beside `status: live` (write `status: deprecated`, or delete it)\n"
         "macros/m.yaml:1:49: error[SOP128] `replaced_by` cannot stand beside `status: live` (write `status: deprecated`, or delete it)")),
        ("tables/t.yaml", "hit: first\nrows: [{else: 1}, {if: {a: 1}, value: [b, c]}]\n",
         "2:9: error[SOP129] nothing after this `else` is ever tried (put `else` last)"),
    ],
)  # fmt: skip
def test_keys_of_catalogues_that_do_not_go_together(
    found: Found, file: str, text: str, said: str
) -> None:
    assert found(text, file) == f"{file}:{said}".split("\n")
