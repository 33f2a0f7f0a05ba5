"""Pages to read over a screen: the keys, the ticket, and the help of a step in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sopguide.messages import _
from sopguide.tui import drawing
from sopguide.tui.screens.base import Page
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.hanging import Hanging, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key as Pressed

    from sopguide.desk.hand import WalkInHand
    from sopguide.tui.keys import Key
    from sopguide.walk.view import View

_WIDEST = 10


class ReadingPage(Page[None]):
    """A text that scrolls with the arrows; any closing key closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,backspace", "close", "Close"),
        ("up", "scroll(-1)", "Up"),
        ("down", "scroll(1)", "Down"),
        ("pageup", "scroll(-10)", "Page up"),
        ("pagedown,space", "scroll(10)", "Page down"),
    ]

    def __init__(self, title: str, text: Content | Hanging) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="page", can_focus=False) as page:
            page.border_title = line(self._title)
            page.border_subtitle = _("↑↓ scroll · Esc closes")
            yield self._text if isinstance(self._text, Hanging) else Static(self._text)

    def take_key(self, event: Pressed) -> bool:
        """The keys that open such pages close them too."""
        if self.means(event) in {"keys", "help", "ticket", "leave"}:
            self.dismiss(None)
            return True
        return super().take_key(event)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


def ticket_page(walk: WalkInHand) -> ReadingPage:
    """What came with the ticket, all of it, and what is known about it by now."""
    view = walk.view()
    widest = max((len(row.name) for row in view.facts), default=0)
    facts = [
        Content.assemble(
            (f"{row.name:{widest}}", "bold $accent"),
            "  ",
            line(row.label),
            "  ",
            line(drawing.by(row.by), "$muted"),
        )
        for row in view.facts
    ]
    misfits = [line(_("Not used: {fact}").format(fact=misfit), "$error") for misfit in view.misfits]
    limits = [drawing.clock(one, full=True) for one in walk.clocks()]
    lines = (Content("\n").join(each) for each in ([*facts, *misfits], limits))
    parts = [part for part in (drawing.words(walk), *lines) if part]
    nothing = line(_("Nothing came with this ticket."))
    return ReadingPage(drawing.ticket_title(walk), Content("\n\n").join(parts) or nothing)


def keys_page(keys: Iterable[Key]) -> ReadingPage:
    """What every key of a screen does."""
    lines = Hanging(_WIDEST + 1)
    lines.show([Paragraph(line(key.about), line(key.key, "bold $accent")) for key in keys])
    return ReadingPage(_("Keys"), lines)


def help_page(view: View) -> ReadingPage:
    """The wording, the help and the policy references of a step, all of it."""
    parts = [shown(view.text, "bold")]
    parts.append(shown(view.help) if view.help else line(_("No help is written for this step.")))
    references = ", ".join(view.because) or _("none given")
    parts.append(line(_("Policy: {references}").format(references=references)))
    where = _("{sop} {version}, step {step}")
    where = where.format(sop=view.sop, version=view.version, step=view.step)
    parts.append(line(where, "$muted"))
    return ReadingPage(_("Help"), Content("\n\n").join(parts))
