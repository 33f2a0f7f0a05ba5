"""A progress bar on stderr for what takes a while, where a person looks on."""

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
