"""A whole library: what is broken costs its siblings nothing and stays known by name."""

from __future__ import annotations

import gc
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.source.files import read_library
from sopguide.source.read import collector_at_rest, read_files
from sopguide.source.step_models import Answer, Question

if TYPE_CHECKING:
    from tests.source.conftest import Found, Read

TREES = Path(__file__).parents[2] / "trees"
SOP = """\
title: Power
version: 1.0.0
status: live
owner: grid
about: The lights are out.
effective: {from: 2026-10-01T00:00}
facts:
  age: {type: integer, min: "> 0", from: ticket.age}
  tint: {type: choice, values: {red: Red}}
start: a
steps:
  a:
    ask: Is it dark?
    answers: {yes: b, no: {say: "No", go: [{if: {age: 3}, to: b, because: P}, {else: z}], set: {tint: red}}}
    critical: yes
  b: {do: Look, go: z}
  z: {end: resolved, macro: none, label: x}
"""


def test_the_shipped_library_has_no_mistake_of_this_family() -> None:
    sources = read_files(read_library(TREES))
    assert [str(found) for found in sources.diagnostics] == []
    assert sources.library
    assert sources.library.model
    assert all(entry.model and not entry.faulty for entry in sources.sops.values())


def test_models_hold_what_the_keys_mean(read: Read) -> None:
    entry = read({"sops/x/power.yaml": SOP}).sops["x/power"]
    sop = entry.model
    assert sop
    step = sop.steps["a"]
    assert isinstance(step, Question)
    assert step.critical
    assert not step.confirm
    assert step.answers == {
        "yes": "b",
        "no": Answer.model_validate(
            {
                "say": "No",
                "go": [{"if": {"age": "3"}, "to": "b", "because": ["P"]}, {"else": "z"}],
                "set": {"tint": "red"},
            }
        ),
    }
    assert [each.kind for each in sop.steps.values()] == ["ask", "do", "end"]
    assert sop.facts["age"].minimum == "> 0"
    assert sop.facts["age"].source == "ticket.age"
    assert sop.facts["tint"].values == {"red": "Red"}
    assert sop.effective
    assert sop.effective.start == datetime(2026, 10, 1)  # noqa: DTZ001 - on the clocks of its zone
    assert str(entry.span("steps", "b", "go")) == "sops/x/power.yaml:16:21"
    assert str(entry.span("steps", "b", key=True)) == "sops/x/power.yaml:16:3"
    assert str(entry.within(("title",), 1, 2)) == "sops/x/power.yaml:1:9"


def test_a_broken_step_leaves_the_others_and_its_name(read: Read) -> None:
    text = SOP.replace("do: Look", "dot: Look").replace("type: integer", "type: int")
    sources = read({"sops/power.yaml": text})
    entry = sources.sops["power"]
    assert entry.model
    assert [*entry.model.steps] == ["a", "z"]
    assert [*entry.model.facts] == ["tint"]
    assert entry.names("steps") == {"b"}
    assert entry.names("facts") == {"age", "b"}  # a question `b` would declare a fact `b`
    assert entry.faulty
    assert len(sources.diagnostics) == 2


def test_a_key_that_bears_on_nothing_else_hides_no_mistake_beside_it(read: Read) -> None:
    text = SOP.replace("critical: yes", "critical: soon\n    hlep: x\n    owner: y")
    text = text.replace("because: P", "cause: P").replace("do: Look", "do: Look, hepl: {}")
    text = text.replace("from: ticket.age", "from: ticket.age, untis: years")
    sources = read({"sops/power.yaml": text})
    entry = sources.sops["power"]
    assert entry.model
    assert [*entry.model.steps] == ["a", "b", "z"]
    assert [*entry.model.facts] == ["age", "tint"]
    assert entry.names("steps") == frozenset()
    assert entry.faulty
    assert [found.headline for found in sources.diagnostics] == [
        "unknown key `untis`",
        "unknown key `cause`",
        "`soon` is no flag",
        "unknown key `hlep`",
        "unknown key `owner`",
        "unknown key `hepl`",
    ]


def test_an_end_that_there_is_not_hides_no_mistake_beside_it(read: Read) -> None:
    text = SOP.replace("end: resolved", "end: finished, confirm: soon")
    sources = read({"sops/power.yaml": text})
    entry = sources.sops["power"]
    assert entry.model
    assert [*entry.model.steps] == ["a", "b", "z"]
    assert entry.faulty
    assert [found.headline for found in sources.diagnostics] == [
        "`finished` is no value of `end`",
        "`soon` is no flag",
    ]


def test_a_broken_header_leaves_the_steps(read: Read) -> None:
    text = (
        SOP.replace("title: Power", "titel: Power").replace("1.0.0", "1").replace("start", "stort")
    )
    text = text.replace("effective: {from: 2026-10-01T00:00}", "effective: x")
    sources = read({"sops/power.yaml": text})
    entry = sources.sops["power"]
    assert entry.model
    assert [*entry.model.steps] == ["a", "b", "z"]
    assert (entry.model.title, entry.model.version, entry.model.start) == ("?", "0.0.0", "?")
    assert entry.broken == {
        ("title",),
        ("titel",),
        ("version",),
        ("start",),
        ("stort",),
        ("effective",),
    }
    assert len(sources.diagnostics) == 4


@pytest.mark.parametrize(
    "text", ["a: [", "- x\n", SOP.partition("steps:")[0], SOP.partition("steps:")[0] + "steps: x\n",
             SOP.partition("steps:")[0] + "steps: {a: x}\n"]
)  # fmt: skip
def test_an_sop_without_a_right_step_has_no_model(read: Read, text: str) -> None:
    sources = read({"sops/power.yaml": text})
    assert sources.sops["power"].model is None
    assert sources.sops["power"].faulty
    assert len(sources.diagnostics) == 1
    assert sources.unsure == frozenset()


def test_a_broken_macro_leaves_the_others_and_its_name(read: Read) -> None:
    text = "m: {title: x, status: live, body: {en: y}}\nn: {title: x}\no p: {title: x, status: live, body: {en: y}}\n"
    sources = read({"macros/a.yaml": text, "macros/b/c.yaml": text.partition("\n")[0]})
    assert {name: entry.model is not None for name, entry in sources.macros.items()} == {
        "m": True, "n": False, "o p": True,
    }  # fmt: skip
    assert [str(found) for found in sources.diagnostics] == [
        "macros/a.yaml:2:1: error[SOP121] `body` is missing in `n`",
        "macros/a.yaml:2:1: error[SOP121] `status` is missing in `n`",
        "macros/a.yaml:3:1: error[SOP124] `o p` is no valid id",
        "macros/b/c.yaml:1:1: error[SOP116] macro `m` is there already",
    ]
    [related] = sources.diagnostics[-1].related
    assert str(related.span) == "macros/a.yaml:1:1"


def test_a_deprecated_macro_names_what_follows_it(read: Read) -> None:
    text = "m: {title: x, status: deprecated, replaced_by: n, sunset: 2027-01-31, body: {en: y}}\n"
    sources = read({"macros/a.yaml": text})
    assert not sources.diagnostics
    macro = sources.macros["m"].model
    assert macro
    assert (macro.replaced_by, macro.sunset) == ("n", date(2027, 1, 31))


def test_kinds_with_an_unreadable_file_are_told(read: Read) -> None:
    sources = read(
        {
            "macros/a.yaml": "a: [",
            "labels.yaml": "- x\n",
            "tables/t t.yaml": "x",
            "scenarios/s.yaml": b"\xff\xfe",
        }
    )
    assert sources.unsure == {"macros", "labels", "tables", "scenarios"}
    assert [found.code for found in sources.diagnostics] == ["SOP122", "SOP105", "SOP103", "SOP124"]


def test_labels_are_named_by_their_groups(read: Read) -> None:
    text = "a:\n  b: {title: B, macros: [m]}\n  c:\n    d: {title: D}\n    e f: {title: E}\ng: {}\nh:\n"
    sources = read({"labels.yaml": text})
    assert {*sources.labels} == {"a/b", "a/c/d", "a/c/e f", "h"}
    assert sources.labels["a/b"].model
    assert sources.labels["a/b"].model.macros == ("m",)
    assert str(sources.labels["a/c/d"].span("title")) == "labels.yaml:4:16"
    assert [str(found) for found in sources.diagnostics] == [
        "labels.yaml:5:5: error[SOP124] `e f` is no valid id",
        "labels.yaml:6:4: error[SOP126] there are no labels here",
        "labels.yaml:7:3: error[SOP126] `h` is empty",
    ]


def test_no_macro_may_be_named_as_the_lack_of_one(read: Read) -> None:
    macro = "{title: None, status: live, body: {en: Nothing.}}"
    sources = read({"macros/all.yaml": f"none: {macro}\nother: {macro}\n"})

    assert [str(found) for found in sources.diagnostics if "macros" in str(found)] == [
        "macros/all.yaml:1:1: error[SOP125] `none` is a reserved word"
    ]
    assert list(sources.macros) == ["other"]


def test_a_table_may_not_bear_a_reserved_name(read: Read) -> None:
    sources = read({"tables/min.yaml": "hit: first\nrows: [{else: 1}]\n"})
    assert [str(found) for found in sources.diagnostics] == [
        "tables/min.yaml: error[SOP125] `min` is a reserved word"
    ]
    assert sources.tables["min"].model


def test_scenarios_keep_their_tickets_as_typed(read: Read) -> None:
    text = (
        "- scenario: One\n  ticket: {subject: '[x]', facts: {age: 010}, more: [{a: b}]}\n"
        "  answers: {reach: no, x/y.z: [a, b]}\n  today: 2026-05-19\n"
        "  expect: {end: escalated, macro: none, label: a/b, escalate: {to: x}}\n"
        "- scenario: One\n  answers: [no, [a]]\n  expect: {end: resolved, macro: none, label: a/b}\n"
        "- scenario: Two\n"
    )
    sources = read({"scenarios/x/power.yaml": text})
    one, again, two = sources.scenarios["x/power"]
    assert one.model
    assert one.model.ticket == {"subject": "[x]", "facts": {"age": "010"}, "more": [{"a": "b"}]}
    assert one.model.answers == {"reach": "no", "x/y.z": ("a", "b")}
    assert one.model.today == date(2026, 5, 19)
    assert again.model
    assert again.model.answers == ("no", ("a",))
    assert two.model is None
    assert str(two.span()) == "scenarios/x/power.yaml:9:3"
    assert [str(found) for found in sources.diagnostics] == [
        "scenarios/x/power.yaml:6:13: error[SOP116] scenario `One` is there already",
        "scenarios/x/power.yaml:9:3: error[SOP121] `expect` is missing",
    ]


def test_scenarios_are_a_list(found: Found) -> None:
    assert found("scenario: x\n", "scenarios/s.yaml") == [
        "scenarios/s.yaml:1:1: error[SOP122] the file must be a list of scenarios (begin with `- `)"
    ]


def test_a_broken_library_file_keeps_what_is_right(read: Read) -> None:
    text = "locales: [en]\nfacts:\n  age: {type: integer, ask: Age?}\n  bad: {type: x}\nsets: {s: {of: age}}\n"
    entry = read({"library.yaml": text}).library
    assert entry
    assert entry.model
    assert (entry.model.name, [*entry.model.facts], [*entry.model.sets]) == ("?", ["age"], [])
    assert entry.names("facts") == {"bad"}
    assert entry.names("sets") == {"s"}


def test_all_mistakes_of_all_files_are_told_in_order_of_place(read: Read) -> None:
    sources = read(
        {
            "sops/b.yaml": SOP.replace("owner: grid\n", ""),
            "sops/a.yaml": "a: [",
            "macros/m.yaml": "m: {}\n",
            "odd.yaml": "x",
        }
    )
    assert [str(found).partition(" ")[0] for found in sources.diagnostics] == [
        "macros/m.yaml:1:1:", "macros/m.yaml:1:1:", "macros/m.yaml:1:1:", "odd.yaml:",
        "sops/a.yaml:1:5:", "sops/b.yaml:1:1:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ['"[key]": x\n', 'steps: {"[key]": {}}\n', 'facts: {"[key]": x}\n', '"\\0x": y\n', '? ""\n: x\n',
             'steps: {"\\0a": x}\n', 'facts: {"\\0list": {"\\0": 1}}\n']
)  # fmt: skip
def test_odd_keys_stop_nothing(found: Found, text: str) -> None:
    assert found(text)
    assert found(text, "macros/m.yaml")


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_rests_while_reading_and_is_left_as_it_was(running: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        with collector_at_rest():
            assert not gc.isenabled()
        assert gc.isenabled() == running
    finally:
        (gc.enable if was else gc.disable)()
