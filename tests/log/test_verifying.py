"""What verifying says of a log: the first line that does not hold, and why; and what is harmless."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest

from sopguide.log.acts import ERASED, EXPIRED, REPAIRED, record_act
from sopguide.log.chain import anchor
from sopguide.log.checking import check
from sopguide.log.folder import DataFolder
from sopguide.log.gathering import look_at_journal
from sopguide.log.heads import Head, heads
from sopguide.log.jsontext import dumps, loads
from sopguide.log.local import LocalLog
from sopguide.log.parts import without
from sopguide.log.sealed import sealed
from sopguide.log.steps import name_of
from sopguide.log.verifying import verify
from tests.log.making import (
    FORM_HASH,
    HEADER,
    NOON,
    answered,
    begin,
    complete,
    completed,
    done_journals,
    ended,
    walk_id,
)
from tests.log.mutating import bared, journals_of, lines_of, put, sealed_again

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.verifying import Verified


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One journal, put away: two finished walks of seven records each."""
    completed(tmp_path, 1, 2)
    return tmp_path


def journal_of(data: Path) -> Path:
    [path] = journals_of(data)
    return path


def verified(data: Path, known: list[Head] | None = None) -> Verified:
    return verify(DataFolder(data), known or [])


def first(data: Path, known: list[Head] | None = None) -> str:
    """The first thing that is wrong in a journal, with its line."""
    damages = [each for each in verified(data, known).damages if not each.harmless]
    found: Damage = next(damage for damage in damages if ".jsonl" in damage.file)
    return f"{found.line}: {found.cause}"


def change(data: Path, by: Callable[[list[bytes]], list[bytes]]) -> None:
    put(journal_of(data), by(lines_of(journal_of(data))))


def test_a_log_that_nobody_changed_holds(data: Path) -> None:
    found = verified(data, heads(DataFolder(data)))
    assert found.sound
    assert (found.journals, found.records, found.walks, found.unproved) == (1, 14, 2, 0)


def test_nothing_in_the_log_is_changed_by_looking(data: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    verify(DataFolder(data, make=False), heads(DataFolder(data, make=False)))
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def edited(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[3].replace(b'"refuse"', b'"accept"'), *lines[4:]]


def test_an_edited_record_is_named(data: Path) -> None:
    change(data, edited)
    assert first(data) == "4: was edited"


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (lambda lines: [*lines[:3], *lines[5:]], "4: records before it are missing"),
        (lambda lines: lines[1:], "1: was edited, or is not what the journal "),
        (
            lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
            "3: does not belong here: line 4",
        ),
        (lambda lines: [*lines[:5], lines[1], *lines[5:]], "6: is there twice"),
        (lambda lines: [*lines[:5], b"\xff", *lines[6:]], "6: cannot be read: "),
        (
            lambda lines: [*lines[:5], dumps({**bared(lines[5]), "v": 1}), *lines[6:]],
            "6: is not sealed, though the journal is",
        ),
        (
            lambda lines: [*lines[:5], dumps(bared(lines[5])), *lines[6:]],
            "6: is not sealed, though the journal is",
        ),
        (
            lambda lines: [lines[0].replace(b'{"v":2,', b'{"v":2,"agent":"bob",'), *lines[1:]],
            "1: says a field twice",
        ),
        (
            lambda lines: [*lines[:4], lines[4][:-66] + b"0" * 64 + b'"}', *lines[5:]],
            "5: has an edited `chain`",
        ),
        (
            lambda lines: [dumps({**loads(lines[0]), "kept": {}}), *lines[1:]],
            "1: bears no whole seal",
        ),
    ],
    ids=["gap", "begin", "swap", "twice", "broken", "v1", "bare", "field", "chain", "kept"],
)
def test_the_first_line_that_does_not_hold_is_named_with_its_cause(
    data: Path, by: Callable[[list[bytes]], list[bytes]], said: str
) -> None:
    change(data, by)
    assert first(data).startswith(said)


def test_a_journal_that_was_made_anew_is_named_from_the_last_head_that_fits(data: Path) -> None:
    path = journal_of(data)
    lines = lines_of(path)
    known = [
        Head(name_of(path), count, loads(lines[count - 1])["chain"], NOON) for count in (2, 9, 14)
    ]
    salts = iter([bytes.fromhex(loads(line)["salt"]) for line in lines])
    put(path, sealed_again(name_of(path), edited(lines), lambda _: next(salts)))
    said = "what follows line 2 was made anew: up to line 9 it differs from 2026-11-22"
    assert first(data, known) == f"3: {said}"


def test_a_journal_that_is_cut_short_of_its_head_is_named(data: Path) -> None:
    known = heads(DataFolder(data))
    change(data, lambda lines: lines[:7])
    assert first(data, known).startswith(
        "8: the journal is cut short: 7 records are there, 14 were"
    )


def test_a_journal_that_is_gone_is_named(data: Path) -> None:
    known = heads(DataFolder(data))
    journal_of(data).unlink()
    assert first(data, known) == "None: the journal is gone"


def test_what_no_head_covers_yet_is_counted(data: Path) -> None:
    known = heads(DataFolder(data))
    completed(data, 3)
    found = verified(data, known)
    assert (found.sound, found.unproved) == (True, 7)


def test_the_end_of_a_step_that_a_crash_left_is_harmless(data: Path) -> None:
    with LocalLog(data) as log:
        begin(log, walk_id(3)).release()
    known = heads(DataFolder(data))
    path = max(journals_of(data), key=lambda path: path.stat().st_mtime_ns)
    sound = path.read_bytes()
    with LocalLog(data) as log:
        recorder = log.reopen(walk_id(3))
        recorder.append(answered("reach", "no", "refuse"))
        recorder.release()
    [after] = set(journals_of(data)) - {path, *done_journals(data)}
    content = after.read_bytes()
    for cut in (1, len(content) // 2, len(content) - 1):
        after.write_bytes(content[:cut])
        found = verified(data, known)
        assert found.sound
        [damage] = found.damages
        assert "never acknowledged" in damage.cause
        assert damage.harmless
    after.write_bytes(b"\0" * 300 + content[300:])
    assert verified(data, known).sound
    assert path.read_bytes() == sound


def test_a_torn_step_that_was_edited_is_no_crash(data: Path) -> None:
    with LocalLog(data) as log:
        begin(log, walk_id(3)).release()
    [path] = (data / "journals").glob("*.jsonl")
    one, _ = lines_of(path)
    path.write_bytes(one.replace(b'"DE"', b'"FR"').replace(b'"ann"', b'"bob"') + b"\n")
    assert first(data).startswith("1: was edited")


def test_what_a_process_is_just_writing_is_harmless(data: Path) -> None:
    log = LocalLog(data)
    begin(log, walk_id(3))
    [path] = (data / "journals").glob("*.jsonl")
    with path.open("ab") as journal:
        journal.write(b'{"v":2,"id":')
    found = verified(data)
    assert found.sound
    assert found.records == 16


def test_after_a_crash_a_new_process_goes_on_in_a_journal_of_its_own(data: Path) -> None:
    log = LocalLog(data)
    begin(log, walk_id(3))._let_go(forget=False)
    assert log._journal is not None
    log._journal.close()
    [left] = (data / "journals").glob("*.jsonl")
    left.write_bytes(left.read_bytes()[:-1])  # its last record was never acknowledged
    known = heads(DataFolder(data))
    assert {head.journal: head.records for head in known}.get(left.stem, 0) == 0
    with LocalLog(data) as again:
        complete(again, walk_id(4))
    found = verified(data, known)
    assert (found.sound, found.journals) == (True, 3)


def test_a_compacted_journal_is_verified_as_it_was(data: Path) -> None:
    known = heads(DataFolder(data))
    path = journal_of(data)
    small = path.with_name(f"{path.name}.gz")
    small.write_bytes(gzip.compress(path.read_bytes()))
    assert verified(data, known).sound  # a crash left both
    path.unlink()
    assert verified(data, known).sound
    content = small.read_bytes()
    small.write_bytes(content[: len(content) // 2])
    assert "gzip" in first(data, known)


def test_records_of_schema_1_are_counted_and_served(data: Path) -> None:
    change(data, lambda lines: [dumps({**bared(line), "v": 1}) for line in lines])
    with LocalLog(data) as log:
        log.rebuild()
    found = verified(data)
    assert (found.sound, found.unsealed, found.records, found.walks) == (True, 14, 0, 2)
    known = [Head(journal_of(data).stem, 14, "ab" * 32, NOON)]
    assert first(data, known) == "1: is not sealed, though a head was kept of it on 2026-11-22"


def test_what_was_erased_leaves_the_chain_whole(data: Path) -> None:
    known = heads(DataFolder(data))
    change(data, lambda lines: [dumps(without(loads(line), {"agent", "ticket"})) for line in lines])
    with LocalLog(data) as log:
        log.rebuild()
    [damage] = verified(data, known).damages
    assert damage.cause == "records lost a part (14), and no act tells of an erasure"
    record_act(DataFolder(data), ERASED, {})
    found = verified(data, known)
    assert (found.sound, found.taken_out, found.damages) == (True, 14, [])


def test_of_an_expired_journal_the_anchor_is_enough(data: Path) -> None:
    known = heads(DataFolder(data))
    path = journal_of(data)
    checked = check(path.stem, path.read_bytes())
    path.write_bytes(anchor(path.stem, checked.records, checked.chain, NOON))
    for told in DataFolder(data).walks.rglob("*.json"):
        told.unlink()
    [damage] = verified(data, known).damages
    assert damage.cause == "journals expired (1), and no act tells of it"
    assert heads(DataFolder(data))[0][:3] == known[0][:3]
    record_act(DataFolder(data), EXPIRED, {})
    found = verified(data, known)
    assert (found.sound, found.expired, found.records, found.journals) == (True, 1, 1, 2)


@pytest.mark.parametrize(
    ("records", "name", "said"),
    [
        (13, None, "14: the journal is cut short"),
        (15, None, "1: expired with 15 records, of which only 14 are proved"),
        (14, None, "1: the journal was made anew"),
        (14, "another", "1: is what is left of another journal, another"),
    ],
)
def test_a_false_anchor_is_found(data: Path, records: int, name: str | None, said: str) -> None:
    known = heads(DataFolder(data))
    path = journal_of(data)
    path.write_bytes(anchor(name or path.stem, records, "ab" * 32, NOON))
    assert first(data, known).startswith(said)


def test_nothing_may_follow_an_anchor(data: Path) -> None:
    path = journal_of(data)
    line = lines_of(path)[0]
    put(path, [anchor(path.stem, 14, "ab" * 32, NOON).strip(), line])
    assert first(data).startswith("2: more follows")


def test_a_finished_walk_that_nobody_recorded_is_found(data: Path) -> None:
    [file] = data.glob("walks/*/*.json")
    tables = json.loads(file.read_bytes())
    made_up = json.loads(json.dumps(tables["walks"]["1"]).replace(walk_id(1), walk_id(9)))
    file.write_text(json.dumps({"walks": {**tables["walks"], "3": made_up}}))
    [damage] = verified(data).damages
    assert damage.cause == f"walk {walk_id(9)} is in no journal"


def test_a_finished_walk_that_was_taken_away_is_found(data: Path) -> None:
    [file] = data.glob("walks/*/*.json")
    tables = json.loads(file.read_bytes())
    del tables["walks"]["2"]
    file.write_text(json.dumps({"walks": tables["walks"]}))
    [damage] = verified(data).damages
    assert f"walk {walk_id(2)} has ended and is missing" in damage.cause


def test_a_walk_that_ended_and_is_not_folded_yet_is_in_order(data: Path) -> None:
    log = LocalLog(data)
    recorder = begin(log, walk_id(3))
    recorder.append(ended(60))  # its process was killed before it could fold the walk
    found = verified(data)
    assert (found.sound, found.damages, found.walks) == (True, [], 2)


def test_a_walk_over_several_journals_is_put_together(data: Path) -> None:
    with LocalLog(data) as log:
        begin(log, walk_id(3)).release()
    with LocalLog(data) as log:
        log.reopen(walk_id(3)).close(ended(60))
    found = verified(data)
    assert (found.sound, found.walks, found.journals) == (True, 3, 3)
    [start] = [path for path in journals_of(data) if len(lines_of(path)) == 2]
    start.unlink()
    assert any("events 0 to 1 are missing" in each.cause for each in verified(data).damages)


def test_a_journal_that_is_put_away_meanwhile_is_looked_at_where_it_is_then(data: Path) -> None:
    path = journal_of(data)
    assert path.parent.name == "done"
    listed = path.parents[1] / path.name
    looked = look_at_journal(str(listed), heads(DataFolder(data)))
    assert looked.damages == []
    assert len(looked.finished) == 2
    path.unlink()
    [damage] = look_at_journal(str(listed), []).damages
    assert damage.cause == "cannot be read: No such file or directory"


def test_a_changed_compiled_form_is_found(data: Path) -> None:
    form = data / "forms" / f"{FORM_HASH}.json"
    form.write_bytes(form.read_bytes().replace(b"hacked", b"hocked"))
    [damage] = verified(data).damages
    assert (damage.file, damage.cause) == (
        str(form),
        "is not the compiled form that its name says",
    )


def test_several_processes_find_the_same(data: Path) -> None:
    known = heads(DataFolder(data))
    with LocalLog(data) as log:
        complete(log, walk_id(3), HEADER._replace(agent="bob"))
    one, *_ = done_journals(data)
    put(one, edited(lines_of(one)))
    heard: list[tuple[int, int]] = []
    alone = verify(DataFolder(data), known, processes=1)
    both = verify(
        DataFolder(data),
        known,
        processes=2,
        progress=lambda done, whole: heard.append((done, whole)),
    )
    assert both == alone
    assert not both.sound
    assert heard[-1][0] == heard[-1][1] == max(heard)[0]


def test_a_compiled_form_that_walks_refer_to_and_that_is_gone_is_told(data: Path) -> None:
    form = DataFolder(data).form(FORM_HASH)
    form.unlink()
    [damage] = verified(data).damages
    assert str(damage) == f"{form}: is gone, and walks refer to it"


def test_a_walk_is_not_to_be_told_anew_from_a_journal_that_was_changed(data: Path) -> None:
    change(data, edited)
    told = [each.cause for each in verified(data).damages if "/walks/" in each.file]
    assert told == [f"walk {walk_id(1)} differs from its records"]


def test_a_line_longer_than_any_record_is_told_without_being_read(data: Path) -> None:
    change(data, lambda lines: [*lines, b'{"v":[' + b"0," * 6_000_000 + b"0]}"])
    assert first(data) == ("15: cannot be read: it is longer than any record (12,000,009 bytes)")


def test_an_anchor_of_fewer_records_than_none_is_no_anchor(data: Path) -> None:
    line = anchor(name_of(journal_of(data)), -5, "ab" * 32, 7)
    journal_of(data).write_bytes(line)
    assert first(data) == "1: cannot be read: the record has no right `id`"


def test_a_hole_that_a_repair_has_left_is_told_with_the_repair(data: Path) -> None:
    known = heads(DataFolder(data))
    change(data, lambda lines: [*lines[:2], b"damaged", *lines[3:]])
    with LocalLog(data) as log:
        log.repair(log.inspect())
    told = first(data, known)
    assert told.startswith("3: records before it are missing; it was repaired on 20")
    assert told.endswith(", see its note in damaged/")
    assert not verified(data, known).sound


def test_what_is_changed_in_a_journal_that_nobody_repaired_is_not_excused(data: Path) -> None:
    completed(data, 3)
    one, other = journals_of(data)
    put(one, [*lines_of(one)[:2], b"damaged", *lines_of(one)[3:]])
    with LocalLog(data) as log:
        log.repair(log.inspect())
    put(other, lines_of(other)[1:])
    told = {damage.file: damage.cause for damage in verified(data).damages}
    assert "repaired" in told[str(one)]
    assert "repaired" not in told[str(other)]


def test_an_act_that_names_no_file_explains_nothing(data: Path) -> None:
    record_act(DataFolder(data), REPAIRED, {"file": ["x"]})
    assert verified(data).sound


@pytest.mark.parametrize("wall", [-1, 99_999_999_999_999_999])
def test_a_record_of_no_day_is_told_and_keeps_nobody_from_the_rest(data: Path, wall: int) -> None:
    with LocalLog(data) as log:
        begin(log, walk_id(3))
    live = DataFolder(data).live_journals()[0]
    put(live, [re.sub(rb'"wall":\d+', b'"wall":%d' % wall, line) for line in lines_of(live)])
    damages = verified(data).damages
    assert str(damages[0]) == f"{live}:1: cannot be read: the record has no right `wall`"
    with LocalLog(data) as log:
        assert len(list(log.walks())) == 2


@pytest.mark.parametrize("wall", [-1, 99_999_999_999_999_999])
def test_a_finished_walk_of_no_day_is_told_and_keeps_nobody_from_the_rest(
    data: Path, wall: int
) -> None:
    [path] = (data / "walks").glob("*/*.json")
    tables = loads(path.read_bytes())
    tables["walks"]["1"].update(started=wall, last=wall)
    del tables["written"]
    path.write_bytes(dumps(tables))
    causes = [damage.cause for damage in verified(data).damages]
    assert any("no document of a walk" in cause for cause in causes)
    with LocalLog(data) as log:
        assert len(list(log.walks())) == 1


def test_a_finished_walk_of_no_day_whose_seal_was_forged_is_told(data: Path) -> None:
    [path] = (data / "walks").glob("*/*.json")
    tables = loads(path.read_bytes())
    tables["walks"]["1"].update(last=99_999_999_999_999_999)
    path.write_bytes(sealed(tables))
    causes = [damage.cause for damage in verified(data).damages]
    assert f"walk {walk_id(1)} ended on another day" in causes
