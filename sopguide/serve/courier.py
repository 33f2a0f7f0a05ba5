"""Shipping what is walked at the desks, as a desk in a terminal does for itself.

The server starts the process that ships, for a desk's own process knows nothing of a team's store.
It looks every few seconds whether a walk has ended, and asks nobody who works. Where no store is
named, nothing of this happens.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from sopguide.log.folder import DataFolder
from sopguide.log.team.address import is_named
from sopguide.log.team.background import Starter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    Stamp = tuple[str, int, int]

_SOON = 5.0
"""Seconds between one look and the next."""


@asynccontextmanager
async def shipping(data: Path, works: Callable[[], bool]) -> AsyncIterator[None]:
    """As long as this lasts, and once more after; `works`: whether anybody is at a desk."""
    if not is_named(data):
        yield
        return
    starter, folder = Starter(data, served=True), DataFolder(data)
    seen = _ended(folder)
    starter.now()
    looking = asyncio.create_task(_look(folder, seen, starter, works))
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        starter.now()


async def _look(
    folder: DataFolder, seen: Stamp, starter: Starter, works: Callable[[], bool]
) -> None:
    while True:
        await asyncio.sleep(_SOON)
        found = _ended(folder)
        if found != seen:
            starter.now()
        elif works():
            starter.after_a_while()
        seen = found


def _ended(folder: DataFolder) -> Stamp:
    """What changes whenever a walk is put among the finished ones: the newest file, replaced."""
    month = max(folder.walks.iterdir(), default=folder.walks)
    newest = max(month.glob("*.json"), default=month)
    with suppress(FileNotFoundError):  # replaced just now
        found = newest.stat()
        return newest.name, found.st_ino, found.st_mtime_ns
    return newest.name, 0, 0
