"""What desks and the pages that show them say to each other, and the limits they keep."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, Protocol


class Close(IntEnum):
    """Why a window is closed, as the page is told."""

    ENDED = 4000
    TAKEN_OVER = 4001
    FULL = 4002
    IDLE = 4003
    FAILED = 4004
    SIGNED_OUT = 4401
    GOING_DOWN = 1012


class Limits(NamedTuple):
    desks: int = 50
    memory: int = 512
    """MiB a desk."""
    idle: float = 1800.0
    """Seconds without a key until a desk is closed."""
    unseen: float = 300.0
    """Seconds without a window until a desk is closed."""


class Window(Protocol):
    """A page that is open in a browser."""

    async def draw(self, data: bytes) -> None: ...
    async def tell(self, kind: str, text: str) -> None: ...
    async def close(self, why: Close) -> None: ...


class Look(NamedTuple):
    """How large a window is, and what its browser prefers."""

    width: int
    height: int
    light: bool = False
    languages: str = ""
    page: str = ""
    """Which page it is, as it calls itself."""
    by_itself: bool = False
    """It comes back after its connection was lost; nobody asked for it just now."""
