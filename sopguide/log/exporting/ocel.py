"""OCEL 2.0 as JSON: events, and the objects that each of them is about.

Every event is linked directly to all its objects: the walk, the ticket, the agent, the SOP, the
step, and the macro and label of an outcome, since readers drop what is linked in two hops. Events
come first and types last, so that nothing has to be kept: objects wait in a temporary database,
which the system's own SQLite keeps on disk as soon as it grows. All values are texts, as the
published schema demands; the types say what they are.
"""

from __future__ import annotations

import sqlite3
from typing import IO, TYPE_CHECKING, Any

from sopguide.log.exporting.cases import iso
from sopguide.log.exporting.jsonlines import harmless
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.exporting.cases import Case, Row

_EVENT_TYPES = {
    "seq": "integer",
    "event": "string",
    "lifecycle": "string",
    "visit": "integer",
    "fact": "string",
    "answer": "string",
    "answered_by": "string",
    "active_ms": "integer",
    "data": "string",
}
_WALK_TYPES = {
    "version": "string",
    "hash": "string",
    "mode": "string",
    "org": "string",
    "vendor": "string",
    "channel": "string",
    "locale": "string",
    "status": "string",
    "outcome": "string",
    "escalated_to": "string",
    "overridden": "boolean",
    "reason": "string",
    "started": "time",
    "ended": "time",
}
_OBJECT_TYPES = ("walk", "ticket", "agent", "sop", "step", "macro", "label")
_OUTCOMES = "outcome."


class OcelWriter:
    """Writes cases as they come; call `end` for all else."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._activities: dict[str, None] = {}
        self._comma = b"\n"
        self._objects = sqlite3.connect("")  # a temporary file, deleted when closed
        self._objects.execute("CREATE TABLE o (id TEXT PRIMARY KEY, line BLOB) WITHOUT ROWID")
        self._links: dict[tuple[str, str], dict[str, str]] = {}

    def begin(self) -> None:
        self._out.write(b'{"events":[')

    def add(self, case: Case) -> None:
        common = [self._link(kind, name) for kind, name in _common(case)]
        lines = []
        for row in case.rows:
            self._activities.setdefault(row.activity)
            event = {
                "id": row.event_id,
                "type": row.activity,
                "time": iso(row.time),
                "attributes": _attributes(row),
                "relationships": [*common, *(self._link(*link) for link in _links(case, row))],
            }
            lines.append(dumps(event))
        self._write(b",\n".join(lines))
        self._put(f"walk:{case.id}", _walk(case))

    def end(self) -> None:
        self._out.write(b'\n],\n"objects":[')
        self._comma = b"\n"
        for (line,) in self._objects.execute("SELECT line FROM o ORDER BY id"):
            self._write(line)
        self._objects.close()
        types = {
            "eventTypes": [_type(name, _EVENT_TYPES) for name in self._activities],
            "objectTypes": [
                _type(name, _WALK_TYPES if name == "walk" else {}) for name in _OBJECT_TYPES
            ],
        }
        self._out.write(b"\n],\n" + harmless(dumps(types))[1:] + b"\n")

    def _write(self, line: bytes) -> None:
        self._out.write(self._comma + harmless(line))
        self._comma = b",\n"

    def _link(self, kind: str, name: str) -> dict[str, str]:
        """A link to an object, which is put with the others; there are too many to keep of some."""
        known = self._links.get((kind, name))
        if known is not None:
            return known
        link = {"objectId": f"{kind}:{name}", "qualifier": kind}
        if kind != "walk":
            thing = {"id": link["objectId"], "type": kind, "attributes": [], "relationships": []}
            self._put(link["objectId"], thing)
        if kind not in ("walk", "ticket"):
            self._links[kind, name] = link
        return link

    def _put(self, id_: str, value: dict[str, Any]) -> None:
        self._objects.execute("INSERT OR IGNORE INTO o VALUES (?, ?)", (id_, dumps(value)))


def _common(case: Case) -> list[tuple[str, str]]:
    """The objects that every event of a walk is about."""
    ticket = [("ticket", case.head["ticket"])] if case.head["ticket"] else []
    return [("walk", case.id), ("sop", case.head["sop"]), *ticket]


def _links(case: Case, row: Row) -> Iterator[tuple[str, str]]:
    if row.agent is not None:
        yield "agent", row.agent
    if row.step is not None:
        yield "step", f"{case.head['sop']}#{row.step}"
    if row.event.startswith(_OUTCOMES):
        for kind in ("macro", "label"):
            if name := row.data.get(kind):
                yield kind, name


def _attributes(row: Row) -> list[dict[str, str]]:
    values: dict[str, Any] = {
        "seq": row.seq,
        "event": row.event,
        "lifecycle": row.lifecycle,
        "visit": row.visit,
        "fact": row.fact,
        "answer": row.answer,
        "answered_by": row.answered_by,
        "active_ms": row.active_ms,
        "data": dumps(row.data).decode(),
    }
    return [
        {"name": name, "value": str(value)} for name, value in values.items() if value is not None
    ]


def _walk(case: Case) -> dict[str, Any]:
    started, head = iso(case.head["started"]), case.head
    values = {
        **{name: head[name] for name in _WALK_TYPES},
        "overridden": "true" if head["overridden"] else "false",
        "started": started,
        "ended": iso(head["ended"]),
    }
    return {
        "id": f"walk:{case.id}",
        "type": "walk",
        "attributes": [
            {"name": name, "value": str(value), "time": started}
            for name, value in values.items()
            if value is not None
        ],
        "relationships": [
            {"objectId": f"{kind}:{name}", "qualifier": kind} for kind, name in _common(case)[1:]
        ],
    }


def _type(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "attributes": [{"name": each, "type": kind} for each, kind in attributes.items()],
    }
