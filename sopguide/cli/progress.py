"""Progress on stderr for what takes a while, where a person looks on."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

PATIENCE = 0.5
"""Seconds after which a person wonders."""


class Progress:
    """Told how much is done of how much, draws a bar from the moment it is worth one."""

    def __init__(
        self,
        label: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        hidden: bool = False,
    ) -> None:
        self._label = label
        self._clock = clock
        self._hidden = hidden or not sys.stderr.isatty()
        self._begun = clock()
        self._bar: Any = None
        self._end = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.__exit__(kind, error, trace)

    def show(self, done: int, whole: int) -> None:
        """Say how far it is."""
        if self._bar is None:
            if self._hidden or self._clock() - self._begun < PATIENCE:
                return
            bar = click.progressbar(length=whole, label=self._label, file=sys.stderr)
            self._bar = self._end.enter_context(bar)
        self._bar.update(done - self._bar.pos)


class Passing:
    """Told how many have passed, of nobody knows how many, says so on one line."""

    def __init__(self, noun: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._noun = noun
        self._clock = clock
        self._hidden = not sys.stderr.isatty()
        self._next = clock() + PATIENCE
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._told:
            click.echo("\r\x1b[K", err=True, nl=False)

    def show(self, done: int) -> None:
        """Say how many it is by now, a few times a second."""
        if self._hidden or self._clock() < self._next:
            return
        self._next = self._clock() + _PAUSE
        self._told = True
        click.echo(f"\r{done:,} {self._noun} …", err=True, nl=False)


_PAUSE = 0.2
"""Seconds between two figures, so that they can be read."""
