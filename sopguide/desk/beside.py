"""What lies beside a walk in hand: one thing a walk, the same on every screen that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

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
