"""What a chain holds fast, and what may be taken out of it: laws over any records."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.log.chain import (
    Chain,
    anchor,
    commitment,
    first_head,
    is_anchor,
    next_head,
)
from sopguide.log.jsontext import canonical, dumps, loads
from sopguide.log.parts import INNER, PARTS, without
from sopguide.log.record import Stamp, fault_in
from sopguide.walk.events import Event
from tests.log.making import HEADER, answered, at, begun, walk_id

if TYPE_CHECKING:
    from sopguide.log.record import Record

NAME = "20261122T120000-1-abcd"
LINES = Stamp(walk_id(), HEADER).lines([*begun(), *answered("reach", "no", "refuse")], 0)

_numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.floats(0, 1e300)
_texts = st.text(st.characters(codec="utf-8"), max_size=8)
_values = st.recursive(
    st.none() | st.booleans() | _numbers | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_data = st.dictionaries(_texts, _values, max_size=4)
_parts = st.sets(st.sampled_from(sorted({*PARTS, *INNER})))


def sealed(lines: bytes = LINES, name: str = NAME) -> list[Record]:
    return [loads(line) for line in Chain(name).seal(lines).splitlines()]


def holds(records: list[Record], name: str = NAME) -> bool:
    head = first_head(name)
    for record in records:
        try:
            head = next_head(head, commitment(record))
        except ValueError:
            return False
        if record.get("chain") != head.hex():
            return False
    return True


def test_a_chain_goes_on_only_from_what_was_acknowledged() -> None:
    chain = Chain(NAME)
    chain.seal(LINES)
    again = chain.seal(LINES)
    chain.acknowledge()
    assert chain.records == 4
    after = chain.seal(LINES)
    assert holds([loads(line) for line in (again + after).splitlines()])


def test_the_same_records_are_sealed_otherwise_in_another_journal() -> None:
    assert not holds(sealed(), "another-journal")
    assert first_head("a") != first_head("b")


def test_every_record_has_a_salt_of_its_own() -> None:
    assert len({record["salt"] for record in sealed()}) == 4


@given(data=_data, agent=_texts, ticket=st.none() | _texts)
def test_whatever_a_record_says_its_seal_holds_when_it_is_read_back(
    data: dict[str, Any], agent: str, ticket: str | None
) -> None:
    header = HEADER._replace(agent=agent, ticket=ticket)
    records = sealed(Stamp(walk_id(), header).lines([Event("step.answered", data, at())], 0))
    assert holds(records)
    stored_again = [loads(dumps(record)) for record in records]
    assert holds(stored_again)
    assert holds([loads(canonical(record)) for record in records])


@given(taken=st.lists(st.tuples(st.integers(0, 3), _parts), max_size=6), data=_data)
def test_parts_taken_out_in_any_order_leave_the_chain_whole(
    taken: list[tuple[int, set[str]]], data: dict[str, Any]
) -> None:
    answer = {"step": "age", "answer": 24, "by": "agent"}
    events = [*begun(), Event("step.answered", {**answer, **data}, at()), Event("x", {}, at())]
    before = records = sealed(Stamp(walk_id(), HEADER).lines(events, 0))
    records = [*before]
    out: dict[int, set[str]] = {place: set() for place in range(4)}
    for place, parts in taken:
        records[place] = loads(dumps(without(records[place], parts)))
        out[place] |= parts
    assert holds(records)
    for place, record in enumerate(records):
        assert fault_in(record) is None
        inner = set() if "data" in out[place] else INNER.keys() & before[place]["data"].keys()
        gone = out[place] & (PARTS.keys() | inner)
        assert set(record.get("kept", ())) == gone
        assert all(record[part] == PARTS[part] for part in gone & PARTS.keys())
        assert all(record["data"][part] == INNER[part] for part in gone & INNER.keys())
        assert ("salt" in record) == (not gone)


def test_an_answer_is_taken_out_and_the_step_stays() -> None:
    event = Event("step.answered", {"step": "age", "answer": 24, "by": "agent"}, at())
    [record] = sealed(Stamp(walk_id(), HEADER).lines([event], 0))
    left = without(record, {"answer", "facts"})
    assert left["data"] == {"step": "age", "answer": {"given": True}, "by": "agent"}
    assert holds([left])
    assert holds([without(left, {"data"})])
    assert without(left, {"data"})["data"] == {}
    with pytest.raises(ValueError, match="says something in `answer`, which was taken out"):
        commitment({**left, "data": {**left["data"], "answer": 25}})
    assert not holds([{**left, "data": {**left["data"], "by": "ticket"}}])


def test_nothing_that_is_left_tells_what_was_taken_out() -> None:
    [first, *_] = sealed()
    left = dumps(without(first, {"agent", "ticket"}))
    assert b'"ann"' not in left
    assert HEADER.ticket is not None
    assert HEADER.ticket.encode() not in left
    assert first["salt"].encode() not in left


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every key and every list place in a record."""
    if isinstance(value, dict):
        inner = [_places(each, (*way, key)) for key, each in value.items()]
    elif isinstance(value, list):
        inner = [_places(each, (*way, place)) for place, each in enumerate(value)]
    else:
        inner = []
    return [*([way] if way else []), *(each for some in inner for each in some)]


@given(chance=st.data(), parts=_parts)
def test_changing_anything_else_breaks_the_chain(chance: st.DataObject, parts: set[str]) -> None:
    records = [without(record, parts) for record in sealed()]
    changed = deepcopy(records)
    place = chance.draw(st.integers(0, len(records) - 1))
    *way, last = chance.draw(st.sampled_from(_places(changed[place])))
    inside: Any = changed[place]
    for key in way:
        inside = inside[key]
    if chance.draw(st.booleans()):
        del inside[last]
    else:
        inside[last] = chance.draw(
            _values.filter(lambda new: canonical(new) != canonical(inside[last]))
        )
    assert not holds(changed)


@given(chance=st.data())
def test_records_that_are_missing_moved_or_doubled_break_the_chain(chance: st.DataObject) -> None:
    records = sealed()
    order = chance.draw(st.lists(st.integers(0, 3), min_size=1, max_size=6))
    assert holds([records[place] for place in order]) == (order == list(range(len(order))))


def test_what_is_added_to_a_record_breaks_the_chain() -> None:
    records = sealed()
    for field in ("kept", "keys", "note"):
        assert not holds([{**records[0], field: {}}, *records[1:]])


@pytest.mark.parametrize("field", ["salt", "chain"])
def test_a_seal_has_one_spelling(field: str) -> None:
    records = sealed()
    records[1][field] = records[1][field].upper()
    assert not holds(records)


def test_a_key_and_its_value_cannot_be_cut_elsewhere() -> None:
    [record, *_] = [without(record, {"data"}) for record in sealed()]
    shorter = {**record["keys"], "agent": record["keys"]["agent"][:-2]}
    with pytest.raises(ValueError, match="no whole seal"):
        commitment({**record, "keys": shorter})


def test_a_part_that_was_taken_out_says_nothing_any_more() -> None:
    [record, *_] = [without(record, {"agent"}) for record in sealed()]
    with pytest.raises(ValueError, match="says something in `agent`, which was taken out"):
        commitment({**record, "agent": "bob"})


def test_parts_of_a_record_without_a_seal_are_taken_out_all_the_same() -> None:
    old = {**loads(LINES.splitlines()[0]), "v": 1}
    left = without(without(old, {"agent"}), {"ticket"})
    assert (left["agent"], left["ticket"]) == (None, None)
    assert fault_in(left) is None
    assert without(old, set()) == old


def test_what_is_left_of_an_expired_journal_is_no_record() -> None:
    line = anchor(NAME, 4, "ab" * 32, 7)
    assert is_anchor(loads(line))
    assert not is_anchor(sealed()[0])
    assert not is_anchor({**loads(line), "walk": "w"})
