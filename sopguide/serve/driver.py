"""Textual's web driver, made to last: windows come and go, and the desk goes on.

A new window gets the whole screen again. When the server asks for an end, or is gone, the desk
leaves its walk in order, as it does by its own key, and ends.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import Any

from textual.drivers.web_driver import WebDriver
from textual.geometry import Size


class PageDriver(WebDriver):
    def __init__(self, app: Any, **more: Any) -> None:
        super().__init__(app, **more)
        self._write = self._put  # type: ignore[assignment]  # Textual's writes once, come what may

    def start_application_mode(self) -> None:
        super().start_application_mode()
        for each in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(each, self._leave)
        self._app.theme_changed_signal.subscribe(self._app, self._tell_theme, immediate=True)
        self._tell_theme(self._app.current_theme)

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():  # the server has died
            self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        match packet_type:
            case "quit":
                self._leave()
            case "window":
                self._size = int(str(payload["width"])), int(str(payload["height"]))
                self._app.call_later(self._show_all, Size(*self._size))
            case "resize" | "focus":
                super().on_meta(packet_type, payload)

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002 (Textual's)
        """No text on the desk sends the browser anywhere."""

    def _leave(self) -> None:
        self._app.call_later(self._app.run_action, "quit")

    async def _show_all(self, size: Size) -> None:
        """Everything that a window needs that has not seen anything yet."""
        self.write("\x1b[?1049h\x1b[?25l")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._tell_theme(self._app.current_theme)
        self.process_message(_resized(size))
        self._app.refresh()

    def _tell_theme(self, theme: Any) -> None:
        self.write_meta({"type": "theme", "background": theme.background, "dark": theme.dark})

    def _put(self, data: bytes) -> int:
        """Write all of it; nobody may be reading any more."""
        done = 0
        with suppress(OSError):
            while done < len(data):
                done += os.write(self.fileno, data[done:])
        return done


def _resized(size: Size) -> Any:
    from textual.events import Resize

    return Resize(size, size)
