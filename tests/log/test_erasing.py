"""An agent or a ticket is erased, and everything that is counted stays what it was."""

from __future__ import annotations

import gzip
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.log.acts import read_acts
from sopguide.log.compacting import compact
from sopguide.log.elsewhere import delete_originals, imports_naming, originals_naming
from sopguide.log.erasing import BY_AGENT, BY_TICKET, Extent, Subject, extent
from sopguide.log.erasures import go_on, put_down, under_way
from sopguide.log.folder import DataFolder
from sopguide.log.jsontext import dumps, loads
from sopguide.log.local import LocalLog
from sopguide.log.remarks import Remarks
from sopguide.log.rewriting import journals, replace_journal
from sopguide.log.steps import content_of
from sopguide.log.verifying import verify
from sopguide.walk.events import Event
from tests.log.office import DAY, FIRST_DAY, Office, chains_hold, documents, everything, summary

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.faults import Damage

LATER = FIRST_DAY + 1000 * DAY
ANN = Subject(BY_AGENT, "ann-marie", LATER)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Ann and Bob finished walks on two days, both wrote notes; two journals, one compacted."""
    for day in (0, 1):
        with LocalLog(tmp_path) as log:
            office = Office(log, day)
            office.walk("ann-marie", "T-48812")
            noted = office.begin("ann-marie", "T-7", age=37)
            assert not isinstance(noted.remark("note", "the customer was angry"), str)
            assert not isinstance(noted.remark("feedback", "too long", "unclear"), str)
            assert noted.abandon("wrong_sop") is None
            office.walk("bob", "T-48812")
            other = office.begin("bob", "T-9", age=52)
            assert not isinstance(other.remark("note", "bob's own words"), str)
            assert other.abandon("wrong_sop") is None
        if day == 0:
            assert compact(DataFolder(tmp_path)).journals == 1
    return tmp_path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Ann finished a walk with a note and left one, Bob finished another."""
    data = tmp_path / "small"
    with LocalLog(data) as log:
        office = Office(log)
        office.walk("bob", "T-9")
        office.walk("ann-marie", "T-48812")
        walk = office.begin("ann-marie", "T-48812", age=37)
        assert not isinstance(walk.remark("note", "the customer was angry"), str)
        assert walk.suspend() is None
    return data


def ticket(data: Path, name: str = "T-48812") -> Subject:
    with LocalLog(data) as log:
        return Subject(BY_TICKET, log.ticket_hash(name), LATER)


def measure(data: Path, subject: Subject) -> Extent:
    folder = DataFolder(data)
    damages: list[Damage] = []
    found = extent(folder, Remarks(folder.remarks), subject, damages)
    assert damages == []
    return found


def erase(data: Path, subject: Subject, folder: DataFolder | None = None) -> tuple[str, ...]:
    folder = folder or DataFolder(data)
    found = measure(data, subject)
    put_down(folder, replace(subject, walks=frozenset(found.walks)), found.counts())
    damages: list[Damage] = []
    [gone] = go_on(folder, damages)
    assert damages == []
    return gone.held


def told(data: Path, agent: str) -> list[dict[str, Any]]:
    return [walk for walk in documents(data) if walk["head"]["agent"] == agent]


def test_nothing_of_an_erased_agent_is_left_and_the_counts_are_the_same(data: Path) -> None:
    counted, bobs = summary(data), told(data, "bob")
    assert b"ann-marie" in everything(data)
    assert erase(data, ANN) == ()
    assert b"ann-marie" not in everything(data)
    assert b"the customer was angry" not in everything(data)
    assert b"bob's own words" in everything(data)
    assert summary(data) == counted
    assert told(data, "bob") == bobs
    assert len(documents(data)) == 8
    assert chains_hold(DataFolder(data))


def test_nothing_of_an_erased_ticket_is_left_but_the_path_that_was_taken(data: Path) -> None:
    subject = ticket(data)
    counted, others = (
        summary(data),
        [walk for walk in documents(data) if _of(walk) != subject.value],
    )
    assert erase(data, subject) == ()
    left = everything(data)
    assert subject.value.encode() not in left
    walks = [walk for walk in documents(data) if _of(walk) is None]
    assert len(walks) == 4
    for walk in walks:
        events = walk["events"]
        assert events[0]["data"]["facts"] == {}
        answers = {each["data"]["step"]: each["data"] for each in events if "by" in each["data"]}
        assert answers["reach"]["answer"] == "no"
        assert answers["identity/verify.which"]["answer"] == "receipt"
        assert answers["route"] | {"asked": True} == answers["route"]
        assert answers["route"]["answer"] == {"given": True}
        assert "49.75" not in str(walk)
        assert "37" not in str([each["data"] for each in events])
    assert summary(data) == counted
    assert [walk for walk in documents(data) if _of(walk) is not None] == others
    assert chains_hold(DataFolder(data))


def _of(walk: dict[str, Any]) -> object:
    return walk["head"]["ticket"]


def test_the_walks_made_anew_from_the_journals_are_the_same(data: Path) -> None:
    erase(data, ANN)
    erase(data, ticket(data))
    walks = documents(data)
    with LocalLog(data) as log:
        assert log.rebuild() == 8
    assert documents(data) == walks
    assert chains_hold(DataFolder(data))


def test_tells_beforehand_how_much_there_is_and_changes_nothing(data: Path) -> None:
    before = everything(data)
    found = measure(data, ANN)
    assert found.counts() == {"walks": 4, "records": 40, "documents": 4, "remarks": 4}
    assert measure(data, replace(ANN, at=FIRST_DAY + DAY // 2)).counts()["walks"] == 2
    assert not any(measure(data, replace(ANN, value="ann")).counts().values())
    assert everything(data) == before


def test_the_notes_on_an_erased_ticket_go(data: Path) -> None:
    erase(data, ticket(data, "T-7"))
    left = [remark.text for remark in Remarks(DataFolder(data).remarks).all()]
    assert left == ["bob's own words", "bob's own words"]


def test_what_a_killed_process_left_of_a_note_goes_too(data: Path) -> None:
    for agent in ("ann-marie", "bob"):
        kept = next(path for path in data.glob("remarks/*/*.json") if agent in path.read_text())
        kept.rename(kept.with_name(f".{kept.name}.4711.new"))
    erase(data, ANN)
    assert b"ann-marie" not in everything(data)
    assert b"customer was angry" not in everything(data)
    [left] = data.glob("remarks/*/.*.new")
    assert b"bob" in left.read_bytes()


def test_records_from_before_there_was_a_chain_are_erased_all_the_same(data: Path) -> None:
    for path in journals(DataFolder(data)):
        old = [{**loads(line), "v": 1} for line in content_of(path).splitlines()]
        for record in old:
            del record["salt"], record["chain"]
        replace_journal(DataFolder(data), path, b"".join(dumps(record) + b"\n" for record in old))
    counted = summary(data)
    erase(data, ANN)
    erase(data, ticket(data))
    assert b"ann-marie" not in everything(data)
    assert summary(data) == counted
    with LocalLog(data) as log:
        assert log.rebuild() == 8
    assert summary(data) == counted
    assert verify(DataFolder(data), processes=1).damages == []


def test_that_it_was_erased_is_recorded_with_counts_and_without_names(data: Path) -> None:
    found = measure(data, ANN)
    erase(data, ANN)
    [act] = read_acts(DataFolder(data), [])
    assert act["type"] == "log.erased"
    assert act["data"].items() >= {"by": "agent", **found.counts()}.items()
    assert under_way(DataFolder(data), []) == []


def test_a_walk_that_nobody_finished_is_abandoned_and_its_ticket_goes(data: Path) -> None:
    with LocalLog(data) as log:
        office = Office(log, 2)
        walk = office.begin("ann-marie", "T-55", age=37)
        assert walk.suspend() is None
    assert b"text of T-55" in everything(data)
    erase(data, ANN)
    assert b"T-55" not in everything(data)
    [found] = [each for each in documents(data) if each["walk"] == walk.id]
    assert found["status"] == "abandoned"
    assert found["events"][-1]["data"] == {"reason": "erased"}
    with LocalLog(data) as log:
        assert log.unfinished() == []


def test_what_a_running_process_writes_is_erased_when_it_ends(data: Path) -> None:
    running = LocalLog(data)
    walk = Office(running, 2).begin("ann-marie", "T-55", age=37)
    [held] = erase(data, ANN)
    assert held.endswith(".jsonl")
    assert [erasure.subject.value for erasure in under_way(DataFolder(data), [])] == ["ann-marie"]
    assert read_acts(DataFolder(data), []) == []
    assert verify(DataFolder(data), processes=1).damages == []
    assert walk.answer("yes") is None
    assert walk.suspend() is None
    running.close()
    assert under_way(DataFolder(data), []) == []
    assert b"ann-marie" not in everything(data)
    assert len(read_acts(DataFolder(data), [])) == 1
    assert chains_hold(DataFolder(data))


def test_a_walk_of_two_agents_keeps_the_one_who_was_not_erased(data: Path) -> None:
    with LocalLog(data) as log:
        walk = Office(log, 2).begin("ann-marie", "T-55", age=37)
        assert walk.suspend() is None
    with LocalLog(data) as log:
        recorder = log.reopen(walk.id, "bob")
        recorder.close([Event("walk.abandoned", {"reason": "x"}, Office(log, 2).clock())])
    erase(data, ANN)
    with LocalLog(data) as log:
        agents = [record["agent"] for record in log.walk(walk.id)]
    assert set(agents[:-1]) == {None}
    assert agents[-1] == "bob"


def test_a_damaged_line_that_may_name_the_agent_keeps_the_erasure_waiting(data: Path) -> None:
    path = next(path for path in journals(DataFolder(data)) if path.suffix == ".jsonl")
    path.write_bytes(path.read_bytes() + b'{"agent":"ann-marie",\n{}\n')
    looked: list[Damage] = []
    found = extent(DataFolder(data), Remarks(data / "remarks"), ANN, looked)
    put_down(DataFolder(data), ANN, found.counts())
    damages: list[Damage] = []
    go_on(DataFolder(data), damages)
    why = "a line that cannot be read may hold what is to go: `sopguide log repair`, then again"
    assert f"{path}: {why}" in map(str, looked)
    assert f"{path}: {why}" in map(str, damages)
    assert len(under_way(DataFolder(data), [])) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"by": "zzz"},
        {"value": None},
        {"at": "x"},
        {"counts": 3},
        {"walks": 3},
        {"identity": {"name": "ann"}},
    ],
)
def test_an_erasure_that_somebody_changed_is_told_and_keeps_nobody_from_the_log(
    data: Path, told: dict[str, Any]
) -> None:
    folder = DataFolder(data)
    put_down(folder, ANN, {})
    [path] = folder.erasing.glob("*.json")
    path.write_bytes(dumps({**loads(path.read_bytes()), **told}))
    damages: list[Damage] = []
    assert go_on(folder, damages) == []
    assert damages[0].cause.startswith("cannot be read: ")
    LocalLog(data).close()


def test_a_damaged_file_set_aside_that_names_the_agent_is_told(data: Path) -> None:
    folder = DataFolder(data)
    aside = folder.damaged / "journals" / "x.jsonl"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b'{"agent":"ann-marie"')
    assert originals_naming(folder, ANN) == [aside]
    assert originals_naming(folder, ticket(data)) == []


def test_a_compacted_journal_set_aside_that_names_the_agent_is_told(data: Path) -> None:
    folder = DataFolder(data)
    aside = folder.damaged / "journals" / "done" / "x.jsonl.gz"
    aside.parent.mkdir(parents=True)
    packed = gzip.compress(ANN.needle + b"\n" + b"x" * 2000)
    for damaged in (packed, packed[:-9]):
        aside.write_bytes(damaged)
        assert originals_naming(folder, ANN) == [aside]
    assert originals_naming(folder, ticket(data)) == []


def test_what_was_set_aside_of_a_walk_on_the_ticket_is_told(data: Path) -> None:
    folder = DataFolder(data)
    erased = replace(ticket(data), walks=frozenset({"w-1"}))
    opened, remark = folder.damaged / "open" / "w-1.json.2", folder.damaged / "remarks" / "r.json"
    for path in (opened, remark, folder.damaged / "open" / "w-2.json"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"ticket": {"id": "T-1"')
    remark.write_text('{"walk":"w-1"')
    assert originals_naming(folder, erased) == [opened, remark]


def test_deleting_an_original_is_an_act_and_leaves_its_note(data: Path) -> None:
    folder = DataFolder(data)
    aside = folder.damaged / "journals" / "x.jsonl"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(ANN.needle)
    note = aside.with_name("x.jsonl.note.txt")
    note.write_text("What is lost: line 3")
    delete_originals(folder, ANN, [aside])
    assert (aside.exists(), note.exists()) == (False, True)
    assert read_acts(folder, [])[-1]["data"] == {"by": "agent", "originals": 1}


def test_an_imported_log_that_names_it_is_found_wherever_in_it(data: Path) -> None:
    folder = DataFolder(data)
    for name, text in (("h", b"x" * ((1 << 20) - 3) + b'"T-48812"'), ("other", b'"T-488120"')):
        (folder.imports / name).mkdir(parents=True)
        (folder.imports / name / "cases.jsonl").write_bytes(text)
    assert imports_naming(folder, "T-48812") == ["h"]


@pytest.mark.parametrize("by", [BY_AGENT, BY_TICKET])
def test_whoever_is_killed_at_any_moment_of_it_only_delays_it(
    by: str, tmp_path: Path, small: Path
) -> None:
    subject = ANN if by == BY_AGENT else ticket(small)
    found = measure(small, subject)
    put_down(DataFolder(small), replace(subject, walks=frozenset(found.walks)), found.counts())
    copies = tmp_path / "copies"
    command = [sys.executable, "-m", "tests.log.dying", "erase", str(small), str(copies)]
    kills = int(subprocess.run(command, check=True, capture_output=True).stdout)
    assert kills > 30
    for kill in range(kills + 1):
        data = copies / str(kill)
        assert chains_hold(DataFolder(data))
        assert len(documents(data)) == 3  # and whoever looks has gone on with it
        assert under_way(DataFolder(data), []) == []
        assert subject.needle.strip(b'"') not in everything(data)
        [act] = read_acts(DataFolder(data), [])
        assert act["data"].items() >= found.counts().items()
        assert chains_hold(DataFolder(data))
