"""A page that is open in a browser, at the other end of its websocket.

Pages say what is typed and how large they are, in textual-serve's words; anything else they say is
passed over, and whatever is out of measure ends the connection.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType

from sopguide.serve.views import Close, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp.web import WebSocketResponse

    from sopguide.serve.desks import Desk

LARGEST_MESSAGE = 2 * 1024 * 1024
"""A ticket's text is pasted in one message."""
_LEAST, _MOST = 8, 500
_USUAL = 80, 24


class SocketWindow:
    def __init__(self, socket: WebSocketResponse) -> None:
        self._socket = socket

    async def draw(self, data: bytes) -> None:
        with suppress(ConnectionError, RuntimeError):
            await self._socket.send_bytes(data)

    async def tell(self, kind: str, text: str) -> None:
        with suppress(ConnectionError, RuntimeError):
            await self._socket.send_str(json.dumps([kind, text]))

    async def close(self, why: Close) -> None:
        with suppress(ConnectionError, RuntimeError):
            await self._socket.close(code=why)

    async def serve(self, desk: Desk, still_in: Callable[[], bool]) -> None:
        """Pass on what the page says, until it is closed or the person is out."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT or desk.window is not self:
                continue
            if not still_in():
                await self.close(Close.SIGNED_OUT)
                return
            await self._pass_on(desk, _read(message.data))

    async def _pass_on(self, desk: Desk, said: object) -> None:
        match said:
            case ["stdin", str(text)]:
                await desk.type(text)
            case ["resize", {"width": int(width), "height": int(height)}]:
                desk.resize(_between(width), _between(height))
            case ["focus"]:
                desk.focus()
            case ["ping", *_]:
                await self.tell("pong", "0")


def read_look(query: Mapping[str, str], languages: str) -> Look:
    """What a page says of itself when it connects."""
    width, height = (
        _between(int(text)) if (text := query.get(name, "")[:4]).isdecimal() else usual
        for name, usual in zip(("width", "height"), _USUAL, strict=True)
    )
    return Look(
        width,
        height,
        light=query.get("light") == "1",
        languages=languages[:200],
        page=query.get("page", "")[:40],
        by_itself=query.get("again") == "1",
    )


def _between(cells: int) -> int:
    return max(_LEAST, min(cells, _MOST))


def _read(text: str) -> object:
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    return None
