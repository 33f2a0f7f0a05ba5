"""Recording one walk on this machine: each step durable, then the whole walk folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.log.record import ENDINGS, Stamp, bare, read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopguide.log.journal import Journal
    from sopguide.log.locks import Lock
    from sopguide.log.record import Header, Record
    from sopguide.walk.events import Event


class LocalRecorder:
    """Holds the walk's lock until the walk is closed or released."""

    def __init__(
        self,
        finish: Callable[[str, Sequence[Record]], None],
        walk: str,
        header: Header,
        journal: Journal,
        lock: Lock,
        earlier: Sequence[Record] = (),
        *,
        keep: Callable[[str, dict[str, Any]], None],
    ) -> None:
        self.walk = walk
        self.header = header
        self.seq = earlier[-1]["seq"] + 1 if earlier else 0
        self._finish = finish
        self._keep = keep
        self._earlier = earlier
        self._stored: list[bytes] = []  # what the fold needs, so that it reads no journal
        self._stamp = Stamp(walk, header)
        self._journal = journal
        self._lock: Lock | None = lock

    def append(self, events: Sequence[Event]) -> None:
        if self._lock is None:
            raise ValueError(f"walk {self.walk} was let go of")
        if events:
            lines = self._stamp.lines(events, self.seq)
            self._journal.append(lines)
            self._stored.append(lines)
            self.seq += len(events)

    def keep(self, private: dict[str, Any]) -> None:
        """Puts what only the agent may see in place of what was there, durably."""
        if self._lock is None:
            raise ValueError(f"walk {self.walk} was let go of")
        self._keep(self.walk, private)

    def close(self, events: Sequence[Event] = ()) -> None:
        """The last events are durable when this returns.

        That the walk is folded is not promised: what stands in the way is
        reported by the log, and it is done later.
        """
        if not events or events[-1].type not in ENDINGS:
            raise ValueError("the last event of a walk ends it; to leave it open, release it")
        self.append(events)
        records = [bare(read_record(line)) for line in b"".join(self._stored).splitlines()]
        self._finish(self.walk, [*self._earlier, *records])
        self._let_go(forget=True)

    def release(self, events: Sequence[Event] = ()) -> None:
        self.append(events)
        self._let_go(forget=False)

    def _let_go(self, *, forget: bool) -> None:
        if self._lock is not None:
            self._lock.release(forget=forget)
            self._lock = None
