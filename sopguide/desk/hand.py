"""What a screen, or a line on a pipe, may ask of the desk and of the walk in hand.

Screens know these protocols and nothing behind them: which step follows, what is logged and when,
is the walk's affair. Whatever can go wrong for reasons that a person should read (a refused
answer, a full disk) comes back as text; `None` means that it was done, and is on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopguide.desk.parked import Parked
    from sopguide.desk.shelf import Shelf
    from sopguide.walk.view import View
    from sopguide.walk.wording import Rendered


class WalkInHand(Protocol):
    """One walk, every change of which is on disk before it is shown."""

    @property
    def ticket(self) -> Mapping[str, Any]: ...
    @property
    def ticket_id(self) -> str | None: ...
    @property
    def spent(self) -> float:
        """Seconds worked on it before it was taken in hand."""
        ...

    @property
    def locales(self) -> tuple[str, ...]: ...
    @property
    def locale(self) -> str: ...
    def view(self) -> View:
        """Where the walk stands."""
        ...

    def answer(self, choice: Any) -> str | None:
        """Answer the question in hand; text says why not."""
        ...

    def back(self, to: int | None = None) -> str | None:
        """Return to the last answer, or to a row of the path."""
        ...

    def help_opened(self) -> str | None:
        """Note that the help of this step was read."""
        ...

    def macro(self, locale: str) -> Rendered | None:
        """The reply of this step or outcome; None where there is none."""
        ...

    def finish(self) -> str | None:
        """The outcome was applied: the walk is complete."""
        ...

    def suspend(self) -> str | None:
        """Leave the walk, to be resumed."""
        ...

    def abandon(self, reason: str) -> str | None:
        """Leave the walk for good."""
        ...


class Desk(Protocol):
    """The SOPs that are offered, and the walks that are open."""

    @property
    def shelf(self) -> Shelf: ...
    def open(self, sop: str, ticket: Mapping[str, Any]) -> WalkInHand | str:
        """Begin a walk; text says why not."""
        ...

    def parked(self) -> Sequence[Parked]:
        """The walks left before their end, the latest first."""
        ...

    def resume(self, walk: str) -> WalkInHand | str:
        """Go on where a walk was left."""
        ...

    def abandon(self, walk: str) -> str | None:
        """Give a parked walk up."""
        ...
