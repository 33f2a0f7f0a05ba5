"""The files of finished walks: replaced whole, closed in time, rebuilt without a gap."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from tinydb import TinyDB

import sopguide.log.store as store_module
from sopguide.log.document import make_document
from sopguide.log.faults import Damage, LogError
from sopguide.log.folder import DataFolder
from sopguide.log.jsontext import dumps, loads
from sopguide.log.store import Store, day_of
from tests.log.making import DAY, HEADER, NOON, begun, ended, records_of, walk_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.document import WalkDoc


def document(number: int, day: int = 0, agent: str = "ann") -> WalkDoc:
    events = [*begun(number, day), *ended(number + 1, day)]
    header = HEADER._replace(agent=agent)
    return make_document(walk_id(number), records_of(events, walk_id(number), header))


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def store(folder: DataFolder) -> Store:
    return Store(folder, full=4000)


def files(folder: DataFolder) -> list[str]:
    return sorted(path.name for path in folder.walks.rglob("*.*"))


def all_walks(store: Store, damages: list[Damage] | None = None) -> list[WalkDoc]:
    found = [] if damages is None else damages
    return [walk for day in store.days() for walk in store.read_day(day, found)]


def test_a_day_is_the_one_in_utc() -> None:
    assert day_of(NOON) == "2026-11-22"
    assert day_of(NOON + DAY // 2 - 1) == "2026-11-22"
    assert day_of(NOON + DAY // 2) == "2026-11-23"


def test_files_are_ordinary_tinydb(store: Store, folder: DataFolder) -> None:
    store.fold([document(1)])
    [path] = folder.walks.rglob("*.json")
    with TinyDB(path) as database:
        [found] = database.table("walks").all()
    assert found["walk"] == walk_id(1)


def test_a_full_file_is_closed_and_the_next_begun(store: Store, folder: DataFolder) -> None:
    walks = [document(number) for number in range(9)]
    for walk in walks:
        store.fold([walk])
    assert files(folder) == ["22-001.json", "22-002.json", "22-003.json"]
    assert all_walks(store) == walks


def test_each_day_has_its_own_files(store: Store, folder: DataFolder) -> None:
    walks = [document(1), document(2, day=1), document(3, day=30)]
    store.fold(walks)
    assert store.days() == ["2026-11-22", "2026-11-23", "2026-12-22"]
    assert all_walks(store) == walks


def test_a_walk_folded_again_replaces_itself_in_whatever_file(
    store: Store, folder: DataFolder
) -> None:
    for number in range(9):
        store.fold([document(number)])
    changed = [document(0, agent="bob"), document(8, agent="bob"), document(20)]
    store.fold(changed, again=True)
    found = all_walks(store)
    assert len(found) == 10
    assert [walk.walk for walk in found if walk.head["agent"] == "bob"] == [
        walk_id(0),
        walk_id(8),
    ]


def test_more_than_nine_hundred_files_a_day_stay_in_order(store: Store, folder: DataFolder) -> None:
    month = folder.walks / "2026-11"
    month.mkdir()
    for number in (99, 999, 1000):
        (month / f"22-{number:03}.json").write_bytes(dumps({"walks": {}}).ljust(5000))
    store.fold([document(1)])
    assert "22-1001.json" in files(folder)


def changed(document: WalkDoc, **fields: object) -> bytes:
    return dumps({"walks": {"1": {**document.to_json(), **fields}}})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"walks":[]}',
        b'{"walks":{"x":{}}}',
        b'{"walks":{"1":{}}}',
        b'{"walks":{"1":3}}',
        changed(document(5), more=1),
        changed(document(5), events=3),
        changed(document(5), events=[1]),
        changed(document(5), events=[{"type": "step.shown"}]),
        changed(document(5), head={}),
        changed(document(5), started="noon"),
    ],
    ids=range(14),
)
def test_a_damaged_file_is_reported_left_alone_and_written_past(
    store: Store, folder: DataFolder, content: bytes
) -> None:
    store.fold([document(1)])
    [path] = folder.walks.rglob("*.json")
    (path.parent / "22-002.json").write_bytes(content)
    store.fold([document(2)])
    damages: list[Damage] = []
    assert [walk.walk for walk in all_walks(store, damages)] == [walk_id(1), walk_id(2)]
    [damage] = damages
    assert damage.file.endswith("22-002.json")
    assert "sopguide log rebuild" in damage.cause


def test_a_file_that_cannot_be_read_is_reported(store: Store, folder: DataFolder) -> None:
    store.fold([document(1)])
    (folder.walks / "2026-11" / "21-001.json").mkdir()
    damages: list[Damage] = []
    assert [walk.walk for walk in all_walks(store, damages)] == [walk_id(1)]
    assert list(store.find(walk_id(1), damages)) == [walk_id(1)]
    assert store.find("nothing", damages) == {}
    assert len(damages) == 2


@pytest.mark.parametrize("length", [36, 13, 8, 2, 1])
def test_a_walk_is_found_in_whatever_file_by_the_beginning_of_its_id(
    store: Store, length: int
) -> None:
    for number in range(5):
        store.fold([document(number, day=number - 2)])  # two ended before their id was made
    wanted = walk_id(3)[:length]
    found = store.find(wanted, [])
    assert walk_id(3) in found
    assert all(walk.startswith(wanted) for walk in found)
    for number in range(5):
        assert walk_id(number) in store.find(walk_id(number), [])


def test_ids_that_tell_no_time_are_found_as_well(store: Store) -> None:
    for name in ("the-walk", "f" * 36):
        records = records_of([*begun(), *ended()], name)
        store.fold([make_document(name, records)])
        assert list(store.find(name, [])) == [name]
        assert list(store.find(name[:3], [])) == [name]


def test_making_the_files_anew_leaves_what_was_given_and_nothing_else(
    store: Store, folder: DataFolder
) -> None:
    for number in range(5):
        store.fold([document(number)])
    wanted = [document(number) for number in range(1, 8)]
    store.replace_all(wanted)
    assert all_walks(store) == wanted
    assert "22-001.json" not in files(folder)


def test_a_rebuild_cut_short_loses_and_doubles_nothing(store: Store, folder: DataFolder) -> None:
    walks = [document(number) for number in range(120)]
    store.fold(walks)

    def breaking_off() -> Iterator[WalkDoc]:
        yield from walks[:70]
        raise LogError("no space left")

    with pytest.raises(LogError):
        store.replace_all(breaking_off())
    assert all_walks(store) == walks
    store.replace_all(walks)
    assert all_walks(store) == walks


def test_a_file_made_anew_just_before_it_is_read_is_no_damage(
    store: Store, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = [document(1), document(2)]
    store.fold(walks)
    ahead = [True]

    def read_late(path: Path) -> bytes:
        while ahead:
            ahead.pop()
            Store(folder).replace_all(walks)
        return path.read_bytes()

    monkeypatch.setattr("sopguide.log.dayfile.read_regular", read_late)
    damages: list[Damage] = []
    assert all_walks(store, damages) == walks
    ahead.append(True)
    assert store.find(walk_id(1), damages) == {walk_id(1): walks[0]}
    assert damages == []


def test_a_reader_misses_nothing_while_the_files_are_made_anew(
    store: Store, folder: DataFolder
) -> None:
    walks = [document(number) for number in range(30)]
    for walk in walks:
        store.fold([walk])
    stop = threading.Event()

    def rebuild() -> None:
        while not stop.is_set():
            Store(folder, full=4000).replace_all(walks)

    rebuilding = threading.Thread(target=rebuild)
    rebuilding.start()
    try:
        damages: list[Damage] = []
        for _ in range(30):
            assert all_walks(store, damages) == walks
        assert damages == []
    finally:
        stop.set()
        rebuilding.join()


def test_a_lock_that_is_never_freed_is_reported(
    store: Store, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(store_module, "_PATIENCE", 0.05)
    with (
        FileLock(folder.lock("walks")),
        pytest.raises(LogError, match="for too long"),
    ):
        store.fold([document(1)])


def test_decimals_are_exact_in_the_files_too(store: Store, folder: DataFolder) -> None:
    store.fold([document(1)])
    [path] = folder.walks.rglob("*.json")
    content = path.read_bytes().replace(b'"visit":1', b'"visit":1.10')
    path.write_bytes(content)
    assert dumps(loads(content)) == content
    [walk] = all_walks(store)
    assert str(walk.events[1]["data"]["visit"]) == "1.10"


def test_one_damaged_document_does_not_hide_its_neighbours(
    store: Store, folder: DataFolder
) -> None:
    store.fold([document(1), document(2), document(3)])
    [path] = folder.walks.rglob("*.json")
    content = loads(path.read_bytes())
    del content["walks"]["2"]["head"]
    path.write_bytes(dumps(content))
    damages: list[Damage] = []
    assert [walk.walk for walk in all_walks(store, damages)] == [walk_id(1), walk_id(3)]
    [damage] = damages
    assert walk_id(2) in damage.cause
