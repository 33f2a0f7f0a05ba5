"""A desk's process: starting it with nothing of the server's but what it needs, and talking to it.

It speaks the protocol of Textual's web driver, as textual-serve does: packets of a kind, a length
and a payload both ways. What it writes to stderr may hold a ticket's words, so it goes nowhere.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual_serve.app_service import AppService

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

    from sopguide.serve.setup import Setup

DATA, META, PACKED = b"D", b"M", b"P"
_KINDS = (DATA, META, PACKED)
_READY = b"__GANGLION__\n"
_MOST_BYTES = 64 * 1024 * 1024
_PATIENCE = 10.0
"""Seconds that a desk has for leaving its walk in order, and again for ending at all."""


class DeskProcess:
    """A running desk."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101 - it was asked for
        assert process.stdout is not None  # noqa: S101 - the same
        self._process = process
        self._stdin, self._stdout = process.stdin, process.stdout

    @classmethod
    async def start(cls, setup: Setup) -> DeskProcess:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "sopguide.serve.person"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if os.environ.get("SOPGUIDE_DEBUG") else DEVNULL,
            env=_environment(),
            cwd=setup.data,
            start_new_session=True,  # Ctrl+C at the server is the server's: it stops desks in order
        )
        desk = cls(process)
        desk._write(json.dumps(setup._asdict()).encode() + b"\n")
        return desk

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """What it writes, until it ends: what to draw (`DATA`), and what it says (`META`)."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind = await self._stdout.readexactly(1)
                if kind == _READY[:1]:  # the web driver's first line, once
                    await self._stdout.readexactly(len(_READY) - 1)
                    continue
                size = int.from_bytes(await self._stdout.readexactly(4), "big")
                if kind not in _KINDS or size > _MOST_BYTES:
                    return
                yield kind, await self._stdout.readexactly(size)

    async def type(self, text: str) -> None:
        """What was typed or pasted; waits while the desk is behind."""
        self._write(AppService.encode_packet(b"D", text.encode("utf-8", "replace")))
        with suppress(ConnectionError):
            await self._stdin.drain()

    def tell(self, kind: str, **more: Any) -> None:
        self._write(AppService.encode_packet(b"M", json.dumps({"type": kind, **more}).encode()))

    async def stop(self) -> None:
        """Have it leave its walk and end; one that does not is ended."""
        self.tell("quit")
        for end in (self._process.terminate, self._process.kill):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), _PATIENCE)
                return
            with suppress(ProcessLookupError):
                end()
        await self._process.wait()

    def _write(self, data: bytes) -> None:
        with suppress(ConnectionError, RuntimeError):
            self._stdin.write(data)


def _environment() -> dict[str, str]:
    """Nothing of the server's surroundings, but where Python finds what it imports."""
    return {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONUTF8": "1",
        "TEXTUAL_FPS": "60",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLORTERM": "truecolor",
        "TERM": "xterm-256color",
    }
