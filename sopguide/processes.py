"""Work shared out among processes of our own.

Fresh ones: what runs in ours (threads, a great library in memory) is none of theirs. Ctrl+C, which
reaches every process of a terminal, is left to ours; when that stops, what has not begun is let go.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., Iterator[Any]]


_MOST = 8


def as_many_as_pay(work: int, worth_a_start: int) -> int:
    """How many processes so much work keeps busy, each worth its start; no more than cores."""
    return max(1, min(os.cpu_count() or 1, work // worth_a_start, _MOST))


@contextmanager
def shared_out(count: int | None) -> Iterator[Run]:
    """As `fresh_processes`; but what one alone would do is done in ours."""
    if count == 1:
        yield _here
        return
    with fresh_processes(count) as run:
        yield run


def _here(work: Callable[..., Any], *what: Any, chunksize: int = 1) -> Iterator[Any]:  # noqa: ARG001 (there is one)
    return map(work, *what)


@contextmanager
def fresh_processes(count: int | None) -> Iterator[Run]:
    """Given is what does as `map` does; `count`: how many processes, None: one a core."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))

    def run(work: Callable[..., Any], *what: Any, chunksize: int = 1) -> Iterator[Any]:
        with _deaf_to_ctrl_c():
            return pool.map(work, *what, chunksize=chunksize)

    try:
        yield run
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes are deaf from their first moment on: they begin as the one that starts them is."""
    if current_thread() is not main_thread():  # a server's: nobody presses keys there
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
