"""A person at a browser: a real Chromium, driven by keyboard, and the screen as it was sent there.

The terminal in the page draws on a canvas, which holds no text; so what the page receives is read
with the terminal of these tests, and the canvas is looked at as a picture.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from tests.patience import SECONDS
from tests.serve.serving import PASSWORDS
from tests.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page, WebSocket

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = (1280, 800)


def chromium() -> str:
    """Where it is. Without it the test is skipped, but on CI, which has to have it, it fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail(
            "CI tests the desk in a browser, and there is no chromium: apt install chromium"
        )
    if found is None:
        pytest.skip("no chromium is installed (apt install chromium)")
    return found


class Person:
    """One person at one browser, with cookies of their own."""

    def __init__(self, browser: Browser, size: tuple[int, int] = SIZE) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, ignore_https_errors=True
        )
        self.context.set_default_timeout(SECONDS * 1000)
        self.tabs: list[Tab] = []
        self.tab = self.another_tab()

    def another_tab(self) -> Tab:
        self.tabs.append(Tab(self.context))
        return self.tabs[-1]

    def leave(self) -> None:
        """Close the browser; whatever was done there, no script has failed."""
        self.context.close()
        assert [each for tab in self.tabs for each in tab.complaints] == []


class Tab:
    """One tab; `screen` is what its terminal shows."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []  # what went wrong in scripts of the page
        self.screen = Screen()
        self.sockets = 0
        self.page.on("websocket", self._connected)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _connected(self, socket: WebSocket) -> None:
        self.sockets += 1
        columns = dict(pair.split("=") for pair in socket.url.partition("?")[2].split("&"))
        self.screen = Screen(int(columns["width"]), int(columns["height"]))
        screen = self.screen

        def received(data: str | bytes) -> None:
            if isinstance(data, bytes):
                screen.feed(data)

        def sent(data: str | bytes) -> None:
            kind, *more = json.loads(data)
            if kind == "resize" and more != [{"width": screen.columns, "height": screen.rows}]:
                screen.resize(more[0]["width"], more[0]["height"])

        socket.on("framesent", sent)
        socket.on("framereceived", received)
        socket.on("close", lambda _: self._disconnected(screen))

    def _disconnected(self, screen: Screen) -> None:
        """What still stands on the page is old."""
        if self.screen is screen:
            self.screen = Screen()

    def sign_in(self, url: str, name: str, password: str | None = None) -> None:
        """By keyboard: the name has the focus, Tab leads on, Enter sends."""
        self.page.goto(url)
        self.page.wait_for_function("document.activeElement.name === 'name'")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password or PASSWORDS[name])
        self.page.keyboard.press("Enter")

    def reload(self) -> None:
        self.screen = Screen()
        self.page.reload()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def wait_for(self, wanted: str | Callable[[str], object]) -> str:
        """Wait until the terminal shows it."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        ends = time.monotonic() + SECONDS
        while not shows(self.screen.text):
            if time.monotonic() > ends:
                raise AssertionError(
                    f"never shown: {wanted!r}:\n{self.screen.text}\n{self.complaints}"
                )
            self.page.wait_for_timeout(20)
        return self.screen.text

    def notice(self) -> str:
        """The notice over the desk, when there is one."""
        shown = self.page.locator(".notice:not([hidden])")
        shown.wait_for()
        return shown.inner_text()
