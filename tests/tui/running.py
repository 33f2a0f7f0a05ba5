"""Starting the desk under test, and reading its screen as text."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sopguide.tui.app import DeskApp
from tests.tui.fakes import FakeDesk, FakeWalk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from sopguide.walk.view import View

SMALL, WIDE = (80, 24), (200, 60)


@asynccontextmanager
async def walking(
    *views: View,
    size: tuple[int, int] = SMALL,
    desk: FakeDesk | None = None,
    ticket_text: dict[str, str] | None = None,
    **options: Any,
) -> AsyncIterator[tuple[Pilot[str], FakeWalk]]:
    """The desk with a walk in hand."""
    walk = FakeWalk(*views)
    walk.ticket = {**walk.ticket, **(ticket_text or {})}
    desk = desk or FakeDesk()
    desk.walk = walk
    app = DeskApp(desk, sop="account/hacked", **options, clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, walk


@asynccontextmanager
async def at_the_desk(
    desk: FakeDesk, size: tuple[int, int] = SMALL, **options: Any
) -> AsyncIterator[Pilot[str]]:
    """The desk without a walk."""
    app = DeskApp(desk, **options, clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def lines_of(pilot: Pilot[Any]) -> list[str]:
    """The rows of the screen in front, as a person reads them."""
    strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return [strip.text.rstrip() for strip in strips]


def text_of(pilot: Pilot[Any]) -> str:
    """The screen in front, as a person reads it."""
    return "\n".join(lines_of(pilot))


def words_of(pilot: Pilot[Any]) -> str:
    """The words on the screen in one line, wherever its width and the length of a path break them."""
    return " ".join(text_of(pilot).replace("│", " ").split())


def row_of(pilot: Pilot[Any], text: str) -> int:
    """The row on which a text stands."""
    rows = [row for row, line in enumerate(lines_of(pilot)) if text in line]
    assert rows, f"{text!r} is not on the screen:\n{text_of(pilot)}"
    return rows[0]
