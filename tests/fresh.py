"""What code imports, seen in a process of its own: for the promises of what starts fast."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]


def imported(code: str, *arguments: object, env: Mapping[str, str] | None = None) -> set[str]:
    """The modules that this code imports; what Python had before, or a coverage, does not count."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED.format(code=code), *map(str, arguments)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rpartition("IMPORTED")[2].split())


_WATCHED = """\
import sys
before = {{*sys.modules}}
{code}
print("IMPORTED", *({{*sys.modules}} - before))
"""
