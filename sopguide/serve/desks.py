"""One desk a person: a process that outlives a reload, a lost network and a second window.

A person's new window takes over from the one before, which is told so. A desk that nobody looks at,
or at which no key is pressed, is closed after a while; its walk is kept, and in hand again when the
person comes back.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from sopguide.serve.process import DATA, META, DeskProcess
from sopguide.serve.views import Close

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sopguide.serve.setup import Setup
    from sopguide.serve.users import User
    from sopguide.serve.views import Limits, Look, Window


class Desk:
    """A person's process, and the window that shows it."""

    def __init__(self, process: DeskProcess, window: Window, page: str, limits: Limits) -> None:
        self.window: Window | None = window
        self.closing = False
        self._page = page
        self._process = process
        self._limits = limits
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended = asyncio.create_task(self._run())
        self._arm(limits.idle)

    async def _run(self) -> None:
        """Show what the process draws, until it ends."""
        last = ""
        async for kind, payload in self._process.packets():
            if kind == META:
                last = await self._heard(json.loads(payload)) or last
            elif kind == DATA and self.window is not None:
                await self.window.draw(payload)
        self.closing = True
        if self._timer is not None:
            self._timer.cancel()
        await self._process.stop()
        if self.window is not None:
            await self.window.close(Close.ENDED if last == "ended" else Close.FAILED)

    async def _heard(self, said: dict[str, Any]) -> str | None:
        """What the process says about itself; its kind, where it is its last word."""
        match said["type"]:
            case "theme" if self.window is not None:
                await self.window.tell("theme", said["background"])
            case "ended" if self.window is not None and said["said"]:
                await self.window.tell("said", said["said"])
        return str(said["type"]) if said["type"] in {"ended", "failed"} else None

    def is_elsewhere(self, look: Look) -> bool:
        """Whether another page shows it, which one that comes back by itself does not take over."""
        return look.by_itself and self.window is not None and self._page != look.page

    async def show_in(self, window: Window, look: Look) -> None:
        """Another window of the same person: it takes over."""
        before, self.window, self._page = self.window, window, look.page
        self._process.tell("window", width=look.width, height=look.height)
        self.focus()
        self._arm(self._limits.idle)
        if before is not None:
            self._do(before.close(Close.TAKEN_OVER))

    def left_by(self, window: Window) -> None:
        """A window is gone; it may come back."""
        if self.window is window:
            self.window = None
            self._arm(self._limits.unseen)

    async def type(self, text: str) -> None:
        self._arm(self._limits.idle)
        await self._process.type(text)

    def resize(self, width: int, height: int) -> None:
        self._process.tell("resize", width=width, height=height)

    def focus(self) -> None:
        self._process.tell("focus")

    async def close(self, why: Close) -> None:
        """Leave the walk in order, and end. The window goes first: a slow one holds nothing up."""
        self.closing = True
        window, self.window = self.window, None
        if window is not None:
            self._do(window.close(why))
        await self._process.stop()
        await self.ended

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, lambda: self._do(self.close(Close.IDLE)))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Desks:
    """All that are open, by the person's name."""

    def __init__(self, setup: Callable[[User, Look], Setup], limits: Limits) -> None:
        """`setup`: what a person's process is told."""
        self._setup = setup
        self._limits = limits
        self._open: dict[str, Desk] = {}
        self._turn = asyncio.Lock()
        self._going_down = False

    @property
    def names(self) -> tuple[str, ...]:
        """Whose desks are open."""
        return tuple(self._open)

    async def open(self, user: User, window: Window, look: Look) -> Desk | Close:
        """The person's desk, in this window from now on; or why not."""
        while True:
            async with self._turn:
                if self._going_down:
                    return Close.GOING_DOWN
                desk = self._open.get(user.name)
                if desk is None:
                    return await self._begin(user, window, look)
                if not desk.closing and desk.is_elsewhere(look):
                    return Close.TAKEN_OVER
                if not desk.closing:
                    await desk.show_in(window, look)
                    return desk
            await asyncio.wait([desk.ended])

    async def _begin(self, user: User, window: Window, look: Look) -> Desk | Close:
        if len(self._open) >= self._limits.desks:
            return Close.FULL
        process = await DeskProcess.start(self._setup(user, look))
        desk = self._open[user.name] = Desk(process, window, look.page, self._limits)
        desk.focus()
        desk.ended.add_done_callback(lambda _: self._open.pop(user.name, None))
        return desk

    async def sign_out(self, name: str) -> None:
        if desk := self._open.get(name):
            await desk.close(Close.SIGNED_OUT)

    async def close(self) -> None:
        """Close all; none is opened any more."""
        async with self._turn:
            self._going_down = True
        await asyncio.gather(*(desk.close(Close.GOING_DOWN) for desk in [*self._open.values()]))
