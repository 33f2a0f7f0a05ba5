"""Proving a whole library: each SOP and table once, kept by content, told as diagnostics.

What was proved is kept under the hash of the compiled form, so an unchanged SOP
is not proved again, whatever else changed. Many SOPs are proved in parallel.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from sopguide import __version__
from sopguide.diagnostics import Diagnostic, Severity
from sopguide.proof.codes import CODES, tell
from sopguide.proof.findings import Finding, prove
from sopguide.proof.tables import prove_table
from sopguide.walk.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from sopguide.graph.library import Library
    from sopguide.source.sources import Entry, Sources

_MANY = 40
"""From so many SOPs on, starting more processes pays."""

FORMAT = 1


def prove_library(
    library: Library,
    cache: Path | None,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Diagnostic, ...]:
    """Return what the proof finds in a library and nobody accepted, sorted by place.

    `progress` is told how many forms are proved, and how many there are.
    """
    sops = [entry for entry in library.sops.values() if entry.hash]
    jobs = {entry.hash or "": library.form_bytes(entry.id) for entry in sops}
    proved = _prove_all(jobs, cache, progress)
    if not any(found for sop in proved.values() for found in sop.values()):
        return ()
    from sopguide.source.files import read_library
    from sopguide.source.read import read_files

    sources = read_files(read_library(library.root))
    told = _Teller(sources, today)
    for entry in sops:
        for table, found in proved[entry.hash or ""].items():
            told.take(entry.id, table, found)
    return tuple(sorted(set(told.diagnostics), key=lambda each: each.place))


def prove_form(data: bytes) -> dict[str, list[Finding]]:
    """Return what the proof finds in a compiled form: under "" in the SOP, else by table."""
    form = orjson.loads(data)
    found = {"": prove(Procedure(form, ""))}
    for table in form.get("tables", {}):
        found[table] = prove_table(table, form)
    return found


class _Teller:
    """Turns findings into diagnostics at their places in the files."""

    def __init__(self, sources: Sources, today: date) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._sources = sources
        self._today = today

    def take(self, sop: str, table: str, found: list[Finding]) -> None:
        """Tell the findings of an SOP, or of a table that it uses."""
        entry: Entry[Any] = self._sources.tables[table] if table else self._sources.sops[sop]
        for each in found:
            code, severity = CODES[each.kind]
            if not table and self._is_accepted(entry, each, code, severity):
                continue
            headline, advice = tell(each, table=bool(table))
            if each.witness is not None:
                advice = f"{advice}; try {_as_options(each.witness)}"
            span = self._span(entry, each.path)
            self.diagnostics.append(
                Diagnostic(code, severity, span, headline, advice, witness=each.witness)
            )

    def _span(self, entry: Entry[Any], path: tuple[str | int, ...]) -> Any:
        """The smallest text at fault: a rule's condition, or the key that a list stands under."""
        key = isinstance(path[-1], str) and path[-1] not in ("if", "else")
        return entry.span(*path, key=key)

    def _is_accepted(
        self, entry: Entry[Any], found: Finding, code: str, severity: Severity
    ) -> bool:
        if severity is Severity.ERROR or entry.model is None:
            return False
        step = entry.model.steps.get(found.path[1]) if len(found.path) > 1 else None
        given = (*entry.model.accept, *(step.accept if step is not None else ()))
        return any(one.code == code and one.until >= self._today for one in given)


def _as_options(witness: dict[str, Any]) -> str:
    """Return the ticket as `sopguide resolve` takes it."""
    given = {name: witness[name] for name in ("facts", "answers") if witness[name]}
    told = [f"--{name} '{orjson.dumps(data).decode()}'" for name, data in given.items()]
    return " ".join([*told, f"--today {witness['today']}"])


# Keeping


def _prove_all(
    jobs: dict[str, bytes], cache: Path | None, progress: Callable[[int, int], None] | None
) -> dict[str, dict[str, list[Finding]]]:
    folder = None if cache is None else cache / "proofs"
    proved = {}
    waiting = {}
    for name, data in jobs.items():
        kept = _read(folder, name)
        if kept is None:
            waiting[name] = data
        else:
            proved[name] = kept
    done = len(proved)
    for name, found in _run(waiting):
        proved[name] = found
        done += 1
        _keep(folder, name, found)
        if progress is not None:
            progress(done, len(jobs))
    return proved


def _run(jobs: dict[str, bytes]) -> Iterator[tuple[str, dict[str, list[Finding]]]]:
    if len(jobs) < _MANY or (os.cpu_count() or 1) < 2:  # noqa: PLR2004
        for name, data in jobs.items():
            yield name, prove_form(data)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor() as pool:
        yield from zip(jobs, pool.map(prove_form, jobs.values(), chunksize=8), strict=True)


def _place(folder: Path, name: str) -> Path:
    whole = sha256(f"{__version__} {FORMAT} {name}".encode()).hexdigest()
    return folder / whole[:2] / f"{whole[2:40]}.json"


def _read(folder: Path | None, name: str) -> dict[str, list[Finding]] | None:
    if folder is None:
        return None
    try:
        data = orjson.loads(_place(folder, name).read_bytes())
        if data["of"] != name:
            return None
        return {
            table: [Finding(**{**each, "path": tuple(each["path"])}) for each in found]
            for table, found in data["found"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(folder: Path | None, name: str, found: dict[str, list[Finding]]) -> None:
    """Write beside the name and move there whole; a cache that cannot be written keeps nothing."""
    if folder is None:
        return
    rows = {table: [asdict(each) for each in each_found] for table, each_found in found.items()}
    place = _place(folder, name)
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(orjson.dumps({"of": name, "found": rows}))
        Path(beside).replace(place)
