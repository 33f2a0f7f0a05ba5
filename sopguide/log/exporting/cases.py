"""Walks as cases: one row for each event, with the same columns in every format.

`seq` is the order of a case, not the time: many events share a millisecond. The activity is the
step where one was shown or answered (`start` and `complete` of its lifecycle; a fact that a rule
asked for stands behind it in brackets), and else the type of the event. On the effective path
there are only steps, each complete.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.active import active_times
from sopguide.log.effective import effective_events
from sopguide.log.jsontext import dumps
from sopguide.walk.events import STEP_ANSWERED, STEP_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sopguide.log.document import WalkDoc

TEXT, WHOLE, TIME, FLAG, JSON = "text", "whole number", "time", "yes or no", "JSON"

ROW_COLUMNS = {
    "seq": WHOLE,
    "time": TIME,
    "activity": TEXT,
    "lifecycle": TEXT,
    "event": TEXT,
    "step": TEXT,
    "visit": WHOLE,
    "fact": TEXT,
    "answer": TEXT,
    "answered_by": TEXT,
    "active_ms": WHOLE,
    "agent": TEXT,
    "event_id": TEXT,
    "data": JSON,
}
CASE_COLUMNS = {
    "walk": TEXT,
    "sop": TEXT,
    "version": TEXT,
    "hash": TEXT,
    "mode": TEXT,
    "org": TEXT,
    "vendor": TEXT,
    "ticket": TEXT,
    "channel": TEXT,
    "locale": TEXT,
    "status": TEXT,
    "started": TIME,
    "ended": TIME,
    "outcome": TEXT,
    "macro": TEXT,
    "label": TEXT,
    "escalated_to": TEXT,
    "overridden": FLAG,
    "reason": TEXT,
}
COLUMNS = {**CASE_COLUMNS, **ROW_COLUMNS}
"""Every column of the tables, in order, and what it holds."""

_FIRST_MS, _LAST_MS = -62_135_596_800_000, 253_402_300_799_999  # the years 1 to 9999


class Row(NamedTuple):
    """One event. Times are ms UTC; `data` is what the event says, as the log has it."""

    seq: int
    time: int
    activity: str
    lifecycle: str
    event: str
    step: str | None
    visit: int | None
    fact: str | None
    answer: str | None
    answered_by: str | None
    active_ms: int
    agent: str | None
    event_id: str
    data: Mapping[str, Any]


class Case(NamedTuple):
    """One walk: `head` has the columns of the case by name, `rows` its events by `seq`."""

    head: dict[str, Any]
    rows: list[Row]

    @property
    def id(self) -> str:
        return str(self.head["walk"])

    @property
    def activities(self) -> list[str]:
        return [row.activity for row in self.rows]

    @property
    def times(self) -> list[int]:
        """In ms UTC."""
        return [row.time for row in self.rows]


def cases(
    walks: Iterable[WalkDoc],
    *,
    effective: bool = False,
    rename: Callable[[str], str] | None = None,
) -> Iterator[Case]:
    """Each walk that has a row; `rename` gives the agents other names."""
    names = lru_cache(maxsize=None)(rename) if rename else None
    for walk in walks:
        if rows := list(_rows(walk, names, effective=effective)):
            yield Case(_head(walk), rows)


def iso(wall_ms: int) -> str:
    """`2026-11-22T12:00:00.000Z`; what no calendar has becomes the nearest that one has."""
    seconds, ms = divmod(min(max(_FIRST_MS, wall_ms), _LAST_MS), 1000)
    return f"{_second(seconds)}.{ms:03}Z"


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19]


def _head(walk: WalkDoc) -> dict[str, Any]:
    outcome, head = walk.outcome or {}, walk.head
    escalate = outcome.get("escalate") or {}
    return {
        "walk": walk.walk,
        "sop": head["sop"],
        "version": head["version"],
        "hash": head["hash"],
        "mode": head["mode"],
        "org": head["org"],
        "vendor": head["vendor"],
        "ticket": head["ticket"],
        "channel": head["channel"],
        "locale": head["locale"],
        "status": walk.status,
        "started": walk.started,
        "ended": walk.last,
        "outcome": outcome.get("end"),
        "macro": outcome.get("macro"),
        "label": outcome.get("label"),
        "escalated_to": escalate.get("to"),
        "overridden": walk.overridden is not None,
        "reason": (walk.overridden or {}).get("reason"),
    }


def _rows(walk: WalkDoc, names: Callable[[str], str] | None, *, effective: bool) -> Iterator[Row]:
    left = {id(event) for event in effective_events(walk.events)} if effective else None
    for time, event in zip(active_times(walk.events), walk.events, strict=True):
        if left is not None and id(event) not in left:
            continue
        kind, data = event["type"], event["data"]
        step, asked = data.get("step"), data.get("fact") if data.get("asked") else None
        agent = event.get("agent", walk.head["agent"])
        yield Row(
            event["seq"],
            event["wall"],
            (f"{step} ({asked})" if asked else step) if step and kind in _OF_STEPS else kind,
            "start" if kind == STEP_SHOWN and left is None else "complete",
            kind,
            step,
            data.get("visit"),
            data.get("fact"),
            _text(data["answer"]) if "answer" in data else None,
            data.get("by"),
            round(time * 1000),
            names(agent) if names and agent is not None else agent,
            event["id"],
            data,
        )


_OF_STEPS = (STEP_SHOWN, STEP_ANSWERED)


def _text(answer: object) -> str:
    if isinstance(answer, str):
        return answer
    return "not known" if answer is None else dumps(answer).decode()
