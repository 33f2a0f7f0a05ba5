"""Personal data planted everywhere a person or a helpdesk may put it: none of it is left.

Real walks on a real folder, in seven languages, then every byte of that folder and of its exports.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.log.remarks import ABOUT, FEEDBACK, NOTE, Remarked, Remarks
from sopguide.walk.outcome import Applied
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import read_ticket
from tests.building import library
from tests.log.office import Unsynced, everything
from tests.log.planting import Planted, left_of, planted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LIBRARY = {
    "library.yaml": """\
name: Test
locales: [en]
facts:
  story: {type: text, from: ticket.story, ask: What happened?}
  more: {type: text, ask: What else?}
  age: {type: integer, min: 0, max: 120, from: ticket.age, ask: How old are they?}
  country: {type: choice, values: [AR, BE, BR, CO, DE, EG, ES, FR, GB, JP, MA, MX, PT, SA, US],
            from: ticket.country, ask: Which country?}
""",
    "macros/all.yaml": """\
done:
  title: Done
  status: live
  body: {en: "Hi {{ ticket.requester.first_name }}, about {{ story }} and {{ order }}"}
""",
    "labels.yaml": "done: {title: Done, macros: [done]}\n",
    "sops/example.yaml": """\
title: Example
start: story
steps:
  story: {fact: story, go: more}
  more: {fact: more, help: Ask them., go: age}
  age: {fact: age, go: country}
  country: {fact: country, go: end}
  end: {end: resolved, macro: done, label: done}
""",
}


def begin(log: LocalLog, ticket: Mapping[str, Any]) -> LoggedWalk:
    built = library(LIBRARY)
    procedure = Procedure(built.form("example"), built.sops["example"].hash or "")
    given = read_ticket(dict(ticket), procedure)
    form = built.form_bytes("example")
    return LoggedWalk.begin(log, procedure, form, given, ticket, Identity("quinn"))


def ticket_of(each: Planted) -> dict[str, Any]:
    """A ticket that tells all of it, in the fields that are for it and in those that are not."""
    texts = [form.text for form in each.forms]
    return {
        **each.ticket,
        "subject": texts[0],
        "body": "\n".join(texts),
        "story": "\n".join(texts),
        "age": each.ticket["requester"]["phone"],
        "country": each.ticket["requester"]["address"]["street"],
        "channel": each.ticket["requester"]["email"],
        "locale": each.ticket["requester"]["name"],
        "history": [{"from": each.ticket["requester"], "text": text} for text in texts],
        "facts": {"more": texts[-1]},
    }


def work(log: LocalLog, each: Planted) -> None:
    """Walk one ticket to its end, writing every form wherever something can be written."""
    walk = begin(log, ticket_of(each))
    kept = []
    for place, form in enumerate(each.forms):
        kind, about = (FEEDBACK, ABOUT[place % len(ABOUT)]) if place % 2 else (NOTE, None)
        kept.append((form, walk.remark(kind, form.text, about)))
    assert [form for form, told in kept if not isinstance(told, Remarked) or not told.removed] == []
    assert walk.keep({"note": each.forms[0].text, "reply": each.forms[-1].text}) is None
    assert walk.help_opened() is None
    answers = {"age": "24", "country": "GB"}
    while walk.view().status != "ended":
        fact = walk.view().fact
        if fact in answers:
            assert walk.answer(each.forms[0].text) is not None
        assert walk.answer(answers.get(str(fact), each.forms[0].text)) is None
    rendered = walk.macro("en", {"order": each.forms[0].text})
    assert rendered is not None
    assert each.ticket["requester"]["first_name"] in rendered.text
    filled = Applied("en", edited=True, filled=("order",))
    assert walk.finish(filled) is None


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only looked at by the tests."""
    data = tmp_path_factory.mktemp("planted") / "data"
    with LocalLog(data, Unsynced()) as log:
        for each in planted():
            work(log, each)
    return data


def found_in(content: str) -> list[tuple[str, str]]:
    """The planted forms of which something is in a text."""
    return [
        (form.kind, form.secret)
        for each in planted()
        for form in each.forms
        if form.secret in content
    ]


def test_nothing_of_it_lies_anywhere_in_the_data_folder(data: Path) -> None:
    content = everything(data).decode("utf-8", "replace")
    assert content.count("walk.completed") >= len(planted())
    assert found_in(content) == []
    assert found_in(json.dumps(content)) == []
    for each in planted():
        told = each.ticket["requester"]
        for secret in (*told.values(), each.ticket["id"]):
            text = secret["street"] if isinstance(secret, dict) else secret
            assert text not in content
    assert list((data / "open").iterdir()) == []


def test_what_is_kept_of_a_remark_is_the_rest_of_it(data: Path) -> None:
    texts = [remark.text for remark in Remarks(data / "remarks").all()]
    forms = [form for each in planted() for form in each.forms]
    assert len(texts) == len(forms) >= 200
    for form in forms:
        rest = [
            text
            for text in texts
            if text.startswith(form.before.lstrip())
            and text.endswith(form.after.rstrip())
            and not left_of(form, text)
        ]
        assert rest, form


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xes", "ocel"])
@pytest.mark.parametrize("path", ["raw", "effective"])
def test_no_export_tells_any_of_it(kind: str, path: str, data: Path) -> None:
    told = ["log", "export", "--format", kind, "--path", path, "--data", str(data)]
    result = CliRunner().invoke(program, told)
    assert result.exit_code == Exit.OK, result.output
    assert result.stdout.count("walk.completed") >= 1 or "country" in result.stdout
    assert found_in(result.stdout) == []
    assert found_in(json.dumps(result.stdout)) == []


def test_no_parquet_file_tells_any_of_it(data: Path, tmp_path: Path) -> None:
    import duckdb

    out = tmp_path / "out"
    told = ["log", "export", "--format", "parquet", "--out", str(out), "--data", str(data)]
    result = CliRunner().invoke(program, told)
    assert result.exit_code == Exit.OK, result.output
    rows = duckdb.read_parquet(f"{out}/**/*.parquet").fetchall()
    assert len(rows) > len(planted())
    assert found_in(repr(rows)) == []


def test_no_other_command_tells_any_of_it(data: Path) -> None:
    for told in (["list", "--limit", "0"], ["list", "--json"], ["summary"], ["summary", "--json"]):
        result = CliRunner().invoke(program, ["log", *told, "--data", str(data)])
        assert result.exit_code == Exit.OK, result.output
        assert result.stdout
        assert found_in(result.output) == []
