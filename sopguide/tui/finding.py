"""What comes of finding something: it is done, shown, gone to or copied.

The search itself is imported when it is first wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.messages import _
from sopguide.tui.acting import Acting
from sopguide.tui.screens.walking import WalkScreen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.palette import Hit


class Finding(Acting):
    """The part of the desk that finds things."""

    _desk: Desk

    def _open_find(self, walk: WalkInHand | None) -> None:
        from sopguide.desk.palette import Palette
        from sopguide.tui.screens.find import FindPage

        self.push_screen(FindPage(Palette(self._desk.shelf, walk)), self._found)

    def _found(self, hit: Hit | None) -> None:
        if hit is None:
            return
        from sopguide.desk import palette
        from sopguide.walk import catalogue

        walk = self._walk
        if hit.kind == palette.COMMAND:
            self._do(hit.id)
        elif walk is None:
            return
        elif hit.kind == palette.SOP:
            self._change_sop(hit.id, walk)
        elif hit.kind == catalogue.MACRO:
            self._copy_macro(hit.id, walk)
        elif hit.kind == catalogue.LABEL:
            self._copy(hit.id, _("label"))
        else:
            self._go_to(hit.id, walk)

    def _do(self, name: str) -> None:
        """Do what a key does, on the screen in view."""
        if isinstance(self.screen, WalkScreen):
            self.screen.action_do(name)
        else:
            getattr(self, f"_open_{name}")(None)

    def _copy_macro(self, macro: str, walk: WalkInHand) -> None:
        rendered = walk.text_of(macro, walk.locale)
        self._copy(rendered.text, _("reply"))
        if rendered.missing:
            missing = _("Fill in before sending: {names}")
            self._say(missing.format(names=", ".join(rendered.missing)))

    def _copy(self, text: str, what: str) -> None:
        from sopguide.tui.clipboard import copy

        copy(self, text, what)

    def _go_to(self, step: str, walk: WalkInHand) -> None:
        rows = [row for row in walk.view().path if row.step == step]
        places = [row.place for row in rows if row.can_return]
        if places:
            self._act("back", places[-1])
        elif not rows:
            self._refuse(_("`{step}` is not on the path: answers lead there").format(step=step))
        elif rows[-1].current:
            self._say(_("The walk stands at `{step}`").format(step=step))
        else:
            self._refuse(_("`{step}` was not answered by you").format(step=step))

    def _change_sop(self, sop: str, walk: WalkInHand) -> None:
        """Another SOP for this ticket: the walk in hand is parked, once the agent has agreed."""
        from sopguide.tui.screens.confirm import ConfirmPage

        def change(yes: bool | None) -> None:  # noqa: FBT001 - Textual's callback
            if not yes:
                return
            if why := walk.suspend():
                self._refuse(why)
                return
            self._walk = None
            self._begin(sop, walk.ticket)

        asked = _("Walk {sop} for this ticket? The walk in {this} is parked.")
        self.push_screen(ConfirmPage(asked.format(sop=sop, this=walk.view().sop)), change)

    def _begin(self, sop: str, ticket: Mapping[str, Any]) -> None:
        """Begin a walk, or choose another where that fails."""
        raise NotImplementedError
