"""The driver under a small app: windows that come and go, and the end."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.serve.process import DeskProcess
from tests.serve.seen import Seen
from tests.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
APP = """
from textual.app import App
from textual.widgets import Static
from sopguide.serve.driver import PageDriver

class Small(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("hello")
    def on_resize(self, event):
        self.query_one(Static).update(f"hello {event.size.width} x {event.size.height}")
    def on_key(self, event):
        self.theme = "textual-light"
        self.query_one(Static).update("lighter now")
        self.open_url("https://example.org")
    async def action_quit(self):
        self.exit("left in order")

app = Small()
app.driver_class = PageDriver
said = app.run(size=(40, 10))
raise SystemExit(0 if said == "left in order" else 1)
"""


@asynccontextmanager
async def running() -> AsyncIterator[Seen]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", APP, stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    seen = Seen(DeskProcess(process))
    seen.screen = Screen(40, 10)
    await seen.until("hello 40 x 10")
    yield seen
    await seen.desk.stop()


async def test_a_new_window_gets_the_whole_screen() -> None:
    async with running() as seen:
        seen.screen = Screen(40, 10)
        seen.desk.tell("window", width=40, height=10)  # the same size: a reload
        await seen.until("hello 40 x 10")
        seen.screen = Screen(60, 20)
        seen.desk.tell("window", width=60, height=20)
        await seen.until("hello 60 x 20")
        seen.desk.tell("resize", width=50, height=15)
        await seen.until("hello 50 x 15")
        assert "hello 60 x 20" not in seen.screen.text


async def test_a_change_of_colours_is_told_and_no_address_is_opened() -> None:
    async with running() as seen:
        [dark] = [said for said in seen.said if said["type"] == "theme"]
        await seen.desk.type("x")
        await seen.until("lighter now")
        seen.desk.tell("quit")
        await seen.to_the_end()
        assert [said["type"] for said in seen.said] == ["theme", "theme", "exit"]
        assert seen.said[1] != dark


@pytest.mark.parametrize("how", ["told", "signal", "server gone"])
async def test_it_ends_by_the_apps_own_way_out(how: str) -> None:
    async with running() as seen:
        if how == "told":
            seen.desk.tell("quit")
        elif how == "signal":
            seen.desk._process.terminate()
        else:
            seen.desk._stdin.close()
        assert await seen.to_the_end() == "exit"
        assert await seen.desk._process.wait() == 0
