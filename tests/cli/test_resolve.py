"""`sopguide resolve` as a script calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sopguide.clean import clean
from sopguide.cli.jsontext import write_json
from sopguide.cli.main import program
from sopguide.jsontext import NotJsonError, read_json

FILES = {
    "library.yaml": "name: T\nlocales: [en]\nfacts:\n  age: {type: integer, ask: Old?, from: ticket.age}\n  amount: {type: decimal, ask: Much?}\n  when: {type: date, ask: When?}\n",
    "macros/m.yaml": "ok: {title: Ok, status: live, body: {en: Ok}}\n",
    "labels.yaml": "ok: {title: Ok, macros: [ok]}\n",
    "sops/a.yaml": 'title: A\nversion: 1.0.0\nstatus: draft\nowner: o\nabout: a.\nstart: q\nsteps:\n  q: {fact: age, go: r}\n  r: {decide: [{if: {when: "> today - 3d"}, to: e}, {else: f}]}\n  e: {end: resolved, macro: ok, label: ok}\n  f: {end: rejected, macro: ok, label: ok}\n',
    "sops/broken.yaml": "title: A\nversion: 1.0.0\nstatus: live\nowner: o\nabout: a.\nstart: q\nsteps:\n  q: {fact: agee, go: e}\n  e: {end: resolved, macro: ok, label: ok}\n",
    "sops/part.yaml": "title: P\nversion: 1.0.0\nstatus: live\nowner: o\nabout: a.\nstart: q\nsteps:\n  q: {return: x}\n",
}


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    for name, text in FILES.items():
        file = tmp_path / "trees" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "trees"


def run(trees: Path, *words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(program, ["resolve", *words, "--trees", str(trees)], input=stdin)


def rows(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_prints_one_json_object(trees: Path) -> None:
    words = ("a", "--facts", '{"age": 5, "amount": 12.50}', "--answers", '{"when": "2026-11-01"}')
    result = run(trees, *words, "--today", "2026-11-03")
    assert result.exit_code == 0
    assert '"amount": 12.50' in result.stdout
    [found] = rows(result)
    assert (found["status"], found["step"], found["outcome"]["end"]) == ("ended", "e", "resolved")
    assert found["facts"] == {"amount": 12.5, "age": 5, "when": "2026-11-01"}


def test_a_misspelt_fact_is_told_with_the_name_meant(trees: Path) -> None:
    [found] = rows(run(trees, "a", "--facts", '{"amuont": 3}'))
    assert (found["status"], found["fact"]) == ("invalid", "amuont")
    assert found["reason"] == "unknown fact `amuont`: did you mean `amount`?"


def test_the_ticket_fills_facts(trees: Path) -> None:
    [found] = rows(run(trees, "a", "--ticket", '{"age": 7}'))
    assert found["path"][0] == {"step": "q", "kind": "ask", "answer": 7, "by": "ticket"}


def test_the_clock_may_have_a_time(trees: Path) -> None:
    words = ("a", "--facts", '{"age": 5, "when": "2026-10-31"}')
    assert rows(run(trees, *words, "--today", "2026-11-03T09:30"))[0]["step"] == "f"
    assert rows(run(trees, *words, "--today", "2026-11-02"))[0]["step"] == "e"


def test_an_sop_with_errors_gives_its_diagnostics_and_ends_with_one(trees: Path) -> None:
    result = run(trees, "broken")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "sops/broken.yaml:8:13: error[SOP2" in result.stderr
    assert "did you mean `age`?" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("b",), "no SOP is named `b`"),
        (("part",), "`part` is run by other SOPs, and is not walked by itself"),
        (("a", "--facts", "{"), "--facts is no JSON: Expecting property name"),
        (("a", "--facts", "[1]"), "`facts` takes a JSON object"),
        (("a", "--facts", '{"age": 1, "age": 2}'), "the key `age` is there twice"),
        (("a", "--facts", '{"age": NaN}'), "`NaN` is no JSON number"),
        (("a", "--facts", '{"age": ' + "9" * 5000 + "}"), "a number is too long"),
        (("a", "--facts", '{"age": 0.' + "9" * 5000 + "}"), "a number is too long"),
        (("a", "--facts", "[" * 100000), "it is nested too deep"),
        (("a", "--answers", "3"), "`answers` takes a mapping or a list"),
        (("a", "--today", "soon"), "--today is no date: soon"),
        (
            ("a", "--batch", "-", "--facts", "{}"),
            "--batch takes the facts and answers from its lines",
        ),
    ],
)
def test_wrong_usage_is_said_and_ends_with_two(trees: Path, words: Any, told: str) -> None:
    result = run(trees, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_batch_decides_one_case_a_line_and_goes_on_after_a_bad_one(trees: Path) -> None:
    lines = [
        b'{"id": "x", "facts": {"age": 3, "when": "2026-11-02"}, "today": "2026-11-03"}',
        b"",
        b'{"id": 2, "facts": {"age": "old"}}',
        b"{not json}",
        b'{"id": 3, "facts": []}',
        b'{"id": 4, "fact": {}}',
        b"\xff\xfe",
        b"[]",
        b'{"id": 5, "today": 7}',
        b'{"id": [], "facts": {}}',
        b'{"answers": [4]}',
    ]
    result = run(trees, "a", "--batch", "-", stdin=b"\n".join(lines))
    assert result.exit_code == 1
    found = rows(result)
    assert [(row["id"], row.get("status"), row.get("line"), row.get("error")) for row in found] == [
        ("x", "ended", None, None),
        (2, "invalid", None, None),
        (None, None, 4, "the line is no JSON: Expecting property name enclosed in double quotes (line 1, column 2)"),
        (3, None, 5, "`facts` takes a JSON object"),
        (4, None, 6, "unknown key `fact`; a case has id, facts, answers, ticket, today"),
        (None, None, 7, "the line is no UTF-8 (byte 1)"),
        (None, None, 8, "a case is a JSON object of id, facts, answers, ticket, today"),
        (5, None, 9, "`today` takes a date, for example 2026-11-03"),
        (None, None, 10, "`id` takes a text or a number"),
        (None, "needs", None, None),
    ]  # fmt: skip


def test_a_batch_without_a_bad_line_ends_with_zero(trees: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": "\\u202e\\ud800x"}\n')
    result = run(trees, "a", "--batch", str(file))
    assert result.exit_code == 0
    assert '"id": "\\u202e\\ud800x"' in result.stdout


def test_a_batch_answers_each_line_before_the_next_is_sent(trees: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "sopguide",
        "resolve",
        "a",
        "--batch",
        "-",
        "--trees",
        str(trees),
    ]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(f'{{"id": {number}}}\n')
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(10) == 0


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_json_is_written_as_it_was_read(value: Any) -> None:
    text = write_json(value)
    assert read_json(text) == value
    assert clean(text) == text


@given(st.text())
def test_a_text_is_json_that_can_be_written_or_is_refused_with_a_reason(text: str) -> None:
    try:
        found = read_json(text)
    except NotJsonError as refused:
        told = str(refused)
    else:
        told = write_json(found)
    assert told


def test_writes_nothing_that_is_no_json() -> None:
    with pytest.raises(TypeError):
        write_json({"x": {1, 2}})


def test_a_number_too_large_to_write_out_is_written_as_it_came() -> None:
    assert write_json(read_json('{"id": 1e999999999, "x": 1e-999999999}')) == (
        '{"id": 1E+999999999, "x": 1E-999999999}'
    )
    assert write_json(read_json("[1e3, 1.50, 0e5]")) == "[1000, 1.50, 0]"


def test_what_is_nested_deeper_than_any_ticket_is_refused() -> None:
    assert read_json("[" * 200 + "]" * 200)
    assert read_json("[" + "[], " * 300 + "{}]")
    for text in ('{"a": ' * 201 + "1" + "}" * 201, "[" * 9999):
        with pytest.raises(NotJsonError, match="nested too deep"):
            read_json(text)
