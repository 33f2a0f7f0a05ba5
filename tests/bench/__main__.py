"""Run every measurement: a table on stdout, and all figures in a JSON file.

    python -m tests.bench [--json FILE] [--rounds N] [NAME ...]

Bytecode is compiled first, whatever the environment says, since without it everything that starts
a process would be measured two and a half times slower than people see it.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.timing import Measure

_ROOT = Path(__file__).parents[2]
_NAMES = (
    "compiling",
    "proving",
    "answering",
    "coming",
    "starting",
    "logged",
    "verifying",
    "folding",
    "reading",
    "shipping",
    "exporting",
    "version",
    "painting",
    "stepping",
    "searching",
)


def main() -> int:
    chosen = _arguments()
    _compile_bytecode()
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="sopguide-bench-") as folder:
        for name in chosen.names or _NAMES:
            print(f"… {name}", file=sys.stderr, flush=True)
            place = Path(folder, name)
            place.mkdir()
            found = import_module(f"tests.bench.{name}").measure(place, chosen.rounds)
            for measure in found:
                print(_row(measure), flush=True)
            measures += found
    _write(chosen.json, measures)
    missed = [measure.name for measure in measures if not measure.reached]
    print(f"\n{len(measures) - len(missed)} of {len(measures)} goals reached; all in {chosen.json}")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure sopguide.")
    parser.add_argument("names", nargs="*", choices=[*_NAMES, []], help=", ".join(_NAMES))
    parser.add_argument("--rounds", type=int, default=7, help="runs of each, the median counts")
    parser.add_argument("--json", type=Path, default=_ROOT / ".bench" / "results.json")
    return parser.parse_args()


def _compile_bytecode() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    for folder in {str(_ROOT / "sopguide"), *(path for path in sys.path if "-packages" in path)}:
        compileall.compile_dir(folder, quiet=2, workers=0)


def _row(measure: Measure) -> str:
    mark = "✓" if measure.reached else "✗"
    if measure.kind == "share":
        return f"{mark} {measure.name:<46} {measure.value:>8.1%}  goal ≤ {measure.goal:.1%}"
    unit = {"bytes": _bytes, "memory": _megabytes}.get(measure.kind, _time)
    head = f"{mark} {measure.name:<46} {unit(measure.value):>8}"
    if measure.kind == "bytes":
        return f"{head}  goal ≤ {unit(measure.goal)}: {measure.of} {unit(measure.floor)}"
    if measure.kind == "limit":
        return f"{head}  goal ≤ {_time(measure.goal)}"
    floor = f"{measure.of} {unit(measure.floor)}"
    return f"{head}  goal ≤ {measure.goal:g} x: {measure.ratio:.2f} x of {floor}"


def _bytes(count: float) -> str:
    return f"{count:,.0f} B"


def _megabytes(count: float) -> str:
    return f"{count / 1e6:.0f} MB"


def _time(seconds: float) -> str:
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _write(path: Path, measures: list[Measure]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    results = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "measures": [measure.to_json() for measure in measures],
    }
    path.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
