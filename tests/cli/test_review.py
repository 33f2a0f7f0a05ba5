"""`sopguide review feedback`: what agents said about steps, as the SOPs' owners read it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.walk.events import Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import Given
from tests.building import library
from tests.locked_out import FILES, SCENARIOS, SOP, VERIFY, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

NOON = 1_795_348_800_000  # 2026-11-22 12:00:00 UTC
OWNED = {**FILES, VERIFY: FILES[VERIFY] + "owner: identity-team\n"}


class Desk:
    """Says things about steps, a minute apart."""

    def __init__(self, data: Path) -> None:
        self.log = LocalLog(data)
        self.now = 0

    def clock(self) -> Moment:
        return Moment(NOON + self.now, self.now)

    def say(self, answers: list[Any], *said: tuple[str, str], agent: str = "ann") -> None:
        built = library(OWNED)
        procedure = Procedure(built.form("account/locked"), built.sops["account/locked"].hash or "")
        form = built.form_bytes("account/locked")
        who = Identity(agent)
        walk = LoggedWalk.begin(self.log, procedure, form, Given(), {}, who, clock=self.clock)
        for answer in answers:
            assert walk.answer(answer) is None
        for about, text in said:
            self.now += 60_000
            assert not isinstance(walk.remark("feedback", text, about), str)
        assert not isinstance(walk.remark("note", "not for the owner"), str)
        walk.suspend()


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLUMNS", "80")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOPGUIDE_TREES", str(tmp_path / "trees"))
    write(tmp_path / "trees", OWNED)
    return tmp_path / "trees"


@pytest.fixture
def desk(trees: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "data")
    desk.say(["no"], ("unclear", "What is a receipt worth?"), ("wrong", "ana@example.com had one"))
    desk.say(["no"], ("unclear", ""), agent="bob")
    desk.say([], ("missing-answer", "they\x1b[2J do not know"))
    yield desk
    desk.log.close()


def review(*arguments: str, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["review", "feedback", *arguments])
    assert result.exit_code == code, result.output
    return result


def test_feedback_is_shown_by_step_the_most_remarked_first(desk: Desk) -> None:
    assert review().stdout == (
        "identity/verify · which · identity-team: unclear 2, wrong 1\n"
        "  Which proof can they give?\n"
        "    22 Nov 12:03  unclear  bob  1.0.0\n"
        "    22 Nov 12:02  wrong    ann  1.0.0  [e-mail] had one\n"
        "    22 Nov 12:01  unclear  ann  1.0.0  What is a receipt worth?\n"
        "\n"
        "account/locked · reach · tests: missing-answer 1\n"
        "  Can they sign in anywhere?\n"
        "    22 Nov 12:04  missing-answer  ann  1.0.0  they␛[2J do not know\n"
        "\n"
    )


def test_an_owner_reads_what_is_theirs(desk: Desk) -> None:
    assert review("--owner", "tests").stdout.startswith("account/locked · reach")
    assert review("--sop", "identity/verify").stdout.count("\n\n") == 1
    assert review("--sop", "account/locked").stdout.count("\n\n") == 2
    none = review("--owner", "nobody")
    assert (none.stdout, none.stderr) == ("", "no such feedback\n")
    assert review("--since", "2100-01-01").stdout == ""


def test_what_was_said_before_the_sop_changed_is_marked(desk: Desk, trees: Path) -> None:
    changed = FILES[SOP].replace("Can they sign in anywhere?", "Can they still sign in?")
    write(trees, {**OWNED, SOP: changed})
    shown = review("--owner", "tests").stdout
    assert "1.0.0 (changed since)" in shown
    assert "Can they sign in anywhere?" in shown


def test_as_json_everything_is_told(desk: Desk) -> None:
    [first, second] = [json.loads(text) for text in review("--json").stdout.splitlines()]
    assert (first["sop"], first["step"], first["owner"]) == (
        "identity/verify",
        "which",
        "identity-team",
    )
    assert first["about"] == {"unclear": 2, "wrong": 1}
    [said] = second["remarks"]
    assert (said["step"], said["about"], said["agent"], said["changed"]) == (
        "reach", "missing-answer", "ann", False,
    )  # fmt: skip
    assert first["remarks"][1]["removed"] == ["e-mail"]


def test_an_sop_that_is_gone_keeps_its_owner_and_a_lost_form_only_its_ids(
    desk: Desk, trees: Path, tmp_path: Path
) -> None:
    forms = (tmp_path / "data" / "forms").iterdir()
    for path in (trees / SOP, trees / SCENARIOS, *forms):
        path.unlink()
    shown = review("--owner", "tests").stdout
    assert shown.splitlines()[0] == "account/locked · reach · tests: missing-answer 1"
    assert "sign in" not in shown


def test_a_damaged_remark_is_told_and_the_others_are_shown(desk: Desk, tmp_path: Path) -> None:
    path = min((tmp_path / "data" / "remarks").glob("*/*.json"))
    path.write_bytes(b"{")
    result = review(code=Exit.FINDINGS)
    assert "which · identity-team: unclear 1, wrong 1" in result.stdout
    assert f"{path}: cannot be read" in result.stderr


def test_a_questions_words_may_be_those_of_its_fact(trees: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    desk.say(["yes"], ("unclear", "Which amount?"))
    assert review().stdout.startswith("account/locked · route · tests: unclear 1\n    22 Nov")
