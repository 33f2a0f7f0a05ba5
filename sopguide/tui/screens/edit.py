"""Editing the reply: each open placeholder is asked for by its name, then the text is written in.

Below the text, or beside it, stands what is changed against the recommended one. Nothing is lost:
whoever leaves with something written is asked whether to keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sopguide.desk.difference import ADDED, LEFT_OUT, REMOVED
from sopguide.desk.reply import LONGEST
from sopguide.messages import _
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import WIDE, Page
from sopguide.tui.screens.confirm import KeepPage
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.entry import Entry
from sopguide.tui.widgets.reply import body
from sopguide.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from sopguide.desk.difference import Line
    from sopguide.desk.reply import Draft

_STYLES = {REMOVED: "$error", ADDED: "$success", LEFT_OUT: "$muted"}


class EditPage(Page[None]):
    """Writes into the draft it is given; dismissed with nothing."""

    CSS = """
    EditPage > .page { width: 100%; max-width: 144; height: 100%; max-height: 50; }
    EditPage #filling, EditPage #writing { height: 1fr; }
    EditPage #filling VerticalScroll { height: 1fr; }
    EditPage #asked { margin-bottom: 1; }
    EditPage #writing { layout: vertical; }
    EditPage #text { height: 2fr; width: 1fr; }
    EditPage #changes { height: 1fr; width: 1fr; border-top: solid $rule; }
    EditPage VerticalScroll { scrollbar-size-vertical: 1; }
    EditPage #message { height: auto; min-height: 1; color: $error; }
    EditPage.-wide #writing { layout: horizontal; }
    EditPage.-wide #text, EditPage.-wide #changes { height: 1fr; }
    EditPage.-wide #changes { width: 40%; border-top: none; border-left: solid $rule; }
    EditPage.-wide #diff { padding-left: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+s", "keep", "Keep"),
        ("ctrl+o", "restore", "The recommended text"),
        ("pageup", "page(-1)", "Page up"),
        ("pagedown", "page(1)", "Page down"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._names = draft.asked
        self._at = 0 if self._names else -1
        self._before = draft.text

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = line(_("The reply · {locale}").format(locale=self._draft.locale))
            with Vertical(id="filling"):
                yield Static(id="asked")
                yield Entry(id="value")
                with VerticalScroll(can_focus=False):
                    yield Static(id="preview")
            with Horizontal(id="writing"):
                yield Writing(limit=LONGEST, id="text")
                with VerticalScroll(id="changes", can_focus=False):
                    yield Static(id="diff")
            yield Static(id="message")
            yield Static(id="keys")

    def on_mount(self) -> None:
        if self._at >= 0:
            self._ask()
        else:
            self._write()

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width >= WIDE, "-wide")

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#message", Static).update(shown(why))

    # Filling in

    def _ask(self) -> None:
        """Ask for a placeholder by its name."""
        self.query_one("#writing").display = False
        self.query_one("#filling").display = True
        name = self._names[self._at]
        told = _("{n} of {all}").format(n=self._at + 1, all=len(self._names))
        asked = line(_("What stands for {name}?").format(name=name), "bold")
        self.query_one("#asked", Static).update(asked + "  " + line(told, "$muted"))
        entry = self.query_one("#value", Entry)
        entry.value = self._draft.value(name)
        entry.placeholder = _("empty: it stays open, and is said to be")
        self.set_focus(entry)
        self.query_one("#preview", Static).update(body(self._draft, name))
        self._show_keys()

    def on_input_submitted(self) -> None:
        """Enter: the next placeholder, then the text."""
        self._take_value()
        self._at += 1
        if self._at < len(self._names):
            self._ask()
        else:
            self._at = -1
            self._write()

    def on_entry_back_asked(self) -> None:
        """Backspace in an empty field: the placeholder before."""
        self._take_value()
        if self._at > 0:
            self._at -= 1
            self._ask()

    def _take_value(self) -> None:
        self._draft.fill(self._names[self._at], self.query_one("#value", Entry).value)

    # Writing

    def _write(self) -> None:
        """Show the text to write in."""
        self.query_one("#filling").display = False
        self.query_one("#writing").display = True
        self._before = self._draft.text
        writing = self.query_one(Writing)
        begun = self._draft.begun
        writing.load_text(begun)
        self.set_focus(writing)
        self._show_diff()
        self._show_keys()
        if begun != self._before:
            self.call_after_refresh(self.refuse, _("This was written before, and is not kept yet"))

    @on(Writing.Changed)
    def _show_diff(self) -> None:
        """What is changed, while it is being written."""
        self.refuse("")
        lines = self._draft.diff(self._written)
        told = Content("\n").join(_drawn(each) for each in lines)
        nothing = line(_("Nothing is changed in the recommended text"), "$muted")
        self.query_one("#diff", Static).update(told or nothing)

    @on(Writing.Rested)
    def put_down(self) -> None:
        """What is written stays, whatever becomes of this page."""
        if self._at >= 0:
            self._take_value()
        else:
            self._draft.begin(self._written)

    @property
    def _written(self) -> str:
        return self.query_one(Writing).text

    @on(Writing.TooLong)
    def _say_too_long(self) -> None:
        self.refuse(_("A reply has at most {n} characters").format(n=LONGEST))

    def action_restore(self) -> None:
        """Write the recommended text again; undoing brings the other back."""
        if self._at < 0:
            writing = self.query_one(Writing)
            writing.replace(self._draft.recommended_text, *_all_of(writing))

    def action_page(self, by: int) -> None:
        """Page through the text that is to be filled in."""
        place = self.query_one("#filling VerticalScroll")
        place.scroll_relative(y=by * max(1, place.size.height - 1), animate=False)

    # Leaving

    def action_keep(self) -> None:
        """Keep what is written."""
        if self._at >= 0:
            self._take_value()
            self.dismiss(None)
        elif why := self._draft.write(self._written):
            self.refuse(why)
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Escape: with something written, ask whether to keep it."""
        if self._at >= 0:
            self.action_keep()
        elif self._written.strip("\n") == self._before:
            self._drop()
        else:
            self.app.push_screen(KeepPage(_("Keep what you changed in the reply?")), self._decided)

    def _decided(self, keep: bool | None) -> None:  # noqa: FBT001 - Textual's callback
        if keep:
            self.action_keep()
        elif keep is False:
            self._drop()

    def _drop(self) -> None:
        self._draft.drop()
        self.dismiss(None)

    def _show_keys(self) -> None:
        self.query_one("#keys", Static).update(bar_of(self._keys()))

    def _keys(self) -> Iterator[Key]:
        if self._at >= 0:
            yield Key("Enter", _("next"), "")
            yield Key("⌫", _("the one before"), "")
            yield Key("Esc", _("close, what is filled in stays"), "", "screen.close")
            return
        yield Key("^S", _("keep"), "", "screen.keep")
        yield Key("Esc", _("keep or drop"), "", "screen.close")
        yield Key("^Z", _("undo"), "")
        yield Key("^Y", _("redo"), "")
        yield Key("^O", _("the recommended text"), "", "screen.restore")


def _all_of(writing: Writing) -> tuple[tuple[int, int], tuple[int, int]]:
    return (0, 0), writing.document.end


def _drawn(each: Line) -> Content:
    """A line of the diff; words that changed are underlined."""
    style = _STYLES.get(each.sign, "")
    text = Content.styled(each.text, style) if style else Content(each.text)
    for start, end in each.changed:
        text = text.stylize("bold underline", start, end)
    return Content.styled(f"{each.sign} ", f"{style} bold".strip()) + text
