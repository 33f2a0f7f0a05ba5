"""Exporting 1,000,000 events in each format, against reading the walks and writing the same bytes.

The log is that of 100 days: 66,667 walks of ten SOPs, 15 events each. Each export is a process of
its own, as a person runs it, and so is the floor; its memory is that of the whole process.

    python -m tests.bench.exporting DATA FORMAT OUT      exports once, as the measurement does
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from sopguide.log.document import make_document
from sopguide.log.exporting.cases import cases
from sopguide.log.exporting.counts import Counts
from sopguide.log.exporting.run import FORMATS, opened, write, writer_for
from sopguide.log.jsontext import dumps, loads
from sopguide.log.local import LocalLog
from sopguide.log.record import Stamp, uuid7
from tests.bench.logged import HEADER, walk_of
from tests.bench.timing import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.document import WalkDoc

EVENTS, WALKS = 1_000_000, 66_667
_DAYS, _SOPS, _A_FILE = 100, 10, 250
_DAY = 86_400_000
_NEWEST = 1_795_348_800_000
_GOAL = 20.0  # seconds
_FLOOR = "floor"


def measure(folder: Path, rounds: int) -> list[Measure]:
    data = _fill(folder / "data")
    found = []
    for kind in FORMATS:
        out = folder / f"out.{kind}"
        runs = [
            (_run(data, kind, out), _run(data, _FLOOR, out)) for _ in range(max(1, rounds // 3))
        ]
        took, floor = (median(run["seconds"] for run in some) for some in zip(*runs, strict=True))
        more = {"floor": floor, "over the floor": took / floor, **runs[-1][0]}
        name = f"export of {EVENTS:,} events, {kind} ({more['megabytes']:.0f} MB memory)"
        found.append(Measure(name, took, floor, _GOAL, "reading and writing", "limit", more))
        shutil.rmtree(out) if out.is_dir() else out.unlink()
    return found


def _run(data: Path, kind: str, out: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.exporting", str(data), kind, str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(told)
    return figures


def export(data: Path, kind: str, out: Path) -> dict[str, float]:
    """One of them, timed from the first walk to the last byte on the disk."""
    import resource

    start = time.perf_counter()
    with LocalLog(data) as log:
        walks = islice(log.walks(), WALKS)
        if kind == _FLOOR:
            _copy(walks, out)
        else:
            if out.is_dir():
                shutil.rmtree(out)
            counts = Counts()
            with opened(kind, out, sys.stdout.buffer) as target:
                write(cases(walks), writer_for(kind, target), counts)
            if counts.events < EVENTS:
                raise RuntimeError(f"only {counts.events} events were exported")
    took = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    files = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]
    return {
        "seconds": took,
        "of the processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
        "bytes": sum(path.stat().st_size for path in files),
        "files": len(files),
    }


def _copy(walks: Iterator[WalkDoc], out: Path) -> None:
    """Read every walk, and write the bytes of an export that is there already."""
    for _ in walks:
        pass
    for path in [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]:
        again = path.with_name(f"{path.name}.again")
        with path.open("rb") as source, again.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        again.unlink()


def _fill(folder: Path) -> Path:
    LocalLog(folder).close()
    a_day = -(-WALKS // _DAYS)
    for number in range(_DAYS):
        start = _NEWEST - number * _DAY
        date = time.strftime("%Y-%m %d", time.gmtime(start / 1000)).split()
        month = folder / "walks" / date[0]
        month.mkdir(parents=True, exist_ok=True)
        samples = [_sample(start, sop) for sop in range(_SOPS)]
        walks = [
            {**samples[each % _SOPS], "walk": uuid7(start + each), "last": start + each}
            for each in range(a_day)
        ]
        for part, first in enumerate(range(0, a_day, _A_FILE), start=1):
            some = {str(each): walk for each, walk in enumerate(walks[first : first + _A_FILE], 1)}
            (month / f"{date[1]}-{part:03}.json").write_bytes(dumps({"walks": some}))
    return folder


def _sample(start: int, sop: int) -> dict[str, Any]:
    header = HEADER._replace(sop=f"area/procedure-{sop}")
    lines = Stamp("the-walk", header).lines(walk_of(6, start), 0).splitlines()
    return make_document("the-walk", [loads(line) for line in lines]).to_json()


if __name__ == "__main__":
    print(json.dumps(export(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))))
