"""Where names are defined and used: every place an author could mean one, to line and column."""

from __future__ import annotations

import pytest

from sopguide.graph.references import References
from sopguide.graph.written import names_in_expression, names_in_test
from tests.building import sources

LIBRARY = """\
name: T
locales: [en]
calendar: {holidays: country}
sets:
  core: {of: country, values: [AT, DE]}
  eea: {of: country, values: [in core, IE]}
facts:
  country: {type: choice, values: [AT, DE, IE, US], ask: "Where, {{ name }}?"}
  name: {type: text, ask: Who?}
  age: {type: integer, min: 0, max: limit + 1, ask: Old?}
  limit: {type: integer, table: limits}
  half: {type: decimal, is: "age / 2"}
"""
TABLE = "hit: first\nrows:\n  - {if: {country: in eea}, value: 13}\n  - {else: 16}\n"
SOP = """\
title: A
start: who
facts:
  seen: {type: yes_no}
steps:
  who:
    ask: "Is it {{ name }}?"
    answers:
      yes: {say: "Yes, {{ age }}", set: {seen: yes}, go: [{if: {seen: known}, to: old}, {else: part}]}
      no: old
  old:
    fact: age
    go:
      - if: {age: "< limit and not 3..limit", any: [{country: [in core, US]}, {who: yes}]}
        to: end
      - if: [{seen: unknown}]
        to: end
      - else: part
  part: {run: sub/proof, go: {shown: end, missing: who}}
  late: {wait: "for {{ who }}", macro: later, label: group/done, go: {reply: who, timeout: end}}
  tell: {do: Tell., check: ["{{ seen }}"], set: {seen: no}, go: end}
  choose: {decide: [{if: {age: known}, to: end}, {else: who}]}
  end: {end: resolved, macro: done, label: group/done}
"""
FILES = {
    "library.yaml": LIBRARY,
    "tables/limits.yaml": TABLE,
    "labels.yaml": "group: {done: {title: D, macros: [done, later]}}\n",
    "macros/m.yaml": (
        'done: {title: D, status: live, body: {en: "Hi {{ name }} {{ seen }} {{ ticket.id }} {{ gone }}"}}\n'
        'later: {title: L, status: deprecated, replaced_by: done, body: {en: "{% if x %}"}}\n'
    ),
    "sops/a.yaml": SOP,
    "sops/sub/proof.yaml": "start: q\nsteps:\n  q: {ask: Sure?, answers: {yes: r, no: s}}\n  r: {return: shown}\n  s: {return: missing}\n",
    "scenarios/a.yaml": (
        "- scenario: One\n  ticket: {facts: {age: 5}}\n"
        "  answers: {who: no, sub/proof.q: yes, country: DE, sub/proof.gone: no}\n"
        "  expect: {end: resolved, macro: none, label: group/done}\n"
        "- {scenario: Two, answers: [yes], expect: {end: resolved, macro: done, label: group/done}}\n"
    ),
}


@pytest.fixture(scope="module")
def references() -> References:
    return References(sources(FILES))


def used(references: References, kind: str, name: str) -> list[str]:
    return [
        f"{use.span.file}:{use.span.line}: {use.by}: {use.role}"
        for use in references.uses
        if (use.kind, use.name) == (kind, name)
    ]


def defined(references: References, kind: str) -> list[str]:
    return [f"{each.name} {each.span}" for each in references.definitions if each.kind == kind]


def test_every_name_is_defined_somewhere(references: References) -> None:
    assert defined(references, "fact") == [
        "country library.yaml:8:3",
        "name library.yaml:9:3",
        "age library.yaml:10:3",
        "limit library.yaml:11:3",
        "half library.yaml:12:3",
        "a.seen sops/a.yaml:4:3",
        "a.who sops/a.yaml:6:3",
        "sub/proof.q sops/sub/proof.yaml:3:3",
    ]
    assert defined(references, "set") == ["core library.yaml:5:3", "eea library.yaml:6:3"]
    assert defined(references, "label") == ["group/done labels.yaml:1:9"]
    assert defined(references, "macro") == ["done macros/m.yaml:1:1", "later macros/m.yaml:2:1"]
    assert defined(references, "table") == ["limits tables/limits.yaml"]
    assert defined(references, "sop") == ["a sops/a.yaml", "sub/proof sops/sub/proof.yaml"]
    assert defined(references, "step")[-1] == "sub/proof.s sops/sub/proof.yaml:5:3"


@pytest.mark.parametrize(
    ("kind", "name", "places"),
    [
        (
            "macro",
            "done",
            [
                "labels.yaml:1: label `group/done`: goes with it",
                "macros/m.yaml:2: macro `later`: replaces it",
                "scenarios/a.yaml:5: scenario `Two`: expected",
                "sops/a.yaml:23: step `end`: macro",
            ],
        ),
        ("macro", "none", []),
        (
            "label",
            "group/done",
            [
                "scenarios/a.yaml:4: scenario `One`: expected",
                "scenarios/a.yaml:5: scenario `Two`: expected",
                "sops/a.yaml:20: step `late`: label",
                "sops/a.yaml:23: step `end`: label",
            ],
        ),
        ("table", "limits", ["library.yaml:11: fact `limit`: gives its value"]),
        ("sop", "sub/proof", ["sops/a.yaml:19: step `part`: run"]),
        (
            "set",
            "core",
            [
                "library.yaml:6: set `eea`: included",
                "sops/a.yaml:14: step `old`: rule",
            ],
        ),
        ("set", "eea", ["tables/limits.yaml:3: table `limits`: row"]),
        (
            "fact",
            "country",
            [
                "library.yaml:3: calendar: country of holidays",
                "library.yaml:5: set `core`: its fact",
                "library.yaml:6: set `eea`: its fact",
                "scenarios/a.yaml:3: scenario `One`: answered",
                "sops/a.yaml:14: step `old`: rule",
                "tables/limits.yaml:3: table `limits`: row",
            ],
        ),
        (
            "fact",
            "limit",
            [
                "library.yaml:10: fact `age`: limit",
                "sops/a.yaml:14: step `old`: rule",
                "sops/a.yaml:14: step `old`: rule",
            ],
        ),
        (
            "fact",
            "age",
            [
                "library.yaml:12: fact `half`: computed",
                "scenarios/a.yaml:2: scenario `One`: given",
                "sops/a.yaml:9: step `who`: placeholder",
                "sops/a.yaml:12: step `old`: question",
                "sops/a.yaml:14: step `old`: rule",
                "sops/a.yaml:22: step `choose`: rule",
            ],
        ),
        (
            "fact",
            "name",
            [
                "library.yaml:8: fact `country`: placeholder",
                "macros/m.yaml:1: macro `done`: placeholder",
                "sops/a.yaml:7: step `who`: placeholder",
            ],
        ),
        (
            "fact",
            "a.seen",
            [
                "macros/m.yaml:1: macro `done`: placeholder",
                "sops/a.yaml:9: step `who`: set",
                "sops/a.yaml:9: step `who`: rule",
                "sops/a.yaml:16: step `old`: rule",
                "sops/a.yaml:21: step `tell`: placeholder",
                "sops/a.yaml:21: step `tell`: set",
            ],
        ),
        (
            "fact",
            "a.who",
            [
                "sops/a.yaml:14: step `old`: rule",
                "sops/a.yaml:20: step `late`: placeholder",
            ],
        ),
        ("fact", "gone", ["macros/m.yaml:1: macro `done`: placeholder"]),
        ("fact", "sub/proof.gone", ["scenarios/a.yaml:3: scenario `One`: answered"]),
        (
            "step",
            "sub/proof.q",
            [
                "scenarios/a.yaml:3: scenario `One`: answered",
                "sops/sub/proof.yaml:1: SOP `sub/proof`: start",
            ],
        ),
        (
            "step",
            "a.who",
            [
                "scenarios/a.yaml:3: scenario `One`: answered",
                "sops/a.yaml:2: SOP `a`: start",
                "sops/a.yaml:19: step `part`: target",
                "sops/a.yaml:20: step `late`: target",
                "sops/a.yaml:22: step `choose`: target",
            ],
        ),
        (
            "step",
            "a.part",
            ["sops/a.yaml:9: step `who`: target", "sops/a.yaml:18: step `old`: target"],
        ),
    ],
)
def test_every_use_is_found(
    references: References, kind: str, name: str, places: list[str]
) -> None:
    assert used(references, kind, name) == places


def test_a_use_stands_exactly_where_the_name_does(references: References) -> None:
    for use in references.uses:
        line = FILES[use.span.file].splitlines()[use.span.line - 1]
        typed = line[use.span.column - 1 : use.span.end_column - 1]
        assert typed in (use.name, use.name.rpartition(".")[2])


def test_files_with_mistakes_are_searched_as_far_as_they_go() -> None:
    broken = {
        "sops/a.yaml": "start: [x]\nfacts: no\nsteps:\n  q: nothing\n  r: {do: [x], go: 3, macro: [m]}\n"
        "  s: {decide: [x, {if: 5, to: [y]}, {to: t}], answers: {yes: {go: {a: t}}}}\n",
        "sops/b.yaml": "- 1\n",
        "sops/c.yaml": "steps: {x: [\n",
        "macros/m.yaml": 'm: {body: "{{ a }}"}\nn: x\n',
        "tables/t.yaml": "rows: {if: {a: b}}\n",
        "scenarios/a.yaml": "- {answers: {x: y}, expect: z}\n- w\n",
        "library.yaml": "facts: [a]\nsets: {s: {of: [x]}}\ncalendar: {holidays: US}\n",
    }
    found = References(sources(broken))
    assert used(found, "step", "a.t") == [
        "sops/a.yaml:6: step `s`: target",
        "sops/a.yaml:6: step `s`: target",
    ]
    assert used(found, "macro", "m") == ["sops/a.yaml:5: step `r`: macro"]
    assert References(sources({"library.yaml": "x: [\n"})).definitions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("US", []),
        ("[US, GB]", []),
        ("in eea", ["set eea 3"]),
        ("[in eea, CH]", ["set eea 4"]),
        ("in eea and not in core", ["set eea 3", "set core 18"]),
        ("not < limit", ["fact limit 6"]),
        ("= home", ["fact home 2"]),
        (">= today - 14d", ["fact today 3"]),
        ("low..high + 2", ["fact low 0", "fact high 5"]),
        ("< min(a, b)", ["fact a 6", "fact b 9"]),
        (">= 2026-05-19T10:00", []),
        ("has receipt and only [device]", []),
        ("known", []),
        ("", []),
    ],
)
def test_a_test_mentions_facts_and_sets_but_no_values(text: str, names: list[str]) -> None:
    assert [f"{kind} {name} {at}" for kind, name, at in names_in_test(text)] == names


def test_an_expression_mentions_facts() -> None:
    found = names_in_expression("round(amount * 0.5, 2) - used + 3d")
    assert [*found] == [("amount", 6), ("used", 25)]
