"""A record: an event in its envelope, as a line of a journal.

The envelope is the same in every store: schema version, event id (UUIDv7),
walk, dense `seq` from 0 (*the* order), both clocks, who and what for. The
part that is the same throughout a walk is written out once. In a journal each
record is sealed (`chain.py`); whoever asks for records gets them without seals.

Schema 1 had no seals.
"""

from __future__ import annotations

import os
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sopguide.log.jsontext import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopguide.walk.events import Event

Record = dict[str, Any]

VERSION = 2
WALK_COMPLETED = "walk.completed"
ENDINGS = frozenset({WALK_COMPLETED, "walk.abandoned"})

# What every record has, and of which kind; a line without it is damaged.
FIELDS: dict[str, type | tuple[type, ...]] = {
    "v": int,
    "id": str,
    "walk": str,
    "seq": int,
    "wall": int,
    "mono": int,
    "mode": str,
    "org": str,
    "vendor": str,
    "agent": str,
    "ticket": (str, type(None)),
    "sop": str,
    "version": str,
    "hash": str,
    "channel": (str, type(None)),
    "locale": (str, type(None)),
    "type": str,
    "data": dict,
}
ERASED = "(erased)"
_YEAR_9999 = 253_370_764_800_000  # in ms
SEAL_FIELDS = ("salt", "chain", "kept", "keys")
OWN_FIELDS = frozenset({"id", "seq", "wall", "mono", "type", "data"})  # the rest is the walk's


class Header(NamedTuple):
    """What the envelopes of one walk have in common."""

    mode: str
    org: str
    vendor: str
    agent: str
    ticket: str | None
    sop: str
    version: str
    hash: str
    channel: str | None = None
    locale: str | None = None


def uuid7(wall_ms: int, random: Callable[[int], bytes] = os.urandom) -> str:
    """A UUID that sorts by its millisecond (RFC 9562, version 7)."""
    tail = int.from_bytes(random(10), "big")
    bits = (
        (wall_ms & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (tail >> 68) << 64
        | 0b10 << 62
        | tail & (1 << 62) - 1
    )
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Stamp:
    """Puts a walk's events into their envelopes."""

    def __init__(self, walk: str, header: Header) -> None:
        constant = dumps({"walk": walk, **header._asdict()})
        self._constant = constant[1:-1].decode()

    def lines(self, events: Sequence[Event], seq: int) -> bytes:
        """The records of one step.

        `more` counts those that follow in the same write, so that a reader can
        tell a step that was stored only in part.
        """
        last = len(events) - 1
        return b"".join(
            self._line(event, seq + place, last - place) for place, event in enumerate(events)
        )

    def _line(self, event: Event, seq: int, more: int) -> bytes:
        wall, mono = event.at
        head = (
            f'{{"v":{VERSION},"id":"{uuid7(wall)}","seq":{seq},"wall":{wall},"mono":{mono},'
            f'{self._constant},"type":"{event.type}",'
        )
        if more:
            head += f'"more":{more},'
        return b'%b"data":%b}\n' % (head.encode(), dumps(event.data))


def is_time(wall_ms: int) -> bool:
    """Whether every calendar and every zone has this time."""
    return 0 <= wall_ms < _YEAR_9999


def fault_in(record: object) -> str | None:
    """Why this is no record; None where it is one."""
    if not isinstance(record, dict):
        return "is no JSON object"
    return None if _is_usual(record) else _wrong_field(record) or _wrong_value(record)


def _is_usual(record: dict[str, Any]) -> bool:
    """Whether all fields are right at one glance, as in nearly every record."""
    try:
        usual = (*map(type, _VALUES(record)),) in _KINDS and record["v"] <= VERSION
        return usual and is_time(record["wall"])
    except KeyError:
        return False


def _wrong_field(record: dict[str, Any]) -> str | None:
    for field, kind in FIELDS.items():
        if not isinstance(record.get(field, _MISSING), kind) and not _is_taken_out(record, field):
            return f"has no right `{field}`"
    return None


def _wrong_value(record: dict[str, Any]) -> str | None:
    version = record["v"]
    if version > VERSION:
        return f"was written by a later version (schema {version})"
    return None if is_time(record["wall"]) else "has no right `wall`"


def read_record(line: bytes) -> Record:
    """The record of one line; raises ValueError where there is none."""
    record = loads(line)
    if fault := fault_in(record):
        raise ValueError(f"the record {fault}")
    return cast("Record", record)


def bare(record: Record) -> Record:
    """What a record says, without its seal and its place in a step; the same object."""
    record.pop("more", None)
    for field in SEAL_FIELDS:
        record.pop(field, None)
    return record


def agent_of(record: Record) -> str:
    """Who did it, for people to read; they may have been erased."""
    return str(record["agent"] or ERASED)


def _is_taken_out(record: dict[str, Any], field: str) -> bool:
    kept = record.get("kept")
    return isinstance(kept, dict) and field in kept and record.get(field, _MISSING) is None


_MISSING = object()
_VALUES = itemgetter(*FIELDS)
_KINDS = frozenset(
    product(*(kind if isinstance(kind, tuple) else (kind,) for kind in FIELDS.values()))
)
