"""Each mistake an author can make in a key or a value, as it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.source.conftest import Found, Read

ID_HELP = "an id holds letters, digits, `-` and `_`, and begins with a letter or digit"
STEPS = "steps:\n  a: {end: resolved, macro: none, label: x}\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("titel: x", ("7:1: error[SOP120] unknown key `titel` (known here: title, version, status, "
         "owner, about, keywords, policy, effective, channels, accept, clock, facts, start, steps)")),
        ("keyword: [x]", "7:1: error[SOP120] unknown key `keyword` (did you mean `keywords`?)"),
        ("keywords: x", "7:11: error[SOP122] `keywords` must be a list, not text"),
        ("keywords: [x, [y]]", "7:15: error[SOP122] item 2 of `keywords` must be text, not a list"),
        ("keywords: [x, '']", "7:15: error[SOP126] item 2 of `keywords` is empty (write something, or delete the key)"),
        ("keywords:", "7:10: error[SOP126] `keywords` is empty (write a list here)"),
        ("effective: now", "7:12: error[SOP122] `effective` must be a mapping, not text"),
        ("effective: {until: 2026-01-01}", "7:1: error[SOP121] `from` is missing in `effective`"),
        ("effective: {from: soon}", "7:19: error[SOP123] `soon` is no time (write a time without an offset, as `2026-10-01T00:00`)"),
        ("effective: {from: 2026-13-01T00:00}", ("7:19: error[SOP123] `2026-13-01T00:00` is no time "
         "(write a time without an offset, as `2026-10-01T00:00`)")),
        ("effective: {from: 2026-01-01T00:00+01:00}", ("7:19: error[SOP123] `2026-01-01T00:00+01:00` is no time "
         "(write a time without an offset, as `2026-10-01T00:00`)")),
        ("effective: {from: [2026]}", "7:19: error[SOP122] `from` must be text, not a list"),
        ("effective: {from: 2026-01-01, zone: Mars/North}", "7:37: error[SOP123] `Mars/North` is no time zone (no such time zone)"),
        ("effective: {from: 2026-01-02, until: 2026-01-01}", "7:38: error[SOP123] the SOP ends before it begins (see `from`)"),
        ("accept: [{code: 412, because: x, until: 2026-01-01}]", "7:17: error[SOP123] `412` is no code of a finding (write it as `SOP412`)"),
        ("accept: [{code: SOP412, because: x, until: 01.02.2026}]", "7:44: error[SOP123] `01.02.2026` is no date (write a date as `2026-05-19`)"),
        ("accept: [{code: SOP412, because: x, until: 2026-02-30}]", "7:44: error[SOP123] `2026-02-30` is no date (write a date as `2026-05-19`)"),
        ("accept: [{code: SOP412, because: x}]", "7:11: error[SOP121] `until` is missing"),
        ("facts: {Age: {type: integer}}", ("7:9: error[SOP124] `Age` is no valid name of a fact or set "
         "(such a name holds small letters, digits and `_`, and begins with a letter)")),
        ("facts: {today: {type: date}}", "7:9: error[SOP125] `today` is a reserved word (choose another name)"),
        ("facts: {age: {type: int}}", "7:21: error[SOP123] `int` is no value of `type` (did you mean `integer`?)"),
        ("facts: {age: {type: number}}", ("7:21: error[SOP123] `number` is no value of `type` "
         "(one of: yes_no, choice, choices, integer, decimal, date, datetime, duration, text)")),
        ("facts: {age: {type: intger}}", "7:21: error[SOP123] `intger` is no value of `type` (did you mean `integer`?)"),
        ("facts: {age: {type: integer, minimum: 3}}", "7:30: error[SOP120] unknown key `minimum` (did you mean `min`?)"),
        ("facts: {age: {type: integer, optional: maybe}}", "7:40: error[SOP123] `maybe` is no flag (write `true` or `false`)"),
        ("facts: {age: {type: integer, optional: [x]}}", "7:40: error[SOP122] `optional` must be text, not a list"),
        ("facts: {tint: {type: choice, values: [in, x y]}}", ("7:39: error[SOP125] `in` is a reserved word (choose another name)\n"
         f"7:43: error[SOP124] `x y` is no valid id ({ID_HELP})")),
        ("facts: {tint: {type: choice, values: {has: x, b: ''}}}", ("7:39: error[SOP125] `has` is a reserved word (choose another name)\n"
         "7:50: error[SOP126] `b` is empty (write something, or delete the key)")),
        ("facts: {tint: {type: choice, values: x}}", "7:38: error[SOP122] `values` must be a list or a mapping, not text"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_told_at_its_place(in_sop: Found, line: str, said: str) -> None:
    assert in_sop(f"{line}\n{STEPS}") == said.split("\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1.0", "`1.0` is no version (a version is three whole numbers: `1.0.0`)"),
        ("version: v1.0.0", "`v1.0.0` is no version (a version is three whole numbers: `1.0.0`)"),
        ("version: 01.0.0", "`01.0.0` is no version (a version is three whole numbers: `1.0.0`)"),
        ("status: lve", "`lve` is no value of `status` (did you mean `live`?)"),
        ("owner: ''", "`owner` is empty (write something, or delete the key)"),
        ("about: [x]", "`about` must be text, not a list"),
        ("start:", "`start` is empty (write something, or delete the key)"),
    ],
)
def test_a_wrong_line_of_the_header_is_told(found: Found, text: str, said: str) -> None:
    header = {
        "title": "x",
        "version": "1.0.0",
        "status": "live",
        "owner": "x",
        "about": "x",
        "start": "a",
    }
    key = text.partition(":")[0]
    lines = "".join(f"{name}: {value}\n" for name, value in header.items() if name != key)
    [only] = found(f"{lines}{STEPS}{text}\n")
    assert only.startswith("sops/power.yaml:8:")
    assert only.endswith(said)


def test_every_missing_key_of_the_header_is_told_at_the_top(found: Found) -> None:
    assert found("title: x\nversion: 1.0.0\n") == [
        f"sops/power.yaml:1:1: error[SOP121] `{key}` is missing"
        for key in ("about", "owner", "start", "status", "steps")
    ]


def test_a_misspelt_key_is_not_missing_as_well(found: Found) -> None:
    text = "titel: x\nversion: 1.0.0\nstatus: live\nowner: x\nabout: x\nstart: a\n" + STEPS
    assert found(text) == [
        "sops/power.yaml:1:1: error[SOP120] unknown key `titel` (did you mean `title`?)"
    ]


def test_a_file_that_is_no_mapping_is_told(found: Found) -> None:
    assert found("- a\n") == [
        "sops/power.yaml:1:1: error[SOP122] the file must be a mapping, not a list"
    ]
    assert found("a\n") == [
        "sops/power.yaml:1:1: error[SOP122] the file must be a mapping, not text"
    ]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("a: {aks: What?, go: z}", "8:7: error[SOP127] step `a` is of no kind (did you mean `ask`?)"),
        ("a: {go: z}", "8:3: error[SOP127] step `a` is of no kind (a step has one of: ask, fact, do, decide, run, return, wait, end)"),
        ("a: {ask: What?, do: That, go: z}", "8:3: error[SOP127] step `a` is of several kinds: `ask`, `do` (make a step of each, joined by `go`)"),
        ("a: {ask: What?, fact: f, end: resolved, go: z}", ("8:3: error[SOP127] step `a` is of several kinds: `fact`, `end` "
         "(make a step of each, joined by `go`)")),
        ("a: z", "8:6: error[SOP122] `a` must be a mapping, not text"),
        ("a:", "8:5: error[SOP126] `a` is empty (write a mapping here)"),
        ("a b: {do: That, go: z}", f"8:3: error[SOP124] `a b` is no valid id ({ID_HELP})"),
        ("a: {do: That}", "8:3: error[SOP121] `go` is missing in `a`"),
        ("a: {do: '', go: z}", "8:11: error[SOP126] `do` is empty (write something, or delete the key)"),
        ("a: {do: That, goto: z}", "8:17: error[SOP120] unknown key `goto` (did you mean `go`?)"),
        ("a: {do: That, go: z, critical: 1}", "8:34: error[SOP123] `1` is no flag (write `true` or `false`)"),
        ("a: {do: That, go: z, because: [x, {y: z}]}", "8:37: error[SOP122] item 2 of `because` must be text, not a mapping"),
        ("a: {do: That, go: z, set: x}", "8:29: error[SOP122] `set` must be a mapping, not text"),
        ("a: {do: That, go: z, set: {Age: 3}}", ("8:30: error[SOP124] `Age` is no valid name of a fact or set "
         "(such a name holds small letters, digits and `_`, and begins with a letter)")),
        ("a: {do: That, go: {x: z}}", "8:21: error[SOP122] `go` must be text or a list, not a mapping"),
        ("a: {decide: z}", "8:15: error[SOP122] `decide` must be a list, not text"),
        ("a: {decide: []}", "8:15: error[SOP126] `decide` is empty (write at least one entry)"),
        ("a: {decide: [z]}", "8:16: error[SOP122] item 1 of `decide` must be a mapping, not text"),
        ("a: {decide: [{to: z}]}", "8:17: error[SOP121] `if` is missing"),
        ("a: {decide: [{if: {f: 1}, two: z}]}", "8:29: error[SOP120] unknown key `two` (did you mean `to`?)"),
        ("a: {decide: [{if: {f: 1}, else: z}]}", ("8:29: error[SOP120] unknown key `else` "
         "(a rule has either `if` or `else`; put `else` into a rule of its own, the last)")),
        ("a: {ask: What?, answers: {x: [z]}}", "8:32: error[SOP122] `x` must be text or a mapping, not a list"),
        ("a: {ask: What?, answers: {x: {goo: z}}}", "8:33: error[SOP120] unknown key `goo` (did you mean `go`?)"),
        ("a: {ask: What?, answers: {}}", "8:28: error[SOP126] `answers` is empty (write at least one entry)"),
        ("a: {ask: What?, answers: {x y: z}}", f"8:29: error[SOP124] `x y` is no valid id ({ID_HELP})"),
        ("a: {run: b, go: {x: {y: z}}}", "8:23: error[SOP122] `x` must be text or a list, not a mapping"),
        ("a: {run: b, go: {x: [{if: {f: 1}, to: z, becuase: y}]}}", "8:44: error[SOP120] unknown key `becuase` (did you mean `because`?)"),
        ("a: {end: done, macro: none, label: x}", ("8:12: error[SOP123] `done` is no value of `end` "
         "(one of: resolved, rejected, escalated, pending, duplicate)")),
        ("a: {end: resolved}", "8:3: error[SOP121] `label` is missing in `a`\n8:3: error[SOP121] `macro` is missing in `a` (where no reply is sent, write `macro: none`)"),
        ("a: {end: escalated, macro: none, label: x, escalate: {two: y}}", "8:57: error[SOP120] unknown key `two` (did you mean `to`?)"),
        ("a: {end: resolved, macro: none, label: x, go: z}", ("8:45: error[SOP120] unknown key `go` "
         "(known here: help, because, critical, confirm, set, accept, clock, end, macro, label, escalate)")),
    ],
)  # fmt: skip
def test_a_wrong_step_is_told_at_its_place(in_steps: Found, step: str, said: str) -> None:
    assert in_steps(f"  {step}\n") == said.split("\n")


def test_a_long_text_is_cut_short_in_the_headline(in_sop: Found) -> None:
    [only] = in_sop(f"{'x' * 100}: y\n{STEPS}")
    assert f"unknown key `{'x' * 60}…`" in only


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\nlocales: []\n", "2:10: error[SOP126] `locales` is empty (write at least one entry)"),
        ("name: x\nlocales: [english]\n", "2:11: error[SOP123] `english` is no locale (write it as `en` or `pt-BR`)"),
        ("name: x\nlocales: [en]\nsets: {a: {off: b, values: [c]}}\n", "3:12: error[SOP120] unknown key `off` (did you mean `of`?)"),
        ("name: x\nlocales: [en]\nsets: {a: {of: b, values: []}}\n", "3:27: error[SOP126] `values` is empty (write at least one entry)"),
        ("name: x\nlocales: [en]\ncalendar: {holiday: US}\n", "3:12: error[SOP120] unknown key `holiday` (did you mean `holidays`?)"),
        ("name: x\nlocales: [en]\nzone: UTC+1\n", "3:7: error[SOP123] `UTC+1` is no time zone (no such time zone)"),
        ("name: x\nlocales: [en]\nclock: 24h\n", ("3:1: error[SOP120] unknown key `clock` "
         "(known here: name, locales, zone, calendar, sets, facts, rules, retention)")),
        ("name: x\nlocales: [en]\nretention: {walks: 24 months}\n", ("3:20: error[SOP123] `24 months` is no time to keep something "
         "(write a number and one of y, m, w, d, h: `24m`, `90d`)")),
        ("name: x\nlocales: [en]\nretention: {notes: {keep: 0d}}\n", ("3:27: error[SOP123] `0d` is no time to keep something "
         "(write a number and one of y, m, w, d, h: `24m`, `90d`)")),
        ("name: x\nlocales: [en]\nretention: {walk: 24m}\n", "3:13: error[SOP120] unknown key `walk` (did you mean `walks`?)"),
        ("name: x\nlocales: [en]\nretention: {notes: {keep: 9d, becuase: x}}\n",
         "3:31: error[SOP120] unknown key `becuase` (did you mean `because`?)"),
    ],
)  # fmt: skip
def test_a_wrong_library_file_is_told(found: Found, text: str, said: str) -> None:
    assert found(text, "library.yaml") == [f"library.yaml:{said}"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("tables/t.yaml", "hit: all\nrows: [{else: 1}]\n", "1:6: error[SOP123] `all` is no value of `hit` (one of: first, unique)"),
        ("tables/t.yaml", "hit: first\nrows: [{if: {a: 1}, valu: 1}]\n", "2:21: error[SOP120] unknown key `valu` (did you mean `value`?)"),
        ("tables/t.yaml", "hit: first\nrows: []\n", "2:7: error[SOP126] `rows` is empty (write at least one entry)"),
        ("tables/t.yaml", "hit: first\nrows: [{if: {a: 1}, value: {b: c}}]\n", "2:28: error[SOP122] `value` must be text or a list, not a mapping"),
        ("macros/m.yaml", "m: {title: x, status: live}\n", "1:1: error[SOP121] `body` is missing in `m`"),
        ("macros/m.yaml", "m: {title: x, status: live, body: {}}\n", "1:35: error[SOP126] `body` is empty (write at least one entry)"),
        ("macros/m.yaml", "m: {title: x, status: live, body: {en: ''}}\n", "1:40: error[SOP126] `en` is empty (write something, or delete the key)"),
        ("macros/m.yaml", "m: {title: x, status: live, body: {english: y}}\n", "1:36: error[SOP123] `english` is no locale (write it as `en` or `pt-BR`)"),
        ("macros/m.yaml", "m: x\n", "1:4: error[SOP122] `m` must be a mapping, not text"),
        ("labels.yaml", "a: {title: x, macro: y}\n", "1:15: error[SOP120] unknown key `macro` (did you mean `macros`?)"),
        ("labels.yaml", "a: {title: ''}\n", "1:12: error[SOP126] `title` is empty (write something, or delete the key)"),
        ("scenarios/s.yaml", "- {scenario: x, expect: {end: resolved, macro: none}}\n", "1:17: error[SOP121] `label` is missing in `expect`"),
        ("scenarios/s.yaml", "- {scenario: x, expect: {end: resolved, macro: none, label: l}, today: now}\n",
         "1:72: error[SOP123] `now` is no date (write a date as `2026-05-19`)"),
        ("scenarios/s.yaml", "- {scenario: x, answers: y, expect: {end: resolved, macro: none, label: l}}\n",
         "1:26: error[SOP122] `answers` must be a list or a mapping, not text"),
        ("scenarios/s.yaml", "- {scenario: x, answers: {a: {b: c}}, expect: {end: resolved, macro: none, label: l}}\n",
         "1:30: error[SOP122] `a` must be text or a list, not a mapping"),
        ("scenarios/s.yaml", "- {scenario: x, answers: {'': c}, expect: {end: resolved, macro: none, label: l}}\n",
         "1:27: error[SOP126] a key is empty"),
        ("scenarios/s.yaml", "- x\n", "1:3: error[SOP122] item 1 of the list must be a mapping, not text"),
    ],
)  # fmt: skip
def test_a_wrong_catalogue_or_scenario_is_told(
    found: Found, file: str, text: str, said: str
) -> None:
    assert found(text, file) == [f"{file}:{said}"]


def test_a_zone_is_believed_where_the_system_knows_none(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zoneinfo.available_timezones", set)
    assert found("name: x\nlocales: [en]\nzone: Mars/North\n", "library.yaml") == []


def test_what_follows_from_an_alias_or_tag_is_not_told_as_well(read: Read) -> None:
    text = "a: &m\n  title: x\n  status: live\n  body: {en: y}\nb: *m\nc:\n  <<: *m\n  title: z\n"
    codes = [found.code for found in read({"macros/m.yaml": text}).diagnostics]
    assert codes == ["SOP108", "SOP108", "SOP113", "SOP108"]
