"""What is damaged is told with its place, all else is served, and repair keeps the original."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import LogError
from sopguide.log.local import LocalLog
from sopguide.log.remarks import NOTE, Remark
from tests.log.making import (
    FORM_HASH,
    NOON,
    answered,
    begin,
    begun,
    complete,
    done_journals,
    ended,
    journals,
    walk_id,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.setting_aside import Kept

REMARK = Remark(
    walk_id(50), walk_id(1), NOTE, None, "reach", "account/hacked", "account/hacked", "3.1.0", "",
    "owner", "ann", "in-house", "live", NOON, "asked for the receipt",
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two finished walks, one in progress, a remark and a key."""
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
        complete(log, walk_id(2), day=1)
    with LocalLog(tmp_path) as log:
        begin(log, walk_id(3)).release()
        log.remarks.keep(REMARK)
        log.ticket_hash("T-1")
    return tmp_path


def done_journal(data: Path) -> Path:
    [path] = done_journals(data)
    return path


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def spoil_a_line(path: Path) -> None:
    all_lines = lines(path)
    all_lines[3] = b'{"v": 2, "damaged\n'
    path.write_bytes(b"".join(all_lines))


DAMAGES: dict[str, tuple[Callable[[Path], Path], Callable[[Path], object], str]] = {
    "journal": (done_journal, spoil_a_line, "journal"),
    "journal-in-progress": (
        lambda data: journals(data)[0],
        lambda path: path.write_bytes(b"\xff\n" + path.read_bytes()),
        "journal",
    ),
    "walks": (
        lambda data: data / "walks/2026-11/22-001.json",
        lambda path: path.write_bytes(path.read_bytes()[:300]),
        "walks",
    ),
    "form": (lambda data: data / f"forms/{FORM_HASH}.json", cut, "form"),
    "remark": (lambda data: data / f"remarks/2026-11/{REMARK.id}.json", cut, "remark"),
    "ticket": (
        lambda data: data / f"open/{walk_id(3)}.json",
        lambda path: path.write_bytes(b'{"ticket"'),
        "ticket",
    ),
    "key": (lambda data: data / "ticket.key", lambda path: path.write_bytes(b"short"), "key"),
}


@pytest.fixture(params=DAMAGES)
def damaged(request: pytest.FixtureRequest, data: Path) -> tuple[Path, str]:
    find, damage, kind = DAMAGES[request.param]
    path = find(data)
    damage(path)
    return path, kind


def test_damage_is_told_with_its_place_and_the_rest_is_served(
    data: Path, damaged: tuple[Path, str]
) -> None:
    path, kind = damaged
    log = LocalLog(data)
    [broken] = log.inspect()
    assert (broken.path, broken.kind) == (path, kind)
    assert all(damage.cause and damage.file == str(path) for damage in broken.damages)
    served = {walk.walk for walk in log.walks()}
    assert served == {walk_id(2), walk_id(3)} | ({walk_id(1)} if kind != "walks" else set())
    assert [found.walk for found in log.unfinished()] == [walk_id(3)]


def test_repair_keeps_the_original_with_a_note_and_leaves_nothing_damaged(
    data: Path, damaged: tuple[Path, str]
) -> None:
    path, _ = damaged
    before = path.read_bytes()
    log = LocalLog(data)
    [broken] = log.inspect()
    [kept] = log.repair([broken])
    assert kept.file == path
    assert kept.at == data / "damaged" / path.relative_to(data)
    assert kept.at.read_bytes() == before
    note = kept.at.with_name(f"{kept.at.name}.note.txt").read_text()
    assert str(path) in note
    assert all(str(damage) in note for damage in broken.damages)
    assert all(lost in note for lost in kept.lost or ("nothing",))
    modes = {each.stat().st_mode & 0o777 for each in (data / "damaged").rglob("*")}
    assert modes <= {0o700, 0o600}
    again = LocalLog(data)
    assert again.inspect() == []
    assert {walk.walk for walk in again.walks()} == {walk_id(1), walk_id(2), walk_id(3)}
    assert again.damages() == []
    assert [found.walk for found in again.unfinished()] == [walk_id(3)]


def repair_all(data: Path) -> list[Kept]:
    log = LocalLog(data)
    return log.repair(log.inspect())


def test_a_repaired_journal_has_its_other_lines_byte_for_byte(data: Path) -> None:
    path = done_journal(data)
    good = lines(path)
    spoil_a_line(path)
    [kept] = repair_all(data)
    assert lines(path) == good[:3] + good[4:]
    assert kept.lost == ("line 4, 17 bytes",)


def test_answers_stay_what_they_were_when_a_journal_lost_lines_and_is_repaired(data: Path) -> None:
    before = list(LocalLog(data).walks())
    path = done_journal(data)
    for change in (spoil_a_line, cut):
        change(path)
        repair_all(data)
        log = LocalLog(data)
        log.rebuild()
        assert list(log.walks()) == before


def test_a_compacted_journal_is_repaired_as_far_as_it_decompresses(data: Path) -> None:
    whole = lines(done_journal(data))
    LocalLog(data).compact()
    path = done_journal(data)
    packed = path.read_bytes()
    path.write_bytes(packed[: len(packed) * 2 // 3])
    [broken] = LocalLog(data).inspect()
    assert "no whole gzip file" in str(broken.damages[0])
    [kept] = repair_all(data)
    left = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    assert 0 < len(left) < len(whole)
    assert left == whole[: len(left)]
    assert "cannot be decompressed" in kept.lost[-1]
    assert LocalLog(data).inspect() == []


def test_a_journal_that_cannot_be_read_at_all_is_set_aside(data: Path) -> None:
    path = done_journal(data)
    path.unlink()
    path.with_name(f"{path.name}.gz").write_bytes(b"no gzip")
    [kept] = repair_all(data)
    assert kept.lost == ("what came after: it cannot be decompressed",)
    assert {walk.walk for walk in LocalLog(data).walks()} == {walk_id(1), walk_id(2), walk_id(3)}


def test_what_a_running_process_has_is_left_to_it(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id(1))
    [path] = journals(tmp_path)
    with path.open("ab") as journal:
        journal.write(b"damaged\n")
    other = LocalLog(tmp_path)
    assert other.inspect() == []
    recorder.release()
    log.close()
    broken = other.inspect()
    assert [each.path for each in broken] == [path]
    reopened = other.reopen(walk_id(1))
    kept = other.repair(broken)
    assert [each.file for each in kept] == [path]
    reopened.append(answered("reach", "no", "refuse"))
    reopened.close(ended())
    assert [record["seq"] for record in other.walk(walk_id(1))] == list(range(7))


def test_a_ticket_is_not_repaired_while_its_walk_is_walked(data: Path) -> None:
    path = data / f"open/{walk_id(3)}.json"
    path.write_bytes(b"[]")
    log = LocalLog(data)
    recorder = log.reopen(walk_id(3))
    other = LocalLog(data)
    broken = other.inspect()
    assert other.repair(broken) == []
    recorder.release()
    assert [kept.file for kept in other.repair(broken)] == [path]


def test_a_file_of_walks_cut_anywhere_gives_every_walk_that_is_whole(tmp_path: Path) -> None:
    """Even where no journal has them any more."""
    with LocalLog(tmp_path) as log:
        for number in range(4):
            complete(log, walk_id(number))
    for path in done_journals(tmp_path):
        path.unlink()
    [path] = (tmp_path / "walks").rglob("*.json")
    whole = path.read_bytes()
    ends = [whole.index(walk_id(number).encode()) for number in range(4)]
    for size in (*ends, ends[1] + 30, len(whole) - 1):
        path.write_bytes(whole[:size])
        log = LocalLog(tmp_path)
        served = [walk.walk for walk in log.walks()]
        complete_walks = [walk_id(number) for number in range(4) if _is_whole(whole, size, number)]
        assert served == complete_walks
        assert [damage.file for damage in log.damages()] == [str(path)]
    [kept] = repair_all(tmp_path)
    assert kept.lost == ()
    assert [walk.walk for walk in LocalLog(tmp_path).walks()] == [walk_id(n) for n in range(4)]


def _is_whole(whole: bytes, size: int, number: int) -> bool:
    after = whole.find(b',"%d":{"walk"' % (number + 2))
    end = after if after > 0 else whole.index(b'},"written"')
    return end <= size


def test_a_walk_that_is_lost_for_good_is_named(data: Path) -> None:
    done_journal(data).unlink()
    path = data / "walks/2026-11/22-001.json"
    path.write_bytes(path.read_bytes()[:300])
    [kept] = repair_all(data)
    assert kept.lost == (f"walk {walk_id(1)}, which is in no journal",)
    note = kept.at.with_name(f"{kept.at.name}.note.txt").read_text()
    assert walk_id(1) in note


def test_damage_done_twice_is_kept_twice(data: Path) -> None:
    path = data / f"remarks/2026-11/{REMARK.id}.json"
    for content in (b"first", b"second"):
        path.write_bytes(content)
        repair_all(data)
    kept = sorted((data / "damaged" / "remarks" / "2026-11").glob("*.json*"))
    contents = [each.read_bytes() for each in kept if each.suffix != ".txt"]
    assert contents == [b"first", b"second"]
    assert len(kept) == 4


def test_a_damaged_key_stops_only_what_needs_it_and_a_new_one_is_made_after_repair(
    data: Path,
) -> None:
    name = LocalLog(data).ticket_hash("T-1")
    (data / "ticket.key").write_bytes(b"short")
    log = LocalLog(data)
    with pytest.raises(LogError, match="damaged"):
        log.ticket_hash("T-1")
    assert len(list(log.walks())) == 3
    [kept] = repair_all(data)
    assert "not found by their id" in kept.lost[0]
    assert LocalLog(data).ticket_hash("T-1") != name


def test_nothing_is_repaired_where_nothing_is_damaged(data: Path) -> None:
    everything = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert repair_all(data) == []
    after = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert after == everything


def test_a_step_that_was_cut_off_while_it_was_written_is_no_damage(data: Path) -> None:
    [path] = journals(data)
    with path.open("ab") as journal:
        journal.write(b'{"v":2,"id":')
    log = LocalLog(data)
    assert log.inspect() == []
    log.unfinished()
    assert [damage.harmless for damage in log.damages()] == [True]


def test_a_walk_goes_on_after_its_journal_was_repaired(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        recorder = begin(log, walk_id(1))
        recorder.append(answered("reach", "no", "refuse"))
        recorder.release()
    [path] = journals(tmp_path)
    path.write_bytes(b"damaged\n" + path.read_bytes())
    repair_all(tmp_path)
    with LocalLog(tmp_path) as log:
        recorder = log.reopen(walk_id(1))
        recorder.append(begun()[1:])
        recorder.close(ended())
    assert journals(tmp_path) == []
    assert len(LocalLog(tmp_path).walk(walk_id(1))) == 8
