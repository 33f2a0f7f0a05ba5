"""What somebody does who knows how verifying works: each is found against the heads."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.log.acts import ERASED, EXPIRED, EXPORTED, record_act
from sopguide.log.chain import anchor
from sopguide.log.erasing import BY_AGENT, Subject
from sopguide.log.erasures import put_down
from sopguide.log.folder import DataFolder
from sopguide.log.heads import Head, heads
from sopguide.log.jsontext import dumps, loads
from sopguide.log.local import LocalLog
from sopguide.log.locks import waited_for
from sopguide.log.parts import PARTS, without
from sopguide.log.sealed import sealed
from sopguide.log.verifying import verify
from tests.log.making import NOON, complete, walk_id
from tests.log.mutating import lines_of, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tables = dict[str, dict[str, dict[str, Any]]]


class Auditor:
    """Who kept the heads of a log of three journals, two of walks and one act."""

    def __init__(self, data: Path) -> None:
        for number in (1, 2):
            with LocalLog(data) as log:
                complete(log, walk_id(number))
        record_act(DataFolder(data), EXPORTED, {"walks": 2})
        self.data = data
        self.folder = DataFolder(data)
        self.heads = heads(self.folder)

    @property
    def journal(self) -> Path:
        """That of the first walk."""
        name = walk_id(1).encode()
        return next(path for path in self.folder.done_journals() if name in path.read_bytes())

    @property
    def act(self) -> Path:
        return next(self.folder.acts.glob("*.jsonl"))

    def head_of(self, path: Path) -> Head:
        return next(head for head in self.heads if head.journal == path.stem)

    def finds(self) -> list[str]:
        damages = verify(self.folder, self.heads).damages
        return [damage.cause for damage in damages if not damage.harmless]

    def retell(self, by: Callable[[Tables], object]) -> Path:
        [path] = self.folder.walks.rglob("*.json")
        tables = json.loads(path.read_bytes())
        tables.pop("written")
        by(tables)
        path.write_bytes(sealed(tables))
        return path

    def forget(self, walk: str) -> None:
        """Takes a walk out of the finished ones."""

        def gone(tables: Tables) -> None:
            left = {key: doc for key, doc in tables["walks"].items() if doc["walk"] != walk}
            tables["walks"] = left

        self.retell(gone)

    def anchored(self, path: Path) -> None:
        """Lets a journal look as if it had expired."""
        head = self.head_of(path)
        path.write_bytes(anchor(head.journal, head.records, head.chain, NOON))


@pytest.fixture
def auditor(tmp_path: Path) -> Auditor:
    found = Auditor(tmp_path)
    assert found.finds() == []
    return found


def test_a_journal_hidden_among_the_acts_is_found(auditor: Auditor) -> None:
    auditor.journal.rename(auditor.folder.acts / auditor.journal.name)
    auditor.forget(walk_id(1))
    assert auditor.finds() == ["is no journal of acts, so its walks are not read"]


@pytest.mark.parametrize("to", ["journals", "journals/done"])
def test_an_act_hidden_among_the_walks_is_found(auditor: Auditor, to: str) -> None:
    auditor.act.rename(auditor.data / to / auditor.act.name)
    assert auditor.finds() == ["holds acts, which are not read here"]


def test_an_act_that_is_compacted_away_from_sight_is_found(auditor: Auditor) -> None:
    path = auditor.act
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    assert auditor.finds() == ["lies where no command reads it"]


def test_a_journal_in_a_folder_of_its_own_is_found(auditor: Auditor) -> None:
    (auditor.folder.journals / "old").mkdir()
    auditor.journal.rename(auditor.folder.journals / "old" / auditor.journal.name)
    assert "lies where no command reads it" in auditor.finds()


def test_an_expired_journal_of_acts_is_no_proof_of_its_own_expiry(auditor: Auditor) -> None:
    auditor.anchored(auditor.journal)
    auditor.anchored(auditor.act)
    auditor.forget(walk_id(1))
    assert auditor.finds() == ["journals expired (2), and no act tells of it"]


def test_an_erasure_is_no_proof_that_a_walk_expired(auditor: Auditor) -> None:
    journal = auditor.journal
    put(journal, [dumps(without(loads(line), PARTS)) for line in lines_of(journal)])
    auditor.forget(walk_id(1))
    record_act(auditor.folder, ERASED, {"records": 7})
    assert auditor.finds() == ["records expired (7), and no act tells of it"]


def test_a_walk_that_nobody_walked_is_found_though_journals_have_expired(auditor: Auditor) -> None:
    auditor.anchored(auditor.journal)
    record_act(auditor.folder, EXPIRED, {"walks": 1})
    auditor.forget(walk_id(1))
    assert auditor.finds() == []

    def invent(tables: Tables) -> None:
        told = json.dumps(next(iter(tables["walks"].values())))
        tables["walks"]["99"] = json.loads(told.replace(walk_id(2), walk_id(77)))

    auditor.retell(invent)
    [cause] = auditor.finds()
    assert cause.startswith(f"walk {walk_id(77)} is in no journal")
    with waited_for(auditor.folder.lock("expiring"), 1):  # which may be about to let it go
        assert auditor.finds() == []


def test_a_walk_that_is_told_twice_differently_is_found(auditor: Auditor) -> None:
    [path] = auditor.folder.walks.rglob("*.json")
    tables = json.loads(path.read_bytes())
    document = tables["walks"]["1"]
    document["last"] += 1
    path.with_name(path.name.replace("001", "000")).write_bytes(sealed({"walks": {"1": document}}))
    assert f"walk {document['walk']} is told twice, differently" in auditor.finds()


def test_a_walk_that_is_told_on_another_day_too_is_found(auditor: Auditor) -> None:
    [path] = auditor.folder.walks.rglob("*.json")
    path.with_name("01-001.json").write_bytes(path.read_bytes())
    assert f"walk {walk_id(1)} ended on another day" in auditor.finds()


@pytest.mark.parametrize("before", [b'"data":{', b'"v":'])
def test_what_is_nested_too_deep_to_be_written_is_told_as_damaged(
    auditor: Auditor, before: bytes
) -> None:
    deep = b'"deep":' + b"[" * 500 + b"]" * 500 + b","
    within = before + deep if before.endswith(b"{") else deep + before
    lines = lines_of(auditor.journal)
    put(auditor.journal, [lines[0].replace(before, within, 1), *lines[1:]])
    assert "cannot be read: it is nested too deep" in auditor.finds()


def test_a_finished_walk_that_is_nested_too_deep_is_told(auditor: Auditor) -> None:
    [path] = auditor.folder.walks.rglob("*.json")
    deep = b'"data":{"deep":' + b"[" * 500 + b"]" * 500 + b","
    path.write_bytes(path.read_bytes().replace(b'"data":{', deep, 1))
    assert auditor.finds() != []


def test_an_erasure_that_is_only_pretended_to_be_under_way_excuses_nothing(
    auditor: Auditor,
) -> None:
    lines = lines_of(auditor.journal)
    put(auditor.journal, [*lines[:-1], dumps(without(loads(lines[-1]), {"agent"}))])
    auditor.folder.erasing.mkdir()
    (auditor.folder.erasing / "x.json").write_text("{}")
    assert "records lost a part (1), and no act tells of an erasure" in auditor.finds()


def test_an_erasure_between_journals_and_finished_walks_is_no_alarm(auditor: Auditor) -> None:
    put_down(auditor.folder, Subject(BY_AGENT, "ann", NOON), {})
    lines = lines_of(auditor.journal)
    put(auditor.journal, [dumps(without(loads(line), {"agent"})) for line in lines])
    assert auditor.finds() == []
    assert verify(auditor.folder, auditor.heads).damages  # told all the same
