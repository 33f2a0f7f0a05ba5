"""Notes and feedback in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli.plain_asked import Picker, named
from sopguide.desk.hand import FEEDBACK_ABOUT
from sopguide.desk.wording import feedback_about, sentence, taken_out
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.cli.plain import PlainWalk
    from sopguide.walk.view import View


class PlainRemarks:
    """What the agent has to say of this walk, or of this step to the SOP's owner."""

    def __init__(self, plain: PlainWalk) -> None:
        self._plain = plain
        self._pick = Picker(plain.ask, plain.say)
        self.commands: dict[str, Callable[[View, str], None]] = {
            "note": self._note,
            "feedback": self._feedback,
        }

    def _note(self, _view: View, text: str) -> None:
        self._keep("note", text or self._text(_("note> ")))

    def _feedback(self, _view: View, typed: str) -> None:
        """`feedback unclear TEXT`, or one question after the other."""
        first, _space, rest = typed.partition(" ")
        about = named(first, FEEDBACK_ABOUT)
        text = rest.strip() if about else typed
        about = about or self._pick.pick(_("what is wrong"), FEEDBACK_ABOUT, feedback_about)
        if about is not None:
            self._keep("feedback", text or self._text(_("in your words> ")), about)

    def _text(self, prompt: str) -> str:
        return (self._plain.ask(prompt) or "").strip()

    def _keep(self, kind: str, text: str, about: str | None = None) -> None:
        if not text:
            self._plain.say(_("Nothing was written, so nothing is kept"))
            return
        kept = self._plain.hand.remark(kind, text, about)
        if isinstance(kept, str):
            self._plain.say(sentence(kept))
            return
        self._plain.say(_("Kept.") if kind == "note" else _("Kept, for the SOP's owner."))
        if kept.removed:
            self._plain.say(taken_out(kept.removed))
