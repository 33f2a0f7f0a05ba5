"""The keys of the reply, on every screen that has one: copy, edit, change its language.

What is sent and whether it is ready is the draft's affair. A text with an open placeholder is
copied only by a second press of the key: such texts have reached customers.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from sopguide.messages import _
from sopguide.tui import breath
from sopguide.tui.keys import face
from sopguide.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from sopguide.desk.hand import WalkInHand
    from sopguide.desk.reply import Draft
    from sopguide.walk.view import OutcomeView


class Replying(DeskScreen[None]):
    """A screen of a walk that may have a reply to send."""

    _walk: WalkInHand
    _warned_of: object = None
    _warned_at = 0.0

    @property
    def draft(self) -> Draft:
        """The reply as it will be sent."""
        from sopguide.desk.reply import draft_of

        return draft_of(self._walk)

    @property
    def sent(self) -> OutcomeView | None:
        """What is sent at this step: the reply and the label; None where nothing is."""
        raise NotImplementedError

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        raise NotImplementedError

    def say(self, what: str) -> None:
        """Say in place what was done."""
        raise NotImplementedError

    def show_reply(self) -> None:
        """Show the draft as it is now."""
        raise NotImplementedError

    # Keys

    def do_copy(self) -> None:
        """Copy the reply."""
        draft = self.draft
        if draft.recommended is None:
            self.refuse(_("There is no reply to copy at this step"))
        elif not draft.ready and self.warns(("copy", draft.text)):
            told = _("Not filled in yet: {edit} fills it in, {copy} again copies it as it is")
            keys = {name: face(self.keymap.key(name)) for name in ("edit", "copy")}
            self.refuse(told.format(**keys))
        else:
            self._copy(draft.text, _("reply"))

    def do_label(self) -> None:
        """Copy the label."""
        if self.sent is None or self.sent.label is None:
            self.refuse(_("There is no label to copy at this step"))
        else:
            self._copy(self.sent.label, _("label"))

    def do_hand_off(self) -> None:
        """Copy the text for whoever takes the ticket over."""
        from sopguide.desk.helpdesk import hand_off_text

        text = hand_off_text(self._walk)
        if text is None:
            self.refuse(_("Nobody takes the ticket over at this step"))
        else:
            self._copy(text, _("hand-off text"))

    def do_locale(self) -> None:
        """The reply in the next language."""
        if self.draft.recommended is None:
            self.refuse(_("There is no reply to change the language of at this step"))
            return
        self.draft.next_locale()
        self.refuse("")
        self.show_reply()

    def do_edit(self) -> None:
        """Fill the reply in, then change its words."""
        if self.draft.recommended is None:
            self.refuse(_("There is no reply to edit at this step"))
            return
        from sopguide.tui.screens.edit import EditPage

        self.refuse("")
        self.app.push_screen(EditPage(self.draft), lambda _done: self.show_reply())

    def warns(self, of: object) -> bool:
        """Whether this is to be warned of: once, until something else is.

        A key that is held down warns for as long as it is: only one pressed again goes on.
        """
        before, self._warned_of = self._warned_of, of
        last, self._warned_at = self._warned_at, monotonic()
        return before != of or self._warned_at - last < breath.SECONDS

    def _copy(self, text: str, what: str) -> None:
        from sopguide.tui.clipboard import copy

        copy(self.app, text, what)
