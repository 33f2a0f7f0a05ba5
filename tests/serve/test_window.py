"""What pages say, and what nobody should say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from sopguide.serve.views import Look
from sopguide.serve.window import SocketWindow, _read, read_look

if TYPE_CHECKING:
    from aiohttp.web import WebSocketResponse

    from sopguide.serve.desks import Desk


class Notes:
    """A desk that notes what comes."""

    def __init__(self) -> None:
        self.came: list[Any] = []

    async def type(self, text: str) -> None:
        self.came.append(text)

    def resize(self, width: int, height: int) -> None:
        self.came.append((width, height))

    def focus(self) -> None:
        self.came.append("focus")


async def heard(text: str) -> list[Any]:
    notes = Notes()
    window = SocketWindow(cast("WebSocketResponse", None))
    await window._pass_on(cast("Desk", notes), _read(text))
    return notes.came


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ('["stdin", "\\u001b[A"]', ["\x1b[A"]),
        ('["resize", {"width": 100, "height": 30}]', [(100, 30)]),
        ('["resize", {"width": 100000, "height": -3}]', [(500, 8)]),
        ('["focus"]', ["focus"]),
    ],
)
async def test_keys_sizes_and_focus_are_passed_on(text: str, came: list[Any]) -> None:
    assert await heard(text) == came


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[" * 100_000,
        "null",
        "[]",
        '{"stdin": "x"}',
        '["stdin"]',
        '["stdin", 3]',
        '["resize", {"width": "100", "height": 30}]',
        '["resize", {"width": 1.5, "height": 30}]',
        '["blur"]',
        '["deliver_file_start", "key"]',
        '["quit"]',
    ],
)
async def test_anything_else_is_passed_over(text: str) -> None:
    assert await heard(text) == []


@pytest.mark.parametrize(
    ("width", "look"),
    [("100", 100), ("0", 8), ("9" * 5000, 500), ("-1", 80), ("x", 80), ("", 80)],
)
def test_a_size_that_makes_no_sense_is_brought_into_measure(width: str, look: int) -> None:
    assert read_look({"width": width}, "x" * 999) == Look(look, 24, languages="x" * 200)
