"""What lies beside a walk in hand: one thing a walk, the same on every screen that shows it.

Such things are kept with the ticket, on this machine alone and for as long as the walk is open, so
that a reply half written outlasts a break, and a crash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sopguide.desk.hand import WalkInHand

Thing = TypeVar("Thing")


class Beside(Generic[Thing]):
    """Made when it is first asked for, and gone with the walk."""

    def __init__(self, make: Callable[[WalkInHand], Thing]) -> None:
        self._make = make
        self._things: WeakKeyDictionary[WalkInHand, Thing] = WeakKeyDictionary()

    def __call__(self, walk: WalkInHand) -> Thing:
        if walk not in self._things:
            self._things[walk] = self._make(walk)
        return self._things[walk]


def keep(walk: WalkInHand, named: Mapping[str, list[list[str]]]) -> str | None:
    """Keep rows of texts under names; a text says why not."""
    beside = {**walk.beside, **named}
    beside = {name: rows for name, rows in beside.items() if rows}
    return None if beside == walk.beside else walk.keep(beside)


def kept(walk: WalkInHand, name: str, width: int) -> Iterator[list[str]]:
    """The rows that were kept under a name; what is damaged is left out."""
    found: Any = walk.beside.get(name)
    for row in found if isinstance(found, list) else ():
        if isinstance(row, list) and len(row) == width and all(isinstance(x, str) for x in row):
            yield row
