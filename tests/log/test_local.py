"""The log of one machine: the promises of every log, and what lies in its folder."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import LogError, NoSuchWalkError
from sopguide.log.local import LocalLog
from sopguide.log.store import Store
from sopguide.log.wanted import Wanted
from sopguide.walk.events import Event
from tests.log.contract import PathLogContract
from tests.log.making import (
    FORM,
    FORM_HASH,
    HEADER,
    answered,
    at,
    begin,
    begun,
    complete,
    completed,
    done_journals,
    ended,
    journals,
    walk_id,
)

if TYPE_CHECKING:
    from pathlib import Path


class TestLocalLog(PathLogContract):
    def open(self, data: Path) -> LocalLog:
        return LocalLog(data)


def test_nobody_else_may_read_anything(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with LocalLog(data) as log:
        log.ticket_hash("T-1")
        complete(log, walk_id(1))
        begin(log, walk_id(2))
        modes = {path: path.stat().st_mode & 0o777 for path in (data, *data.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert sum(path.is_file() for path in modes) > 5


def test_takes_back_rights_that_were_given_away(tmp_path: Path) -> None:
    data = tmp_path / "data"
    LocalLog(data).ticket_hash("T-1")
    for path in (data, data / "open"):
        path.chmod(0o755)
    (data / "ticket.key").chmod(0o644)
    LocalLog(data)
    assert {path.stat().st_mode & 0o777 for path in (data, data / "open")} == {0o700}
    assert (data / "ticket.key").stat().st_mode & 0o777 == 0o600


def test_what_the_ticket_says_is_gone_when_the_walk_has_ended(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    kept = tmp_path / "open" / f"{walk_id()}.json"
    assert b"cant get in!!" in kept.read_bytes()
    recorder.close(ended())
    assert not kept.exists()
    texts = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"cant get in" in text or b"T-1" in text for text in texts)


def test_decimals_keep_every_digit(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    amounts = [Decimal("0.10"), Decimal("12345678901234567890.123456789"), Decimal(3), 7]
    recorder = begin(log, walk_id())
    recorder.close([Event("step.answered", {"amount": amounts}, at()), *ended()])
    for read in (log.walk(walk_id()), next(iter(log.walks())).records()):
        [found] = [record["data"]["amount"] for record in read if "amount" in record["data"]]
        assert found == amounts
        assert str(found[0]) == "0.10"


def test_closing_puts_finished_journals_away(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id())
        assert len(journals(tmp_path)) == 1
    assert journals(tmp_path) == []
    assert len(done_journals(tmp_path)) == 1
    assert [path.name for path in (tmp_path / "locks").iterdir()] == ["walks.lock"]


def test_a_journal_stays_while_one_of_its_walks_is_unfinished(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
        begin(log, walk_id(2)).release()
    assert len(journals(tmp_path)) == 1
    with LocalLog(tmp_path) as log:
        log.reopen(walk_id(2)).close(ended())
    assert journals(tmp_path) == []


def test_journals_that_share_a_walk_are_put_away_together(tmp_path: Path) -> None:
    first = LocalLog(tmp_path)
    begin(first, walk_id()).release()
    with LocalLog(tmp_path) as second:
        second.reopen(walk_id()).close(ended())
    assert len(journals(tmp_path)) == 2  # the first process is still running
    assert second.unfinished() == []
    first.close()
    assert journals(tmp_path) == []


def test_finding_unfinished_walks_puts_old_journals_away_without_reading_them_again(
    tmp_path: Path,
) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id())
    log._journal.close()  # type: ignore[union-attr]  # as if its process had died
    assert LocalLog(tmp_path).unfinished() == []
    assert journals(tmp_path) == []
    assert LocalLog(tmp_path).rebuild() == 1


def test_a_long_running_process_begins_a_new_journal_now_and_then(tmp_path: Path) -> None:
    with LocalLog(tmp_path, rotate=1300) as log:
        begun_long_ago = begin(log, walk_id(0))
        for number in range(1, 4):
            complete(log, walk_id(number))
        assert len(journals(tmp_path)) == 3
        begun_long_ago.close(ended())
        assert len(list(log.walks())) == 4
    assert journals(tmp_path) == []


def test_what_was_kept_for_a_walk_that_never_began_is_removed(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = log.begin(walk_id(), HEADER, FORM, {"ticket": "T-1"})
    kept = tmp_path / "open" / f"{walk_id()}.json"
    log.unfinished()
    assert kept.exists()  # it may still begin
    recorder.release()
    assert LocalLog(tmp_path).unfinished() == []
    assert not kept.exists()


def test_what_a_killed_process_was_about_to_keep_is_removed(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id(1))
    held = tmp_path / "open" / f".{walk_id(1)}.json.77.new"
    left = tmp_path / "open" / f".{walk_id(2)}.json.77.new"
    for path in (held, left):
        path.write_bytes(b'{"body": "cant')
    log.unfinished()
    assert held.exists()
    assert not left.exists()
    recorder.release()
    log.unfinished()
    assert not held.exists()


@pytest.mark.parametrize("place", ["", "forms", "remarks/2026-11"])
def test_what_a_killed_process_was_writing_is_removed_when_it_is_surely_gone(
    tmp_path: Path, place: str
) -> None:
    completed(tmp_path, 1)
    (tmp_path / place).mkdir(exist_ok=True)
    old, new = (tmp_path / place / f".a.json.{number}.new" for number in (1, 2))
    for path in (old, new):
        path.write_bytes(b"what the customer")
    os.utime(old, (1, 1))
    LocalLog(tmp_path).close()
    assert not old.exists()
    assert new.exists()


def test_an_unfinished_walk_is_offered_though_its_ticket_was_lost(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    begin(log, walk_id(1)).release()
    begin(log, walk_id(2)).release()
    begin(log, walk_id(3)).release()
    (tmp_path / "open" / f"{walk_id(1)}.json").unlink()
    (tmp_path / "open" / f"{walk_id(2)}.json").write_bytes(b'{"ticket": ')
    (tmp_path / "open" / f"{walk_id(3)}.json").write_bytes(b"[]")
    assert [walk.private for walk in log.unfinished()] == [{}, {}, {}]
    log.reopen(walk_id(1)).close(ended())
    assert len(log.unfinished()) == 2


def test_a_walk_that_could_not_be_folded_is_folded_later(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    (tmp_path / "walks" / "2026-11").write_text("in the way")
    recorder.close(ended())
    [damage] = log.damages()
    assert "walks" in str(damage)
    kept = tmp_path / "open" / f"{walk_id()}.json"
    assert kept.read_bytes() == b""  # what the ticket said is gone all the same
    assert len(log.walk(walk_id())) == 5
    (tmp_path / "walks" / "2026-11").unlink()
    assert [walk.walk for walk in log.walks()] == [walk_id()]
    assert not kept.exists()
    assert log.unfinished() == []


def test_walks_that_cannot_be_folded_are_listed_and_told_of(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    recorder = begin(log, walk_id(2))
    month = tmp_path / "walks" / "2026-11"
    month.rename(tmp_path / "aside")
    month.write_text("in the way")
    recorder.close(ended())
    log.damages()
    assert [walk.walk for walk in log.walks()] == [walk_id(2)]
    assert "walks" in str(log.damages()[0])
    assert list(log.walks(Wanted(unfinished=True))) == []
    month.unlink()
    (tmp_path / "aside").rename(month)
    assert {walk.walk for walk in log.walks()} == {walk_id(1), walk_id(2)}


def test_a_walk_that_is_folded_already_is_listed_once_though_its_sign_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id())
    (tmp_path / "open" / f"{walk_id()}.json").write_bytes(b"")

    def refuse(*_: object, **__: object) -> None:
        raise LogError("cannot write")

    monkeypatch.setattr(Store, "fold", refuse)
    assert [walk.walk for walk in log.walks()] == [walk_id()]


def test_a_fold_that_was_cut_short_is_not_made_twice(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    complete(log, walk_id(2))
    before = list(log.walks())
    (tmp_path / "open" / f"{walk_id(1)}.json").write_bytes(b"{}")  # killed before it was removed
    log.close()
    again = LocalLog(tmp_path)
    assert list(again.walks()) == before
    assert sum(path.read_bytes().count(b'"status"') for path in tmp_path.rglob("22-*.json")) == 2


def test_leaves_a_walk_to_the_process_that_is_folding_it(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    recorder.append(ended())
    assert list(LocalLog(tmp_path).walks()) == []
    assert (tmp_path / "open" / f"{walk_id()}.json").exists()


def test_a_damaged_form_is_reported_and_made_good_by_the_next_walk(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    (tmp_path / "forms" / f"{FORM_HASH}.json").write_bytes(FORM.replace(b"1", b"2"))
    with pytest.raises(LogError, match="damaged"):
        log.form(FORM_HASH)
    complete(log, walk_id(2))
    assert log.form(FORM_HASH) == FORM
    with pytest.raises(LogError, match="cannot read"):
        log.form("0" * 64)


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LogError, match="cannot make the folder"):
        LocalLog(tmp_path / "file" / "data")


def test_a_step_after_closing_the_log_is_not_acknowledged(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    log.close()
    with pytest.raises(LogError):
        recorder.append(answered("reach", "no", "refuse"))
    recorder.release()
    assert len(LocalLog(tmp_path).walk(walk_id())) == 2


def test_a_walk_with_a_hole_is_shown_but_not_offered(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    recorder.append(answered("reach", "no", "refuse"))
    recorder.release()
    log.close()
    [journal] = journals(tmp_path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"{damaged\n" + b"".join(lines[2:]))
    log = LocalLog(tmp_path)
    assert log.unfinished() == []
    assert [record["seq"] for record in log.walk(walk_id())] == [0, 2, 3]
    [walk] = log.walks()
    assert len(walk.events) == 3
    found = {str(damage) for damage in log.damages()}
    assert any(f"{journal}:2: cannot be read" in text for text in found)
    assert any("event 1 is missing" in text for text in found)
    assert journals(tmp_path) == [journal]


def test_a_walk_known_only_as_a_document_survives_a_rebuild(tmp_path: Path) -> None:
    completed(tmp_path, 1)
    for path in done_journals(tmp_path):
        path.unlink()
    log = LocalLog(tmp_path)
    complete(log, walk_id(2))
    before = list(log.walks())
    assert log.rebuild() == 2
    assert list(log.walks()) == before
    assert len(log.walk(walk_id(1))) == 7


def test_a_rebuild_brings_back_walks_whose_file_was_deleted_or_damaged(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    complete(log, walk_id(2), day=1)
    before = list(log.walks())
    (tmp_path / "walks/2026-11/22-001.json").unlink()
    (tmp_path / "walks/2026-11/23-001.json").write_bytes(b'{"walks": {"1": {"walk"')
    assert list(log.walks()) == []
    with pytest.raises(NoSuchWalkError):
        log.walk("nothing")
    log.damages()
    (tmp_path / "walks/2026-11/.22-001.json.77.new").write_bytes(b"{")
    log.rebuild()
    [damage] = log.damages()
    assert damage.file.endswith("23-001.json")
    assert not (tmp_path / "walks/2026-11/.22-001.json.77.new").exists()
    assert list(log.walks()) == before
    assert (tmp_path / "damaged/walks/2026-11/23-001.json").exists()
    assert log.damages() == []


def test_a_walk_with_a_hole_is_rebuilt_as_far_as_it_is_known(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id())
    [journal] = done_journals(tmp_path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:3] + lines[4:]))
    log = LocalLog(tmp_path)
    log.rebuild()
    [walk] = log.walks()
    assert len(walk.events) == 7  # its document still had what the journal lost
    log.damages()
    for path in (tmp_path / "walks").rglob("*.json"):
        path.unlink()
    log.rebuild()
    assert [str(damage).partition(": ")[2] for damage in log.damages()] == [
        f"walk {walk_id()}: event 3 is missing"
    ]
    [walk] = log.walks()
    assert len(walk.events) == 6


def test_begun_events_are_a_step_of_their_own(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = log.begin(walk_id(), HEADER, FORM)
    assert recorder.seq == 0
    recorder.append(begun())
    assert recorder.seq == 2
    assert log.unfinished() == []
