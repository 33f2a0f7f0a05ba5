"""Work is shared out, comes back in order, and Ctrl+C stays with the process that was started."""

from __future__ import annotations

import os
import signal
from threading import Thread

import pytest

from sopguide.processes import as_many_as_pay, fresh_processes, shared_out


def test_what_is_done_comes_back_in_order() -> None:
    with fresh_processes(2) as run:
        assert [*run(pow, range(20), [2] * 20, chunksize=3)] == [each**2 for each in range(20)]
        [process, *_] = run(_process, [None])
    assert process != os.getpid()


def _process(_: None) -> int:
    return os.getpid()


def test_what_one_alone_would_do_is_done_in_ours() -> None:
    with shared_out(1) as run:
        assert [*run(_process, [None] * 3, chunksize=2)] == [os.getpid()] * 3


def test_only_processes_are_started_that_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert [as_many_as_pay(work, 100) for work in (0, 199, 200, 399, 9000)] == [1, 1, 2, 3, 4]
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert as_many_as_pay(9000, 100) == 8


def test_other_processes_leave_ctrl_c_to_ours() -> None:
    before = signal.getsignal(signal.SIGINT)
    with fresh_processes(1) as run:
        assert [*run(signal.getsignal, [signal.SIGINT])] == [signal.SIG_IGN]
    assert signal.getsignal(signal.SIGINT) == before


def test_a_thread_may_share_work_out_too() -> None:
    found: list[int] = []

    def work() -> None:
        with fresh_processes(1) as run:
            found.extend(run(abs, [-3]))

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert found == [3]


def stopped_after_the_first() -> None:
    with fresh_processes(1) as run:
        for _ in run(abs, range(100_000)):
            raise KeyboardInterrupt


def test_whoever_is_stopped_lets_the_rest_go() -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped_after_the_first()
