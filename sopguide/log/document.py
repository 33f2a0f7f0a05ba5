"""A walk as one document: what the product queries and reports on.

It holds every record of the walk, the envelope written once, and a few
columns worked out when it is made, so that a list needs no replay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sopguide.log.record import ENDINGS, FIELDS, OWN_FIELDS, WALK_COMPLETED, is_time
from sopguide.walk.events import (
    OUTCOME_APPLIED,
    OUTCOME_OVERRIDDEN,
    OUTCOME_RECOMMENDED,
    STEP_BACK,
    STEP_REDONE,
    STEP_UNDONE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.log.record import Record

_KINDS = {"walk": str, "started": int, "last": int, "status": str}
_HEAD_FIELDS = FIELDS.keys() - OWN_FIELDS
OPEN, COMPLETED, ABANDONED = "open", "completed", "abandoned"


@dataclass(frozen=True, slots=True)
class WalkDoc:
    """One walk. `head` is the envelope's common part, `events` the rest of each record."""

    walk: str
    started: int  # wall time of the first record, ms UTC
    last: int  # wall time of the last one
    status: str  # open, completed, abandoned
    recommended: (
        dict[str, Any] | None
    )  # {end, macro, label, escalate?}, unless it was gone back from
    applied: dict[str, Any] | None
    overridden: dict[str, Any] | None  # what was applied instead, with its reason
    head: dict[str, Any]
    events: Sequence[dict[str, Any]]

    @property
    def sop(self) -> str:
        return str(self.head["sop"])

    @property
    def mode(self) -> str:
        return str(self.head["mode"])

    @property
    def outcome(self) -> dict[str, Any] | None:
        """Where the walk came out: what was applied, else what was recommended."""
        return self.overridden or self.applied or self.recommended

    def records(self) -> Iterator[Record]:
        return ({**self.head, **event} for event in self.events)

    def to_json(self) -> dict[str, Any]:
        """Always every key, so that one document replaces another whole."""
        return {
            "walk": self.walk,
            "started": self.started,
            "last": self.last,
            "status": self.status,
            "recommended": self.recommended,
            "applied": self.applied,
            "overridden": self.overridden,
            "head": self.head,
            "events": list(self.events),
        }


def document_from_json(data: Mapping[str, Any]) -> WalkDoc:
    """Raises ValueError where this is no document of a walk."""
    try:
        document = WalkDoc(**{**data, "events": tuple(data["events"])})
        sound = (
            all(isinstance(data[field], kind) for field, kind in _KINDS.items())
            and document.head.keys() >= _HEAD_FIELDS
            and all(event.keys() >= OWN_FIELDS for event in document.events)
            and all(map(is_time, _times(document)))
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no document of a walk: {error}") from error
    if not sound:
        raise ValueError("no document of a walk")
    return document


def _times(document: WalkDoc) -> Iterator[int]:
    yield from (document.started, document.last)
    yield from (event["wall"] for event in document.events)


def make_document(walk: str, records: Sequence[Record]) -> WalkDoc:
    """The document of a walk's records, which are in order and not empty."""
    head = {key: value for key, value in records[0].items() if key not in OWN_FIELDS}
    found = _last_of_each_type(records)
    return WalkDoc(
        walk=walk,
        started=records[0]["wall"],
        last=records[-1]["wall"],
        status=_status(found),
        recommended=found.get(OUTCOME_RECOMMENDED),
        applied=found.get(OUTCOME_APPLIED),
        overridden=found.get(OUTCOME_OVERRIDDEN),
        head=head,
        events=tuple(_own(record, head) for record in records),
    )


def _last_of_each_type(records: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """What each type of event said last; an outcome that was gone back from does not count."""
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        kind = record["type"]
        if kind in (STEP_BACK, STEP_UNDONE, STEP_REDONE):
            found.pop(OUTCOME_RECOMMENDED, None)
            found.pop(OUTCOME_OVERRIDDEN, None)
        found[kind] = record["data"]
    return found


def _own(record: Record, head: dict[str, Any]) -> dict[str, Any]:
    """What is not the same in the whole walk: a walk resumed by another agent differs there."""
    return {key: value for key, value in record.items() if head.get(key, _MISSING) != value}


_MISSING = object()


def _status(found: Mapping[str, object]) -> str:
    if not ENDINGS & found.keys():
        return OPEN
    return COMPLETED if WALK_COMPLETED in found else ABANDONED
