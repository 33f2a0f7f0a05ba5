"""The text of a file of finished walks: TinyDB's JSON, and a seal: "it is as it was written".

The seal is a table of its own, the last one: a checksum of all before it, and where the events of
each walk begin and end. Where it fits, nothing needs to be checked again, and events are parsed
when somebody looks at them: most questions are answered by the columns beside them. Where there is
none, as in files that another program wrote, or where it does not fit, all is parsed and checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload
from zlib import crc32

import orjson

from sopguide.log.jsontext import dumps, loads, needs_care

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Tables = dict[str, Any]

WALKS = "walks"
_SEAL = "written"
_BEFORE_SEAL = f',"{_SEAL}":{{"1":'.encode()
_AFTER_SEAL = b"}}"
_NO_EVENTS = b"]}"  # ends a document that was written without its events


class StoredEvents(Sequence[dict[str, Any]]):
    """The events of one walk, parsed when they are first looked at."""

    __slots__ = ("_events", "exact", "text")

    def __init__(self, text: bytes, *, exact: bool) -> None:
        self.text = text
        """What stands between the brackets of the list."""
        self.exact = exact
        """Whether there may be numbers that have to be read digit for digit."""
        self._events: tuple[dict[str, Any], ...] | None = None

    def _all(self) -> tuple[dict[str, Any], ...]:
        if self._events is None:
            parse = loads if self.exact else orjson.loads
            self._events = tuple(parse(b"[%b]" % self.text))
        return self._events

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | Sequence[dict[str, Any]]:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as no dict has one


class Seal(NamedTuple):
    """What the end of a file says of what is before it."""

    size: int
    """The bytes before the seal, which `checksum` is of."""
    checksum: int
    exact: bool
    events: list[int]
    """Where each walk's events begin and end, in turn."""

    def fits(self, content: bytes) -> bool:
        """Whether the file is as it was written."""
        return crc32(memoryview(content)[: self.size]) == self.checksum


def seal_of(content: bytes) -> Seal | None:
    """The seal of a file, if it has one."""
    place = content.rfind(_BEFORE_SEAL)
    if place < 0 or not content.endswith(_AFTER_SEAL):
        return None
    try:
        told = orjson.loads(content[place + len(_BEFORE_SEAL) : -len(_AFTER_SEAL)])
        return Seal(place, told["crc32"], told["exact"], told["events"])
    except (ValueError, TypeError, KeyError):
        return None


def unseal(content: bytes, seal: Seal) -> Tables | None:
    """The tables of a file whose seal fits; None where the seal tells of other places."""
    kept, events, at = [], [], 0
    spans = iter(seal.events)
    try:
        for start, end in zip(spans, spans, strict=True):
            kept.append(content[at:start])
            events.append(StoredEvents(content[start:end], exact=seal.exact))
            at = end
        text = b"".join((*kept, content[at : seal.size], b"}"))
        tables: Tables = loads(text) if seal.exact else orjson.loads(text)
        for document, its_events in zip(tables[WALKS].values(), events, strict=True):
            if document["events"]:
                return None
            document["events"] = its_events
    except (ValueError, TypeError, KeyError):
        return None
    return tables


def sealed(tables: Mapping[str, Any]) -> bytes:
    """The text of these tables."""
    parts = [b'{"%b":{' % WALKS.encode()]
    spans: list[int] = []
    size, exact = len(parts[0]), False
    for number, document in tables.get(WALKS, {}).items():
        head = dumps({**document, "events": []})[: -len(_NO_EVENTS)]
        events, care = _text_of(document["events"])
        before = b'%b"%b":%b' % (b"," if spans else b"", str(number).encode(), head)
        start = size + len(before)
        size = start + len(events) + len(_NO_EVENTS)
        spans += [start, start + len(events)]
        parts += [before, events, _NO_EVENTS]
        exact = exact or care or needs_care(head)
    rest = {name: table for name, table in tables.items() if name not in (WALKS, _SEAL)}
    others = dumps(rest)[1:-1]
    body = b"".join((*parts, b"},", others) if rest else (*parts, b"}"))
    exact = exact or needs_care(others)
    seal = dumps({"crc32": crc32(body), "exact": exact, "events": spans})
    return b"".join((body, _BEFORE_SEAL, seal, _AFTER_SEAL))


def _text_of(events: Any) -> tuple[bytes, bool]:
    """Without their brackets, and whether a number in them needs care."""
    if isinstance(events, StoredEvents):
        return events.text, events.exact
    text = dumps(events)[1:-1]
    return text, needs_care(text)
