"""A file that is as it was written is believed; any other is parsed and checked in full."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from sopguide.log.dayfile import Content, read
from sopguide.log.document import make_document
from sopguide.log.folder import DataFolder
from sopguide.log.jsontext import loads
from sopguide.log.sealed import StoredEvents, seal_of, sealed, unseal
from sopguide.log.store import Store
from sopguide.walk.events import Event
from tests.log.making import at, begun, ended, records_of, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.faults import Damage


@cache
def document(number: int, answer: Any = "no") -> WalkDoc:
    given = Event("step.answered", {"step": "a", "answer": answer, "by": "agent"}, at())
    return make_document(walk_id(number), records_of([*begun(), given, *ended()], walk_id(number)))


def tables(*walks: WalkDoc) -> dict[str, Any]:
    return {"walks": {str(place): walk.to_json() for place, walk in enumerate(walks, 1)}}


def unsealed(text: bytes) -> dict[str, Any]:
    seal = seal_of(text)
    assert seal is not None
    assert seal.fits(text)
    found = unseal(text, seal)
    assert found is not None
    return found


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_gives_back_what_was_sealed_and_is_ordinary_json(count: int) -> None:
    walks = tables(*(document(number) for number in range(count)))
    text = sealed(walks)
    assert unsealed(text)["walks"] == walks["walks"]
    assert orjson.loads(text)["walks"] == walks["walks"]


def test_events_stay_as_they_were_written_when_a_neighbour_is_put_in() -> None:
    first = unsealed(sealed(tables(document(1))))
    assert isinstance(first["walks"]["1"]["events"], StoredEvents)
    first["walks"]["2"] = document(2).to_json()
    assert sealed(first) == sealed(tables(document(1), document(2)))


@pytest.mark.parametrize("answer", [Decimal("0.10"), 10**30, '],"events":[{"', "\\", "é\x00🦉"])
def test_no_answer_is_changed_by_it(answer: object) -> None:
    [found] = unsealed(sealed(tables(document(1, answer))))["walks"].values()
    assert found["events"][2]["data"]["answer"] == answer
    assert str(found["events"][2]["data"]["answer"]) == str(answer)


def test_tables_of_others_are_kept() -> None:
    others = {"theirs": {"1": {"amount": Decimal("1.50")}}}
    text = sealed({**tables(document(1)), **others})
    assert unsealed(text)["theirs"] == others["theirs"]
    assert sealed(unsealed(text)) == text


def test_events_are_a_sequence_like_any_other() -> None:
    whole = document(1)
    [found] = unsealed(sealed(tables(whole)))["walks"].values()
    events = found["events"]
    assert len(events) == 6
    assert events == whole.events
    assert whole.events == tuple(events)
    assert list(reversed(events)) == list(whole.events)[::-1]
    assert events[1:3] == whole.events[1:3]
    assert events != 6


def test_every_changed_byte_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "22-001.json"
    text = sealed(tables(document(1), document(2)))
    for place in range(len(text)):
        path.write_bytes(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])
        damages: list[Damage] = []
        walks = read(path, damages)
        in_the_seal = seal_of(path.read_bytes()) is None and not damages
        assert damages or (in_the_seal and walks == [document(1), document(2)]), place


def test_a_value_changed_by_hand_is_told_and_served(tmp_path: Path) -> None:
    path = tmp_path / "22-001.json"
    path.write_bytes(sealed(tables(document(1))).replace(b'"answer":"no"', b'"answer":"NO"'))
    damages: list[Damage] = []
    [walk] = read(path, damages)
    assert walk.events[2]["data"]["answer"] == "NO"
    [damage] = damages
    assert "changed since it was written" in str(damage)


@pytest.mark.parametrize("seal", [b"{}", b"[]", b"3", b'{"crc32":1,"exact":1}', b"{", b""])
def test_a_seal_that_is_none_is_passed_over(seal: bytes) -> None:
    text = sealed(tables(document(1)))
    place = text.rfind(b',"written":{"1":')
    spoilt = text[: place + len(b',"written":{"1":')] + seal + b"}}"
    assert seal_of(spoilt) is None


def test_a_seal_that_tells_of_other_places_is_no_seal() -> None:
    text = sealed(tables(document(1)))
    seal = loads(text)["written"]["1"]
    for events in ([5], [1, 2, 3, 4], [1, 9], ["a", "b"]):
        changed = orjson.dumps({**seal, "events": events})
        spoilt = text[: text.rfind(b'{"crc32"')] + changed + b"}}"
        assert not Content(spoilt).sound


def test_files_in_which_a_text_does_not_occur_are_passed_over(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    store = Store(folder, full=1)
    store.fold([document(1)])
    store.fold([document(2)])
    damages: list[Damage] = []
    assert store.read_day("2026-11-22", damages, "nowhere") == []
    assert [walk.walk for walk in store.read_day("2026-11-22", damages, walk_id(2))] == [walk_id(2)]
    assert damages == []
    (folder.walks / "2026-11" / "22-002.json").write_bytes(b"{")
    assert store.read_day("2026-11-22", damages, "nowhere") == []
    assert [damage.file[-11:] for damage in damages] == ["22-002.json"]


def test_the_day_in_progress_is_read_once_and_then_only_what_is_new(tmp_path: Path) -> None:
    store = Store(DataFolder(tmp_path), full=1)
    store.fold([document(1)])
    [first] = store.read_day("2026-11-22", [], keep=True)
    store.fold([document(2)])
    again = store.read_day("2026-11-22", [], keep=True)
    assert [walk.walk for walk in again] == [walk_id(1), walk_id(2)]
    assert again[0] is first
    store.fold([document(1, "yes")], again=True)
    changed = store.read_day("2026-11-22", [], keep=True)
    assert changed[0].events[2]["data"]["answer"] == "yes"
    assert changed[1] is again[1]
