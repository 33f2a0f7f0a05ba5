"""Progress on stderr for what takes a while, where a person looks on."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 0.5
"""Seconds after which a person wonders."""


class _Shown(ExitStack):
    """Says nothing where nobody looks on, nor before it is worth it; leaves the line as it was."""

    def __init__(self, clock: Callable[[], float], *, hidden: bool = False) -> None:
        super().__init__()
        self._clock = clock
        self._hidden = hidden or not sys.stderr.isatty()
        self._next = clock() + PATIENCE

    def _is_due(self) -> bool:
        return not self._hidden and self._clock() >= self._next


class Progress(_Shown):
    """Told how much is done of how much, draws a bar from the moment it is worth one."""

    def __init__(
        self,
        label: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        hidden: bool = False,
    ) -> None:
        super().__init__(clock, hidden=hidden)
        self._label = label
        self._bar: Any = None

    def show(self, done: int, whole: int) -> None:
        """Say how far it is."""
        if self._bar is None:
            if not self._is_due():
                return
            bar = click.progressbar(length=whole, label=self._label, file=sys.stderr)
            self._bar = self.enter_context(bar)
        self._bar.update(done - self._bar.pos)


class Passing(_Shown):
    """Told how many have passed, of nobody knows how many, says so on one line."""

    def __init__(self, noun: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._noun = noun
        self._told = False

    def show(self, done: int) -> None:
        """Say how many it is by now, a few times a second."""
        if not self._is_due():
            return
        self._next = self._clock() + _PAUSE
        if not self._told:
            self._told = True
            self.callback(click.echo, "\r\x1b[K", err=True, nl=False)
        click.echo(f"\r{done:,} {self._noun} …", err=True, nl=False)


_PAUSE = 0.2
"""Seconds between two figures, so that they can be read."""
