"""What a screen, or a line on a pipe, may ask of the desk and of the walk in hand.

Screens know these protocols and nothing behind them: which step follows, what is logged and when,
is the walk's affair. Whatever can go wrong for reasons that a person should read (a refused
answer, a full disk) comes back as text; `None` means that it was done, and is on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from sopguide.log.logged_walk import PARK_REASONS as ALL_PARK_REASONS
from sopguide.log.remarks import ABOUT as FEEDBACK_ABOUT
from sopguide.log.remarks import Remark, Remarked
from sopguide.walk.ahead import Ahead, AheadOutcome
from sopguide.walk.outcome import Applied
from sopguide.walk.overruling import REASONS as OVERRIDE_REASONS
from sopguide.walk.overruling import OfferedOutcome

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sopguide.desk.day import Day
    from sopguide.desk.foreseeing import Sight
    from sopguide.desk.known import Known
    from sopguide.desk.parked import Parked
    from sopguide.desk.shelf import Shelf
    from sopguide.walk.catalogue import Entry
    from sopguide.walk.countdown import Countdown
    from sopguide.walk.returning import Kept, Return
    from sopguide.walk.view import View
    from sopguide.walk.wording import Rendered

__all__ = [
    "FEEDBACK_ABOUT",
    "OVERRIDE_REASONS",
    "PARK_REASONS",
    "Ahead",
    "AheadOutcome",
    "Applied",
    "Desk",
    "Foresees",
    "OfferedOutcome",
    "Remark",
    "Remarked",
    "WalkInHand",
]

PARK_REASONS = ALL_PARK_REASONS[:-1]
"""Why an agent parks a walk, as codes; whoever just leaves is asked for none."""


class WalkInHand(Protocol):
    """One walk, every change of which is on disk before it is shown."""

    @property
    def ticket(self) -> Mapping[str, Any]: ...
    @property
    def ticket_id(self) -> str | None: ...
    @property
    def spent(self) -> float:
        """Seconds worked on it so far, as the log counts them: waits and breaks do not."""
        ...

    @property
    def locales(self) -> tuple[str, ...]: ...
    @property
    def locale(self) -> str: ...
    @property
    def language(self) -> str:
        """In which the SOP's own wording is shown; replies have `locale`."""
        ...

    def view(self) -> View:
        """Where the walk stands."""
        ...

    def ahead(self) -> Ahead:
        """The outcomes still possible, and how many questions at most remain."""
        ...

    def clocks(self) -> tuple[Countdown, ...]:
        """What has to be done in time, the first to run out first."""
        ...

    def answer(self, choice: Any) -> str | None:
        """Answer the question in hand; text says why not."""
        ...

    def back(self, to: int | None = None) -> str | None:
        """Return to the last answer, or to a row of the path."""
        ...

    def undo(self) -> str | None:
        """Take back the last thing done: an answer, a return, an override."""
        ...

    def redo(self) -> str | None:
        """Do again what was undone last."""
        ...

    def offered(self) -> tuple[OfferedOutcome, ...]:
        """The outcomes that may be chosen instead of the SOP's, wherever the walk stands."""
        ...

    def overrule(self, outcome: str, reason: str) -> str | None:
        """Choose an offered outcome, by its id, for one of `OVERRIDE_REASONS`; the walk has ended.

        `back` and `undo` take the choice away again.
        """
        ...

    def kept(self) -> tuple[Kept, ...]:
        """The answers from before going back that wait for their question."""
        ...

    def returning(self, to: int) -> tuple[Return, ...]:
        """Which later answers going back to a row of the path would keep."""
        ...

    def catalogue(self) -> tuple[Entry, ...]:
        """The steps, macros and labels of the SOP."""
        ...

    def text_of(self, macro: str, locale: str) -> Rendered:
        """A macro of the SOP, whether it is to be sent here or not."""
        ...

    def help_opened(self) -> str | None:
        """Note that the help of this step was read."""
        ...

    def remark(self, kind: str, text: str, about: str | None = None) -> Remarked | str:
        """Keep a `note` on the walk, or `feedback` on the step (`about`: one of FEEDBACK_ABOUT).

        A text says why not; else it says what was taken out of it.
        """
        ...

    @property
    def beside(self) -> Mapping[str, Any]:
        """What was kept beside the walk: JSON, by names."""
        ...

    def keep(self, beside: Mapping[str, Any]) -> str | None:
        """Keep this beside the walk for as long as it is open, on this machine alone."""
        ...

    def remarks(self) -> tuple[Remark, ...]:
        """The notes on this walk, in order."""
        ...

    def macro(self, locale: str, filled: Mapping[str, str] | None = None) -> Rendered | None:
        """The reply of this step or outcome; None where there is none.

        `filled`: what was typed for placeholders that nothing else fills, by their names.
        """
        ...

    def finish(self, applied: Applied | None = None) -> str | None:
        """The outcome was applied, and how: the walk is complete."""
        ...

    def suspend(self, reason: str = "left") -> str | None:
        """Leave the walk, to be resumed; `PARK_REASONS` says why an agent may."""
        ...

    def abandon(self, reason: str) -> str | None:
        """Leave the walk for good."""
        ...


@runtime_checkable
class Foresees(Protocol):
    """A walk that can tell where an answer would lead."""

    def foresee(self, choice: Any) -> Sight | None:
        """Where the walk would stand then; None where the answer would be refused."""
        ...


class Desk(Protocol):
    """The SOPs that are offered, and the walks that are open."""

    @property
    def shelf(self) -> Shelf: ...
    def open(self, sop: str, ticket: Mapping[str, Any]) -> WalkInHand | str:
        """Begin a walk; text says why not."""
        ...

    def open_once(self, sop: str, ticket: Mapping[str, Any]) -> WalkInHand | str | None:
        """Begin a walk of a ticket that others may take too; None where somebody has it."""
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

    def known(self, sop: str, ticket: Mapping[str, Any]) -> Known:
        """What the ticket would fill in, were it walked by this SOP."""
        ...

    def due(self, ticket: Mapping[str, Any], sop: str | None = None) -> datetime | None:
        """When the first clock of an SOP, else of the one the ticket seems to need, runs out."""
        ...

    def day(self) -> Day:
        """What was done today; reads the log."""
        ...

    def settled(self, tickets: Collection[str]) -> frozenset[str]:
        """Those of these tickets that were finished today, are parked, or are in hand elsewhere."""
        ...
