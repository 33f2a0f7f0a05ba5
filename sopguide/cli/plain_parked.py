"""Parked walks in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.clean import clean
from sopguide.desk.wording import SPOKEN, parked_line, parked_note
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.cli.plain import Say
    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.parked import Parked


def list_parked(parked: Sequence[Parked], say: Say, command: str = "") -> None:
    """A numbered line for each; where a number alone means something else, with the `command`."""
    if not parked:
        say(_("No walk is parked"))
    command = f"{command} " if command else ""
    for number, each in enumerate(parked, 1):
        text = f"  {command}{number}  {parked_line(each, SPOKEN)}, {parked_note(each, SPOKEN)}"
        say(clean(text, keep_newlines=False))


def resumed(desk: Desk, parked: Parked, say: Say) -> WalkInHand | None:
    """The walk, taken up again; None where it cannot be, which is said."""
    walk = desk.resume(parked.walk)
    if not isinstance(walk, str):
        return walk
    say(clean(walk))
    return None
