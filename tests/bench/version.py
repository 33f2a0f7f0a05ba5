"""`sopguide --version` against a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.timing import Measure, in_turns


def measure(_: Path, rounds: int) -> list[Measure]:
    script = Path(sys.executable).with_name("sopguide")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "sopguide"]
    asked, bare = in_turns(
        rounds * 3, lambda: _run(*program, "--version"), lambda: _run(sys.executable, "-c", "pass")
    )
    return [Measure("sopguide --version", asked, bare, 5, "python -c pass")]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
