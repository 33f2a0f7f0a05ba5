"""Which walks are asked for: every store of the path log answers the same question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sopguide.log.document import WalkDoc


class Wanted(NamedTuple):
    """What holds for a walk that is asked for; None: whatever it is.

    `since` and `until` are of its beginning, in ms UTC, the first included, the other not.
    `tickets`: one of these keyed hashes, if any are given. `unfinished`: only such, or only
    finished ones.
    """

    sop: str | None = None
    version: str | None = None
    since: int | None = None
    until: int | None = None
    mode: str | None = None
    vendor: str | None = None
    agent: str | None = None
    tickets: tuple[str, ...] = ()
    unfinished: bool | None = None

    def holds(self, walk: WalkDoc) -> bool:
        """Whether this walk is asked for."""
        named = all(
            wanted in (None, walk.head[field])
            for field, wanted in (
                ("sop", self.sop),
                ("version", self.version),
                ("mode", self.mode),
                ("vendor", self.vendor),
                ("agent", self.agent),
            )
        )
        return (
            named
            and (not self.tickets or walk.head["ticket"] in self.tickets)
            and (self.since is None or walk.started >= self.since)
            and (self.until is None or walk.started < self.until)
            and (self.unfinished is None or self.unfinished == (walk.status == "open"))
        )


EVERY = Wanted()
"""All walks."""
