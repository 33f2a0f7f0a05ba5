"""What an agent began outlasts a break and a crash, and is gone with the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from sopguide.desk.helpdesk import checklist_of, todo
from sopguide.desk.local import LocalDesk
from sopguide.desk.remarking import begun_of
from sopguide.desk.reply import draft_of
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from tests.building import library
from tests.desk.test_local import ME, Clock, begun
from tests.desk.test_reply import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.walk.view import OutcomeView


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LocalLog]:
    with LocalLog(tmp_path / "data") as opened:
        yield opened


def desk_on(log: LocalLog) -> LocalDesk:
    return LocalDesk(library(FILES), log, ME, clock=Clock())


def ended(desk: LocalDesk) -> LoggedWalk:
    walk = begun(desk)
    for answer in ("yes", "20"):
        assert walk.answer(answer) is None
    return walk


def resumed(desk: LocalDesk, walk: LoggedWalk) -> LoggedWalk:
    assert walk.suspend("break") is None
    again = desk.resume(walk.id)
    assert isinstance(again, LoggedWalk), again
    return again


def outcome_of(walk: LoggedWalk) -> OutcomeView:
    outcome = walk.view().outcome
    assert outcome is not None
    return outcome


def test_a_reply_outlasts_a_break(log: LocalLog) -> None:
    desk = desk_on(log)
    walk = ended(desk)
    draft = draft_of(walk)
    draft.fill("ticket.case", "C-7")
    draft.next_locale()
    draft.write("Hola.\nNo.")
    draft.begin("Hola.\nNo, y")
    walk = resumed(desk, walk)
    again = draft_of(walk)
    assert (again.locale, again.text, again.edited) == ("es", "Hola.\nNo.", True)
    assert again.value("ticket.case") == "C-7"
    assert again.begun == "Hola.\nNo, y"
    again.drop()
    assert again.begun == "Hola.\nNo."


def test_ticks_and_begun_notes_outlast_a_break(log: LocalLog) -> None:
    desk = desk_on(log)
    walk = ended(desk)
    label, *_ = todo(outcome_of(walk))
    checklist_of(walk).tick(label)
    begun_of(walk).remember("note", "", "called th")
    again = resumed(desk, walk)
    assert checklist_of(again).is_done(label)
    assert begun_of(again).text("note", "") == "called th"
    begun_of(again).remember("note", "", "")
    checklist_of(again).tick(label)
    assert again.beside == {}


def test_it_lies_with_the_ticket_and_never_among_the_events(log: LocalLog, tmp_path: Path) -> None:
    walk = ended(desk_on(log))
    draft_of(walk).write("SECRET")
    holding = [
        path for path in tmp_path.rglob("*") if path.is_file() and b"SECRET" in path.read_bytes()
    ]
    [private] = holding
    assert private.stat().st_mode & 0o777 == 0o600
    assert orjson.loads(private.read_bytes())["ticket"] == {"id": "T-1"}
    assert walk.finish(draft_of(walk).applied) is None
    assert not private.exists()
    assert walk.keep({"reply": []}) is not None


def test_what_is_damaged_is_left_out(log: LocalLog) -> None:
    desk = desk_on(log)
    walk = ended(desk)
    broken = {"reply-edits": [["a"], 7, ["refused", "en", "Mine", "x"]], "ticks": {"a": 1}}
    assert walk.keep({**broken, "reply-typed": "no", "reply-locale": [["xx"]]}) is None
    again = resumed(desk, walk)
    assert (draft_of(again).text, draft_of(again).locale) == ("Mine", "en")
    assert draft_of(again).outdated
    assert not checklist_of(again).is_done(todo(outcome_of(again))[0])


def test_a_full_disk_says_so_and_loses_nothing(
    log: LocalLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = ended(desk_on(log))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sopguide.log.files.SystemDisk.write", full)
    draft_of(walk).write("Mine")
    assert draft_of(walk).text == "Mine"
    assert "No space left on device" in str(walk.keep({"reply": []}))
