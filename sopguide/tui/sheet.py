"""What a step looks like between its header and its keys, as values: the same for the same view."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sopguide.tui import drawing, possible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.tui.widgets.hanging import Paragraph
    from sopguide.walk.ahead import Ahead
    from sopguide.walk.view import View


class Sheet(NamedTuple):
    """A step, drawn; its answers are not, since they change while it is shown."""

    view: View
    trail: tuple[Content, Content]
    question: Content
    help: Sequence[Paragraph]
    still: tuple[Content, Content]


def draw(view: View, ahead: Ahead, *, help_key: str, width: int, wide: bool) -> Sheet:
    """Draw a step for a terminal of a width; a `wide` one shows the path beside it."""
    path = drawing.here(view) if wide else drawing.trail(view)
    still = Content("") if wide else Content("  ") + possible.outcomes_line(ahead, width - 2)
    return Sheet(
        view,
        (path, possible.count(view, ahead)),
        drawing.question(view),
        drawing.help_text(view, help_key),
        (still, Content("")),
    )
