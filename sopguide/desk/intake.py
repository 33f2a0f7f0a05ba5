"""Which ticket is next: the one given at the start, then those of the queue, else a new one.

A ticket of the queue whose walk was left in the middle goes on where it was left. Which tickets are
settled is asked of the desk for each: two windows on one queue do not work one ticket twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.queue import Queue


class Next(NamedTuple):
    """What to take in hand: a ticket, the SOP where it was named, the walk where it was left."""

    ticket: Mapping[str, Any]
    sop: str | None = None
    walk: str | None = None
    place: str = ""
    """Where in the queue it stands, as `3 of 40`."""


class Gone(NamedTuple):
    """A ticket of the queue that another window was faster to take."""

    why: str


class Intake:
    """Gives one ticket after another; `sop` is for the first, with a queue for each."""

    def __init__(
        self,
        desk: Desk,
        sop: str | None = None,
        ticket: Mapping[str, Any] | None = None,
        queue: Queue | None = None,
    ) -> None:
        self._desk = desk
        self._sop = sop
        self._once = sop is not None
        self._ticket = ticket or {}
        self._queue = queue
        self._next: Next | None = None
        self._faults = queue.faults if queue is not None else ()
        if queue is not None:
            queue.taken(desk.settled(queue.ids))
            queue.sort(lambda each: desk.due(each, sop))

    def next(self) -> Next:
        """The ticket to be worked now, the same until it is `begun`."""
        if self._next is None:
            queue = self._queue
            self._next = Next(self._ticket, self._sop) if queue is None else self._of_queue(queue)
        return self._next

    def begun(self, ticket: Mapping[str, Any]) -> None:
        """A walk of this ticket began: if it was the next, another one is."""
        self._next, own = None, ticket.get("id")
        if self._queue is not None:
            self._queue.taken({str(own)})
        elif own == self._ticket.get("id"):
            self._sop, self._ticket = None, {}

    def begin(self, sop: str, ticket: Mapping[str, Any]) -> WalkInHand | Gone | str:
        """Begin a walk; a text says why not, and `Gone` that the next ticket is to be taken."""
        own = str(ticket.get("id", ""))
        shared = self._queue is not None and own in self._queue.ids
        walk = (self._desk.open_once if shared else self._desk.open)(sop, ticket)
        if not isinstance(walk, str):
            self.begun(ticket)
        if walk is None:
            told = _("Ticket {id} is in other hands by now: this is the next")
            return Gone(told.format(id=own))
        return walk

    def later(self) -> bool:
        """Put the next ticket of the queue last; False where there is no other."""
        if self._queue is None or len(self._queue) < 2:  # noqa: PLR2004
            return False
        self._queue.later()
        self._next = None
        return True

    @property
    def goes_on(self) -> bool:
        """Whether another ticket is to be taken: while a queue lasts, and without an SOP named."""
        return bool(self.next().ticket) if self._queue is not None else not self._once

    def told(self) -> str:
        """What is to be said of the queue: that it is worked off."""
        over = self._queue is not None and not len(self._queue)
        return _("The queue is worked off") if over else ""

    def passed_over(self) -> str:
        """What could not be taken from the queue, on one line; told once."""
        faults, self._faults = self._faults, ()
        if not faults:
            return ""
        told = _("Passed over: {fault}")
        if len(faults) > 1:
            told = _("Passed over: {n}. The first: {fault}")
        return told.format(n=len(faults), fault=faults[0])

    def _of_queue(self, queue: Queue) -> Next:
        queue.taken(self._desk.settled(queue.ids))
        waiting = queue.next()
        if waiting is None:
            return Next({})
        left = (parked.walk for parked in self._desk.parked() if parked.ticket == waiting.id)
        place = _("{place} of {total}").format(place=queue.place, total=queue.total)
        return Next(waiting.ticket, self._sop, next(left, None), place)
