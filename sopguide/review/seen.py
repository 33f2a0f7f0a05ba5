"""A walk told step by step, as the agent saw it.

The records are walked again on the compiled form of that day, so question,
choices and placeholders read as they did then. Where the form is lost, or the
records do not fit it any more, steps and answers are told by their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from sopguide.log.active import active_times
from sopguide.log.record import agent_of
from sopguide.walk.events import (
    OUTCOME_OVERRIDDEN,
    STEP_ANSWERED,
    STEP_BACK,
    STEP_REDONE,
    STEP_SHOWN,
    STEP_UNDONE,
    Event,
    Moment,
)
from sopguide.walk.fold import apply, fold
from sopguide.walk.procedure import Procedure
from sopguide.walk.view import view
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopguide.log.document import WalkDoc
    from sopguide.log.record import Record
    from sopguide.walk.view import View
    from sopguide.walk.walk import Walk

STANDS = "stands"  # the question at which an unfinished walk stands


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `shown` is what the agent had before them, where it is known."""

    type: str
    time: float  # active seconds since the walk began
    dwell: float  # of these, since the agent was asked
    record: Record
    shown: View | None = None
    remark: str | None = None
    """What was noted or said about the step; the record itself holds no text."""

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.record["data"]
        return data

    @property
    def step(self) -> str | None:
        """Where it happened: for a step back, where it led to."""
        return self.data.get("step") or (self.shown.step if self.shown else None)

    @property
    def by(self) -> str:
        """The agent's name, `ticket` or `rule`."""
        by = self.data.get("by", "agent")
        return agent_of(self.record) if by == "agent" else str(by)

    def to_json(self) -> dict[str, Any]:
        found = {
            "type": self.type,
            "wall": self.record["wall"],
            "time_s": round(self.time, 3),
            "dwell_s": round(self.dwell, 3),
            "agent": self.record["agent"],
            **self.data,
        }
        if self.remark is not None:
            found["text"] = self.remark
        return found if self.shown is None else {**found, "shown": _shown_json(self.shown)}


def tell(
    walk: WalkDoc, form: bytes | None, remarks: Mapping[str, str] | None = None
) -> tuple[list[Entry], str | None]:
    """The entries, and why the texts are missing where they are; `remarks`: their texts by id."""
    said = remarks or {}
    if form is None:
        return list(_entries(walk, None, said)), "the compiled form of that day cannot be read"
    try:
        procedure = Procedure(orjson.loads(form), str(walk.head["hash"]))
        return list(_entries(walk, procedure, said)), None
    except (KeyError, TypeError, ValueError) as error:  # a FoldError is a ValueError
        told = list(_entries(walk, None, said))
        return told, f"the records do not fit the compiled form: {error}"


def _entries(
    document: WalkDoc, procedure: Procedure | None, said: Mapping[str, str]
) -> Iterator[Entry]:
    walk: Walk | None = None
    language: str | None = None
    asked = time = 0.0
    record: Record = {}
    for record, time in zip(document.records(), active_times(document.events), strict=True):
        kind = record["type"]
        by_agent = _is_act(kind, record["data"])
        language = record["data"].get("language", language)
        if kind != STEP_SHOWN:
            shown = view(walk, None, language) if walk is not None and by_agent else None
            dwell = time - asked if by_agent else 0.0
            remark = said.get(record["data"].get("remark", ""))
            yield Entry(kind, time, dwell, record, shown, remark)
        if kind == STEP_SHOWN or by_agent:
            asked = time
        if procedure is not None:
            event = Event(kind, record["data"], Moment(record["wall"], record["mono"]))
            walk = fold(procedure, [event]) if walk is None else apply(walk, event)
    if walk is not None and walk.status != ENDED and document.status == "open":
        yield Entry(STANDS, time, 0.0, {**record, "data": {}}, view(walk, None, language))


def _is_act(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether the agent did this then, rather than the walk kept or repeated it."""
    if kind == STEP_ANSWERED:
        return data["by"] == "agent" and "kept" not in data
    return kind in _MOVES or (kind == OUTCOME_OVERRIDDEN and "again" not in data)


_MOVES = (STEP_BACK, STEP_UNDONE, STEP_REDONE)


def _shown_json(shown: View) -> dict[str, Any]:
    return {
        "kind": shown.kind,
        "step": shown.step,
        "text": shown.text,
        "help": shown.help,
        "because": list(shown.because),
        "choices": [{"id": choice.id, "label": choice.label} for choice in shown.choices],
        "check": list(shown.check),
        "suggested": shown.suggested,
    }
