"""What was proved, kept by the hash of the compiled form: in memory, and in one file of the cache.

The file begins with the digest of the rest, so that what is torn, altered or foreign is as good as
none; its name tells the program that proved. It is written beside its name and moved there whole:
two processes may do so at once, and the later one's findings are kept. Where the cache cannot be
written, nothing is kept and all else is the same.
"""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from sopguide import __version__
from sopguide.cachefiles import write_whole
from sopguide.graph.load import program
from sopguide.proof.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 2
MOST = 20_000
"""How many forms' findings are kept: those that were proved last."""

Found = dict[str, list[Finding]]
"""What the proof finds in a compiled form: under "" in the SOP, else by table."""

_PROVERS = ("facts", "walk", "proof")
_STEM = "proofs-"


class Proofs:
    """The findings of every form proved so far; `cache` is where they outlast the process."""

    def __init__(self, cache: Path | None = None) -> None:
        self._place = None if cache is None else cache / f"{_STEM}{_program()}.json"
        self._rows = _read(self._place)
        self._new = False

    def __contains__(self, form: str) -> bool:
        return form in self._rows

    def __getitem__(self, form: str) -> Found:
        row = self._rows[form]
        return {table: [_finding(one) for one in found] for table, found in row.items()}

    def __setitem__(self, form: str, found: Found) -> None:
        rows = {table: [asdict(one) for one in each] for table, each in found.items()}
        self._rows[form] = orjson.loads(orjson.dumps(rows))
        self._new = True

    def save(self) -> None:
        """Keep what is new, with what another process has kept meanwhile."""
        if self._place is None or not self._new:
            return
        rows = {**_read(self._place), **self._rows}
        body = orjson.dumps(dict([*rows.items()][-MOST:]))
        with contextlib.suppress(OSError):
            write_whole(self._place, _digest(body) + b"\n" + body)
            _drop_older(self._place)
            self._new = False


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(**{**row, "path": tuple(row["path"])})


def _program() -> str:
    whole = sha256(f"{__version__} {FORMAT}\n".encode())
    for name, state in program(_PROVERS):
        whole.update(f"{name} {state}\n".encode())
    return whole.hexdigest()[:32]


def _read(place: Path | None) -> dict[str, dict[str, list[dict[str, Any]]]]:
    if place is None:
        return {}
    try:
        digest, _, body = place.read_bytes().partition(b"\n")
    except OSError:
        return {}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = (
        orjson.loads(body) if digest == _digest(body) else {}
    )
    return rows


def _drop_older(place: Path) -> None:
    """Remove what other versions of the program have proved."""
    for old in place.parent.glob(f"{_STEM}*.json"):
        if old != place:
            old.unlink(missing_ok=True)


def _digest(body: bytes) -> bytes:
    return sha256(body).hexdigest().encode()
