"""Parking the ticket: for what reason. It is kept as it stands, and offered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.hand import PARK_REASONS
from sopguide.desk.wording import parked_reason
from sopguide.messages import _
from sopguide.tui.screens.picking import PickPage

if TYPE_CHECKING:
    from sopguide.desk.hand import WalkInHand


class ParkPage(PickPage[str]):
    """Dismissed with the code of a reason, or None."""

    def __init__(self, walk: WalkInHand) -> None:
        super().__init__()
        self._ticket = walk.ticket_id

    def title_of(self) -> str:
        return _("Park")

    def on_mount(self) -> None:
        asked = _("Why is this ticket parked?")
        if self._ticket:
            asked = _("Why is ticket {id} parked?").format(id=self._ticket)
        self.ask(asked, [parked_reason(code) for code in PARK_REASONS])

    def choose(self, place: int) -> None:
        self.dismiss(PARK_REASONS[place])
