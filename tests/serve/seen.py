"""A desk's process as its server sees it."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from sopguide.serve.process import DATA, META
from tests.patience import SECONDS
from tests.terminal import Screen

if TYPE_CHECKING:
    from sopguide.serve.process import DeskProcess


class Seen:
    """What a desk draws and says."""

    def __init__(self, desk: DeskProcess) -> None:
        self.desk = desk
        self.screen = Screen()
        self.said: list[dict[str, str]] = []
        self._packets = desk.packets()

    async def until(self, text: str) -> None:
        if text in self.screen.text:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                async for kind, payload in self._packets:
                    self._take(kind, payload)
                    if text in self.screen.text:
                        return
        raise AssertionError(f"never shown: {text!r}:\n{self.screen.text}\n{self.said}")

    async def to_the_end(self) -> str:
        async for kind, payload in self._packets:
            self._take(kind, payload)
        await self.desk.stop()
        return self.said[-1]["type"]

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == DATA:
            self.screen.feed(payload)
        elif kind == META:
            self.said.append(json.loads(payload))
