"""The questions to the store's tables, and its rows as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.jsontext import loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from sopguide.log.record import Record
    from sopguide.log.wanted import Wanted

_FIELDS = (
    "v", "id", "walk", "seq", "wall", "mono", "mode", "org", "vendor", "agent", "ticket", "sop",
    "version", "hash", "channel", "locale", "type", "data",
)  # fmt: skip
EVENTS = (
    f"SELECT person, {', '.join(_FIELDS[:-1])}, data::text FROM sopguide.events"  # noqa: S608  (ours)
    " WHERE walk = ANY(%s) AND at BETWEEN %s AND %s"
)
RAW = (
    f"SELECT person, {', '.join(_FIELDS[:-1])}, said_org, said_vendor, said_agent, more,"  # noqa: S608  (ours)
    " salt, chain, kept::text, keys::text, data::text FROM sopguide.events"
    " WHERE walk = ANY(%s) AND person = ANY(%s) AND at BETWEEN %s AND %s"
)
_EQUAL = ("sop", "version", "mode", "vendor", "agent")


class Found(NamedTuple):
    """A row of `walks`: whose, which, and when its events were made."""

    person: int
    walk: UUID
    last: int
    first_at: datetime
    last_at: datetime


def walks_where(wanted: Wanted) -> tuple[str, list[Any]]:
    """The condition on `walks` for what is asked for, and its values."""
    terms: list[tuple[str, Any]] = [
        (f"{field} = %s", getattr(wanted, field)) for field in _EQUAL if getattr(wanted, field)
    ]
    if wanted.tickets:
        terms.append(("ticket = ANY(%s)", list(wanted.tickets)))
    if wanted.since is not None:
        terms.append(("started >= %s", wanted.since))
    if wanted.until is not None:
        terms.append(("started < %s", wanted.until))
    if wanted.unfinished is not None:
        terms.append(("ended = %s", not wanted.unfinished))
    return " AND ".join(term for term, _ in terms) or "true", [value for _, value in terms]


def records_of(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, str], list[Record]]:
    """The records of each person's walks."""
    found: dict[tuple[int, str], list[Record]] = {}
    for person, *values, data in rows:
        record = dict(zip(_FIELDS, values, strict=False))
        record["id"], record["walk"] = str(record["id"]), str(record["walk"])
        record["data"] = loads(data.encode())
        found.setdefault((person, record["walk"]), []).append(record)
    return found


def raw_records(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Record]]:
    """Records as they were written, with their seals, and whose they are."""
    for person, *values, org, vendor, agent, more, salt, chain, kept, keys, data in rows:
        record = dict(zip(_FIELDS, values, strict=False))
        record |= {"id": str(record["id"]), "walk": str(record["walk"])}
        record |= {"org": org, "vendor": vendor, "agent": agent, "data": loads(data.encode())}
        seal = {"more": more, "salt": salt, "chain": chain}
        seal |= {"kept": kept and loads(kept.encode()), "keys": keys and loads(keys.encode())}
        yield person, record | {field: each for field, each in seal.items() if each is not None}
