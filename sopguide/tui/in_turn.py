"""Keys one after another: each is dealt with in full before the next one is looked at.

Textual hands a key to the widget that has the focus when the key arrives. Over a slow line several
arrive at once: `24`, Enter and `1` would all go into the field of the first question. Here a key
waits until the one before has gone all its way, so that it belongs to what that one has opened.
"""

from __future__ import annotations

from asyncio import get_running_loop, wait_for
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.events import InputEvent, Key, Paste

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Event
    from textual.message_pump import MessagePump

_LONGEST = 2.0
"""Seconds after which a key that never ends, or a page that never stands, holds up no other."""
_PAINTED = 0.05
"""Seconds that a key has for itself, where no other waits."""
_ROUNDS = 2
"""A key goes up from its widget to the app; what that posts to the widget goes up once more."""


class InTurn(App[str]):
    """The part of the desk that takes keys."""

    _key_since: float | None = None

    def __init__(self) -> None:
        super().__init__()
        self._typed_ahead: deque[Event] = deque()
        self._way: Sequence[MessagePump] = ()

    async def on_event(self, event: Event) -> None:
        """Once the desk was left, what is still typed is nobody's: the walk is put away."""
        if self._exit and isinstance(event, InputEvent | Paste):
            return
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if self._key_since is None or monotonic() - self._key_since > _LONGEST:
                await self._take_key(event)
            else:
                self._typed_ahead.append(event)
                self._follow()
        else:
            if isinstance(event, Key):
                await self._standing()
            await super().on_event(event)

    async def _standing(self) -> None:
        """Wait until the screen in view has all its parts."""
        mounted: Any = self.screen._mounted_event  # noqa: SLF001 - Textual has no other word on it
        if not mounted.is_set():
            with suppress(TimeoutError):
                await wait_for(mounted.wait(), _LONGEST)

    async def _take_key(self, event: Event) -> None:
        self._key_since = monotonic()
        await self._standing()
        target = self.focused or self.screen
        if not self._taken_at_once(event):
            await super().on_event(event)
        self._way = (*target.ancestors_with_self,)
        if self._typed_ahead:
            self._follow()
        else:  # first of all, what comes of it is painted
            get_running_loop().call_later(_PAINTED, self._follow)

    def _taken_at_once(self, event: Event) -> bool:
        """Take a character that no field wants here: any widget would hand it on to the app."""
        if self.focused is not None or not self.app_focus:
            return False
        return isinstance(event, Key) and event.is_printable and self.takes(event)

    def takes(self, event: Key) -> bool:
        """Do what a key means that no text field wants; tells whether it meant anything."""
        raise NotImplementedError

    def _follow(self) -> None:
        way, self._way = self._way, ()
        if way:
            self._follow_key(way, 0, _ROUNDS)

    def _follow_key(self, way: Sequence[MessagePump], at: int, rounds: int) -> None:
        """Come after the key in the queue of each widget that it may pass, up to the app."""
        for place in range(at, len(way)):
            if way[place] is not self and way[place].call_later(
                self._follow_key, way, place + 1, rounds
            ):
                return
        if rounds > 1:
            self.call_later(self._follow_key, way, 0, rounds - 1)
        else:
            self.call_later(self._key_done)

    async def _key_done(self) -> None:
        self._key_since = None
        if self._typed_ahead and not self._exit:
            await self._take_key(self._typed_ahead.popleft())
