"""What every path log promises, whatever stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from sopguide.log.wanted import EVERY, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopguide.log.document import WalkDoc
    from sopguide.log.faults import Damage
    from sopguide.log.record import Header, Record
    from sopguide.log.remarks import Remark, Remarks
    from sopguide.walk.events import Event


class Unfinished(NamedTuple):
    """A walk that nobody is walking and that has not ended."""

    walk: str
    sop: str
    version: str
    hash: str
    started: int  # ms UTC
    last: int
    step: str | None  # where it stands
    private: dict[str, Any]
    mode: str = "live"
    agent: str = ""
    left: str | None = None  # the reason code it was left with; None where it was cut off


class Recorder(Protocol):
    """The right to add to one walk, held by one process at a time."""

    walk: str
    header: Header
    seq: int  # of the next event

    def append(self, events: Sequence[Event]) -> None:
        """Durable on return. Raises LogError, and then none of the events counts."""

    def keep(self, private: dict[str, Any]) -> None:
        """Puts what only the agent may see in place of what was there. Raises LogError."""

    def close(self, events: Sequence[Event] = ()) -> None:
        """Appends the last events, which end the walk, and puts it among the finished ones."""

    def release(self, events: Sequence[Event] = ()) -> None:
        """Appends, and lets go of a walk that has not ended: it is unfinished from now on."""


class KeptRemarks(Protocol):
    """What agents wrote in their own words, wherever it is kept."""

    def all(self, kind: str | None = None) -> Iterator[Remark]:
        """By their time."""

    def find(self, names: Iterable[str]) -> list[Remark]:
        """Those of these ids that can be read."""


class PathLog(Protocol):
    """What can be asked of a log of walks, wherever it is kept."""

    @property
    def remarks(self) -> KeptRemarks: ...

    def unfinished(self) -> list[Unfinished]:
        """Oldest first, without those that a running process holds."""

    def walk(self, walk: str) -> tuple[Record, ...]:
        """The records of one walk, by seq. Raises NoSuchWalkError."""

    def find(self, start: str) -> list[WalkDoc]:
        """The walks, finished or not, whose id starts so."""

    def walks(self, wanted: Wanted = EVERY, *, newest_first: bool = False) -> Iterator[WalkDoc]:
        """By their last event; the newest or the oldest first."""

    def form(self, form_hash: str) -> bytes:
        """A compiled form that a walk refers to, verified. Raises LogError."""

    def ticket_hash(self, ticket_id: str) -> str:
        """How this log names a ticket from now on."""

    def ticket_hashes(self, ticket_id: str) -> tuple[str, ...]:
        """Every name that it may have given a ticket; the last is under its oldest key."""

    def damages(self) -> list[Damage]:
        """What the reads since the last call found broken."""


class WalkLog(PathLog, Protocol):
    """A log that walks are recorded in."""

    @property
    def remarks(self) -> Remarks: ...

    def begin(
        self, walk: str, header: Header, form: bytes, private: dict[str, Any] | None = None
    ) -> Recorder: ...

    def reopen(self, walk: str) -> Recorder:
        """Goes on with an unfinished walk. Raises WalkHeldError or NoSuchWalkError."""

    def rebuild(self) -> int:
        """Makes the finished walks anew from the records; how many there are."""
