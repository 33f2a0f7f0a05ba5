"""Envelopes, ids, exact JSON, and who is meant by them."""

from __future__ import annotations

import json
import os
import sys
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.log import jsontext
from sopguide.log.document import document_from_json, make_document
from sopguide.log.faults import LogError
from sopguide.log.identity import current_identity, ticket_hash, ticket_key
from sopguide.log.jsontext import dumps, loads
from sopguide.log.record import Stamp, fault_in, read_record, uuid7
from sopguide.walk.events import Event
from tests.log.making import HEADER, NOON, at, begun, ended, records_of, walk_id

if TYPE_CHECKING:
    from pathlib import Path


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_7_that_holds_its_time(wall: int, random: bytes) -> None:
    made = uuid.UUID(uuid7(wall, lambda _: random))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == wall


def test_ids_of_one_millisecond_differ() -> None:
    assert len({uuid7(NOON) for _ in range(1000)}) == 1000


def test_the_records_of_a_step_say_how_many_follow() -> None:
    lines = Stamp(walk_id(), HEADER).lines(ended(), 7).splitlines()
    assert [loads(line).get("more") for line in lines] == [2, 1, None]
    assert [loads(line)["seq"] for line in lines] == [7, 8, 9]


def test_texts_that_need_quoting_stay_what_they_are() -> None:
    header = HEADER._replace(agent='an"n\n', channel=None, locale="\u2028é")
    [line] = Stamp(walk_id(), header).lines([Event("x", {"ü": "\x00\n"}, at())], 0).splitlines()
    record = read_record(line)
    assert (record["agent"], record["channel"], record["locale"]) == ('an"n\n', None, "\u2028é")
    assert record["data"] == {"ü": "\x00\n"}


def test_what_is_no_record_is_refused() -> None:
    assert fault_in([]) == "is no JSON object"
    with pytest.raises(ValueError, match="no right `v`"):
        read_record(b"{}")


_numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
_texts = st.text(st.characters(codec="utf-8"))
_values = st.recursive(
    st.none() | st.booleans() | _numbers | _texts,
    lambda inner: st.lists(inner) | st.dictionaries(_texts, inner),
)


@given(_values)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    assert loads(dumps(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_decimals_are_written_digit_for_digit(value: Decimal) -> None:
    assert str(loads(dumps([value]))[0]) == str(value)


def test_only_numbers_that_need_it_are_read_with_care() -> None:
    for text in (b'{"version":"3.1.0","country":"DE","n":12,"E":[1,2]}', b"[]", b'"a.b"', b".5"):
        assert not jsontext.needs_care(text)
    for text in (b"1.5", b"[1,-0.5]", b'{"a":1E+2}', b'{"a": 12E0}', b"[\n1.0]"):
        assert jsontext.needs_care(text)


def test_other_readers_see_the_same_number() -> None:
    large = 2**70
    assert json.loads(dumps([large, Decimal("1.50")])) == [float(large), 1.5]
    assert loads(dumps([large, -large])) == [large, -large]


@pytest.mark.parametrize("value", [object(), Decimal("NaN"), {1, 2}])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        dumps([value])


@given(
    st.lists(
        st.tuples(st.sampled_from(["step.shown", "walk.completed", "outcome.applied"]), _texts),
        min_size=1,
    )
)
def test_a_document_holds_every_record_and_outlives_json(found: list[tuple[str, str]]) -> None:
    events = [Event(kind, {"step": text}, at(place)) for place, (kind, text) in enumerate(found)]
    records = records_of(events, walk_id())
    document = make_document(walk_id(), records)
    assert list(document.records()) == records
    assert document_from_json(loads(dumps(document.to_json()))) == document


def test_who_walks_is_the_systems_user_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pwd

    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    found = current_identity()
    assert found.agent == pwd.getpwuid(os.getuid()).pw_name
    assert found.vendor == "in-house"


def test_a_user_without_a_name_is_known_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 987_654_321)
    assert current_identity().agent == "uid-987654321"


def test_a_system_without_such_users_gives_the_name_of_the_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pwd", None)
    monkeypatch.setattr(os, "getlogin", lambda: "ann")
    assert current_identity().agent == "ann"


def test_the_key_is_made_once_and_a_damaged_one_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "ticket.key"
    key = ticket_key(path)
    assert len(key) == 32
    assert ticket_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(key[:5])
    with pytest.raises(LogError, match="damaged"):
        ticket_key(path)


def test_any_ticket_id_can_be_hashed() -> None:
    assert ticket_hash("\ud800", b"k") != ticket_hash("", b"k")


def test_an_event_of_the_beginning_tells_no_ticket() -> None:
    line = Stamp(walk_id(), HEADER).lines(begun(), 0)
    assert HEADER.ticket is not None
    assert HEADER.ticket.encode() in line
