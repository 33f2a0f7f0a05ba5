"""Processes that work on a log, started quickly and killed at any moment; see `worker.py`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, Self

from tests.patience import wait_until

ROOT = Path(__file__).parents[2]


class Working(NamedTuple):
    """A process, and the file it prints its promises to."""

    number: int
    told: Path

    def is_under_way(self) -> bool:
        return self.told.exists() and b"\n" in self.told.read_bytes()


class Nursery:
    """One process that forks the others, so that each is there in a few milliseconds."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._count = 0
        self._errors = (place / "errors").open("wb")
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "tests.log.worker", "nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.close()
        self._mother.wait()
        self._mother.stdout.close()
        self._errors.close()

    def start(self, work: str, data: Path) -> Working:
        """Begins one of the works of `worker.py`."""
        self._count += 1
        told = self._place / f"told-{self._count}"
        return Working(int(self._ask(f"{work} {data} {told}")), told)

    def kill(self, working: Working) -> list[str]:
        """Ends a process that is under way with no warning; what it had promised, to the last."""
        wait_until(working.is_under_way, "the first promise")
        os.kill(working.number, signal.SIGKILL)
        self._ask(f"wait {working.number}")
        return working.told.read_text().splitlines()

    def errors(self) -> str:
        """What they complained about."""
        return (self._place / "errors").read_text()

    def _ask(self, line: str) -> str:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write(f"{line}\n")
        return self._mother.stdout.readline().strip()
