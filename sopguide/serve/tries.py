"""How often a password may be guessed: so many failures per person and per address, then a pause.

Nothing here reads a clock: the caller passes the seconds in. Names that nobody has are counted like
others, so that the pause tells nothing about who exists.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

PER_PERSON, PER_ADDRESS = 5, 100  # behind one address may be a whole site
WINDOW = 15 * 60.0
_MOST_KEPT = 10_000


class Failures(NamedTuple):
    times: int
    since: float


class Tries:
    """Failures within the window. A try counts as failed until it is known that it was not."""

    def __init__(self, window: float = WINDOW) -> None:
        self._window = window
        self._failed: OrderedDict[tuple[str, str], Failures] = OrderedDict()

    def wait(self, name: str, address: str, now: float) -> float:
        """Seconds until the next try is heard; 0 where it is heard at once."""
        keys = ((("person", name), PER_PERSON), (("address", address), PER_ADDRESS))
        return max(self._wait(key, most, now) for key, most in keys)

    def failed(self, name: str, address: str, now: float) -> None:
        for key in (("person", name), ("address", address)):
            found = self._current(key, now)
            self._failed[key] = Failures(found.times + 1, found.since)
            self._failed.move_to_end(key)
        while len(self._failed) > _MOST_KEPT:
            self._failed.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the person's failures, and the one that this try was counted as."""
        self._failed.pop(("person", name), None)
        found = self._failed.get(("address", address))
        if found is not None:
            self._failed["address", address] = found._replace(times=max(0, found.times - 1))

    def _wait(self, key: tuple[str, str], most: int, now: float) -> float:
        found = self._current(key, now)
        return max(0.0, found.since + self._window - now) if found.times >= most else 0.0

    def _current(self, key: tuple[str, str], now: float) -> Failures:
        found = self._failed.get(key)
        if found is None or now - found.since >= self._window:
            return Failures(0, now)
        return found
