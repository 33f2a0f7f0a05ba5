"""Walks to export: one that can be followed by hand, and many that go their own ways."""

from __future__ import annotations

import io
from random import Random
from typing import IO, TYPE_CHECKING, Any

from sopguide.log.document import WalkDoc, make_document
from sopguide.log.exporting.cases import cases
from sopguide.walk.events import Event, Moment
from tests.log.making import HEADER, NOON, OUTCOME, records_of, walk_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sopguide.log.exporting.cases import Case
    from sopguide.log.exporting.writer import Writer

Said = tuple[str, dict[str, Any]]


def written_by(
    write: Callable[[IO[bytes]], Writer[Case]], *walks: WalkDoc, effective: bool = False
) -> bytes:
    """These walks, as one format has them."""
    out = io.BytesIO()
    writer = write(out)
    writer.begin()
    for case in cases(walks, effective=effective):
        writer.add(case)
    writer.end()
    return out.getvalue()


def shown(step: str, visit: int = 1) -> Said:
    return "step.shown", {"step": step, "visit": visit}


def answered(step: str, answer: Any, by: str = "agent", **more: Any) -> Said:
    return "step.answered", {"step": step, "fact": step, "answer": answer, "by": by, **more}


def walk(*said: Said, number: int = 0, start: int = NOON, **header: Any) -> WalkDoc:
    """A walk in which something happens every second."""
    events = [
        Event(kind, data, Moment(start + second * 1000, second * 1000))
        for second, (kind, data) in enumerate((("walk.started", {"facts": {}}), *said))
    ]
    return make_document(
        walk_id(number), records_of(events, walk_id(number), HEADER._replace(**header))
    )


def went_back(**more: Any) -> WalkDoc:
    """Asked for the age, went back from it to the first question, and was overridden."""
    return walk(
        shown("reach"),
        answered("reach", "yes"),
        shown("age"),
        ("step.back", {"step": "reach", "visit": 1}),
        shown("reach"),
        answered("reach", "no"),
        shown("route"),
        answered("route", "12.50", fact="amount", asked=True),
        shown("refuse"),
        ("outcome.recommended", {"step": "refuse", **OUTCOME}),
        (
            "outcome.overridden",
            {"end": "escalated", "macro": "none", "label": "account/senior", "reason": "vip"}
            | {"escalate": {"to": "seniors", "within": "4h"}},
        ),
        ("walk.completed", {}),
        **more,
    )


def many(number: int = 60, seed: int = 7) -> Iterator[WalkDoc]:
    """Walks of two SOPs on several days; most events of a walk share a millisecond."""
    chance = Random(seed)  # noqa: S311 (no secret)
    for each in range(number):
        said: list[Said] = [("walk.started", {"facts": {}})]
        for step in chance.sample(["age", "proof", "reach", "route"], chance.randint(1, 4)):
            said += [shown(step), answered(step, chance.choice(["yes", "no"]))]
        said += [shown("refuse"), ("outcome.applied", OUTCOME), ("walk.completed", {})]
        start = NOON + each * 3_600_000
        events = [
            Event(kind, data, Moment(start + place // 4, place))
            for place, (kind, data) in enumerate(said)
        ]
        header = HEADER._replace(
            sop=chance.choice(["account/hacked", "payments/refund"]),
            agent=chance.choice(["ann", "bob"]),
            ticket=f"{each // 2:064x}",
        )
        yield make_document(walk_id(each), records_of(events, walk_id(each), header))
