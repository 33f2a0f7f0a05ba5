"""Work shared out among processes of our own.

Fresh ones: what runs in ours (threads, a great library in memory) is none of theirs. Ctrl+C, which
reaches every process of a terminal, is left to ours; when that stops, what has not begun is let go.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., Iterator[Any]]


@contextmanager
def fresh_processes(count: int | None = None) -> Iterator[Run]:
    """Given is what does as `map` does; `count`: how many processes, else one a core."""
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
