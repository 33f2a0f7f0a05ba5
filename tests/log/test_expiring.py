"""What is older than it may be kept goes by kind; all else stays, and chains hold."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.log.acts import act_journals, read_acts, record_act
from sopguide.log.chain import is_anchor
from sopguide.log.compacting import compact
from sopguide.log.due import due
from sopguide.log.expiring import expire
from sopguide.log.folder import DataFolder
from sopguide.log.heads import heads
from sopguide.log.jsontext import loads
from sopguide.log.local import LocalLog
from sopguide.log.remarks import Remarks
from sopguide.log.rewriting import journals
from sopguide.log.steps import content_of
from sopguide.log.verifying import verify
from tests.log.office import DAY, FIRST_DAY, Office, chains_hold, documents, everything

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.faults import Damage

MIDDLE = FIRST_DAY + 5 * DAY
ALL = dict.fromkeys(("walks", "drills", "tests"), MIDDLE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Ann's old walk, Bob's old drill, Cleo's old walk with Dora's new one: three journals."""
    for agent, mode in (("ann-marie", "live"), ("bob-bob", "drill")):
        with LocalLog(tmp_path) as log:
            Office(log, 1).walk(agent, f"T-{agent}", mode)
    with LocalLog(tmp_path) as log:
        Office(log, 2).walk("cleo-cleo", "T-old")
        Office(log, 9).walk("dora-dora", "T-new")
    return tmp_path


def agents(data: Path) -> list[str]:
    return sorted(walk["head"]["agent"] for walk in documents(data))


def run(data: Path, cutoffs: dict[str, int]) -> list[str]:
    """What was told meanwhile."""
    folder = DataFolder(data)
    damages: list[Damage] = []
    expire(folder, due(folder, cutoffs, damages), damages)
    return [str(damage) for damage in damages]


def counts(data: Path, cutoffs: dict[str, int]) -> dict[str, int]:
    damages: list[Damage] = []
    found = due(DataFolder(data), cutoffs, damages).counts()
    assert damages == []
    return found


def anchors(data: Path) -> list[Path]:
    paths = journals(DataFolder(data))
    return [path for path in paths if is_anchor(loads(content_of(path).splitlines()[0]))]


def test_tells_how_much_has_expired_and_changes_nothing(data: Path) -> None:
    before = everything(data)
    assert counts(data, ALL) == {"walks": 2, "drills": 1, "tests": 0}
    assert counts(data, {"drills": MIDDLE}) == {"drills": 1}
    assert counts(data, {"walks": FIRST_DAY}) == {"walks": 0}
    assert everything(data) == before


def test_walks_go_from_wherever_they_lie_and_the_others_stay(data: Path) -> None:
    [new] = [walk for walk in documents(data) if walk["head"]["agent"] == "dora-dora"]
    assert run(data, ALL) == []
    left = everything(data)
    for agent in (b"ann-marie", b"bob-bob", b"cleo-cleo"):
        assert agent not in left
    assert documents(data) == [new]
    assert chains_hold(DataFolder(data))
    assert counts(data, ALL) == {"walks": 0, "drills": 0, "tests": 0}


def test_of_a_journal_in_which_all_has_expired_one_line_is_left(data: Path) -> None:
    run(data, ALL)
    assert len(anchors(data)) == 2
    assert len(journals(DataFolder(data))) == 3


def test_a_kind_that_is_not_named_is_kept(data: Path) -> None:
    run(data, {"drills": MIDDLE})
    assert agents(data) == ["ann-marie", "cleo-cleo", "dora-dora"]


def test_what_has_expired_does_not_come_back_when_all_is_made_anew(data: Path) -> None:
    run(data, ALL)
    with LocalLog(data) as log:
        assert log.rebuild() == 1
        assert log.unfinished() == []
    assert agents(data) == ["dora-dora"]


def test_the_log_still_verifies_against_the_heads_that_were_kept(data: Path) -> None:
    assert compact(DataFolder(data)).journals == 3
    known = heads(DataFolder(data))
    run(data, ALL)
    found = verify(DataFolder(data), known, processes=1)
    assert found.damages == []
    assert (found.expired, found.walks) == (2, 1)
    assert all(path.name.endswith(".jsonl.gz") for path in journals(DataFolder(data)))


def test_finished_walks_that_were_not_folded_expire_all_the_same(data: Path) -> None:
    for path in data.glob("walks/*/*.json"):
        path.unlink()
    assert counts(data, ALL)["walks"] == 2
    run(data, ALL)
    assert b"ann-marie" not in everything(data)


def test_notes_and_feedback_go_each_after_its_time(data: Path) -> None:
    with LocalLog(data) as log:
        for day in (1, 9):
            walk = Office(log, day).begin("eve-eve", "T-5", age=37)
            assert not isinstance(walk.remark("note", f"note of day {day}"), str)
            assert not isinstance(walk.remark("feedback", f"feedback {day}", "unclear"), str)
            assert walk.abandon("wrong_sop") is None
    assert counts(data, {"notes": MIDDLE, "feedback": FIRST_DAY}) == {"notes": 1, "feedback": 0}
    run(data, {"notes": MIDDLE, "feedback": FIRST_DAY})
    left = sorted(remark.text for remark in Remarks(data / "remarks").all())
    assert left == ["feedback 1", "feedback 9", "note of day 9"]


def test_a_ticket_left_for_too_long_goes_and_its_walk_is_abandoned(data: Path) -> None:
    with LocalLog(data) as log:
        for day, ticket in ((1, "T-left"), (9, "T-fresh")):
            assert Office(log, day).begin("eve-eve", ticket, age=37).suspend() is None
    run(data, {"tickets": MIDDLE})
    assert b"text of T-left" not in everything(data)
    with LocalLog(data) as log:
        [left] = log.unfinished()
        assert left.private["ticket"]["id"] == "T-fresh"
        [gone] = [walk for walk in log.walks() if walk.status == "abandoned"]
    assert gone.events[-1]["data"] == {"reason": "expired"}


def test_what_a_running_process_writes_is_left_for_the_next_time(data: Path) -> None:
    running = LocalLog(data)
    Office(running, 1).walk("eve-eve", "T-5")
    [said] = run(data, ALL)
    assert said.endswith("what has expired in it is left for the next time")
    assert agents(data) == ["dora-dora", "eve-eve"]
    running.close()
    assert run(data, ALL) == []
    assert agents(data) == ["dora-dora"]


def test_a_journal_that_does_not_hold_is_left_as_evidence(data: Path) -> None:
    path = next(path for path in journals(DataFolder(data)) if b"ann-marie" in path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b'"reach"', b'"peach"', 1))
    changed = path.read_bytes()
    [said] = run(data, ALL)
    assert "does not hold against its chain" in said
    assert path.read_bytes() == changed
    assert agents(data) == ["ann-marie", "dora-dora"]


def test_acts_go_as_well_and_that_all_this_was_done_is_an_act(data: Path) -> None:
    folder = DataFolder(data)
    record_act(folder, "log.exported", {"walks": 3})
    later = read_acts(folder, [])[0]["wall"] + 1
    run(data, {"acts": later, "walks": MIDDLE})
    [act] = read_acts(folder, [])
    assert (act["type"], act["data"]) == ("log.expired", {"acts": 1, "walks": 2})
    assert len(act_journals(folder)) == 2
    assert verify(folder, processes=1).damages == []


def test_whoever_is_killed_at_any_moment_of_it_only_delays_it(data: Path, tmp_path: Path) -> None:
    copies = tmp_path.with_name(f"{tmp_path.name}-copies")
    command = [sys.executable, "-m", "tests.log.dying", "expire", str(data), str(copies)]
    kills = int(subprocess.run(command, check=True, capture_output=True).stdout)
    assert kills > 20
    for kill in range(kills):
        copy = copies / str(kill)
        assert chains_hold(DataFolder(copy))
        assert "dora-dora" in agents(copy)
        assert run(copy, ALL) == []
        assert agents(copy) == ["dora-dora"]
        assert b"ann-marie" not in everything(copy)
        assert chains_hold(DataFolder(copy))
        with LocalLog(copy) as log:
            assert log.rebuild() == 1
