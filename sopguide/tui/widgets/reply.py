"""The reply as the customer will read it, with what is missing in plain sight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sopguide.messages import _
from sopguide.tui.keys import face
from sopguide.tui.text import line, shown

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sopguide.desk.actions import KeyMap
    from sopguide.desk.reply import Draft
    from sopguide.walk.view import OutcomeView

_CORNERS = 6  # columns of a frame that its title does not get
_MISSING = r"⟦[^⟧]*⟧"


class Reply(VerticalScroll, can_focus=False):
    """The draft's text in a frame that names the macro and its locale, and the keys."""

    DEFAULT_CSS = """
    Reply {
        border: round $rule;
        border-title-color: $text;
        border-subtitle-color: $text;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & > Static { width: 1fr; height: auto; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.text = ""
        self._named = self._told = ""
        self._body = Static()

    def compose(self) -> ComposeResult:
        yield self._body

    def page(self, by: int) -> None:
        """Scroll by what is seen at once."""
        self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False)

    def show(
        self, outcome: OutcomeView, draft: Draft, keymap: KeyMap, label: str | None = None
    ) -> None:
        """Show a draft; one without a macro says that no reply is sent.

        `label`: that goes with it, where it is not told elsewhere.
        """
        changed = draft.text != self.text
        self.text = draft.text
        if draft.recommended is None:
            self._named, self._told = _("No reply is sent"), ""
            self._entitle()
            self.border_subtitle = ""
            self._body.update(line(_("This outcome is closed without a macro."), "$muted"))
            return
        self._named, self._told = _title(outcome, draft)
        self._entitle()
        self.border_subtitle = line(_keys(keymap, label))
        self._body.update(body(draft))
        if changed:
            self.scroll_home(animate=False)

    def on_resize(self) -> None:
        self._entitle()

    def _entitle(self) -> None:
        """Where there is no room for both, the macro's name is cut, not what is told of it."""
        told = " · " + line(self._told) if self._told else Content("")
        name, width = line(self._named), self.outer_size.width
        room = max(1, width - _CORNERS - told.cell_length)
        if width and name.cell_length > room:
            name = name.truncate(room, ellipsis=True)
        self.border_title = name + told


def body(draft: Draft, pointed: str | None = None) -> Content:
    """The text of a draft, what is open in it first; `pointed`: what is asked for just now."""
    text = shown(draft.text).highlight_regex(_MISSING, style="reverse bold")
    if pointed is not None:
        return text.highlight_regex(re.escape(f"⟦{pointed}⟧"), style="$accent reverse bold")
    told = []
    if draft.missing:
        names = ", ".join(draft.missing)
        told.append(line(_("Fill in before sending: {names}").format(names=names), "$error bold"))
    if draft.outdated:
        since = _("What the SOP recommends has changed since this was edited")
        told.append(line(f"! {since}", "$error bold"))
    return Content("\n").join(told) + "\n\n" + text if told else text


def _title(outcome: OutcomeView, draft: Draft) -> tuple[str, str]:
    """What the macro is called, and what is told of it: its language, and that it was edited."""
    told = draft.locale
    if draft.stand_in:
        told = _("{shown}, there is none in {wanted}")
        told = told.format(shown=draft.stand_in, wanted=draft.locale)
    elif draft.guessed:
        told = _("{locale}, not from the ticket").format(locale=draft.locale)
    if draft.edited:
        told = " · ".join((told, _("edited")))
    return _("Macro: {title}").format(title=outcome.macro_title or outcome.macro), told


def _keys(keymap: KeyMap, label: str | None) -> str:
    words = {"copy": _("copies"), "edit": _("edits"), "locale": _("locale")}
    if label:
        words["label"] = _("label {label}").format(label=label)
    return " · ".join(f"{face(keymap.key(name))} {word}" for name, word in words.items())
