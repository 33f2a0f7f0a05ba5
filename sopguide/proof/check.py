"""Proving a whole library: each SOP and table once, kept by content, told as diagnostics.

What was proved is kept under the hash of the compiled form, so an unchanged SOP
is not proved again, whatever else changed. Many SOPs are proved in parallel.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from sopguide.diagnostics import Diagnostic
from sopguide.processes import shared_out
from sopguide.proof.codes import CODES, RULES_OVERLAP, tell
from sopguide.proof.deadlines import prove_deadlines
from sopguide.proof.diagrams import TooLargeError
from sopguide.proof.explore import Explorer
from sopguide.proof.findings import Finding, prove
from sopguide.proof.kept import Proofs
from sopguide.proof.overlaps import overlapping_rules
from sopguide.proof.sending import prove_sending, watched_by
from sopguide.proof.tables import prove_table
from sopguide.walk.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sopguide.graph.library import Library
    from sopguide.proof.kept import Found
    from sopguide.source.sources import Entry, Sources

    Progress = Callable[[int, int], None]

_VALUES = ("if", "else", "macro", "run", "limit")
"""The keys whose value is at fault, not what stands under them."""

_MANY = 40
"""From so many SOPs on, starting more processes pays."""

_CHUNK = 8
_WITH_OVERLAPS = "+overlaps"


def prove_library(
    library: Library,
    cache: Path | None,
    progress: Progress | None = None,
) -> tuple[Diagnostic, ...]:
    """Return what the proof finds in a library, sorted by place.

    `progress` is told how many forms are proved, and how many there are.
    """
    proofs = Proofs(cache)
    prove_missing(library, proofs, progress)
    return tell_proved(library, proofs)


def prove_missing(library: Library, proofs: Proofs, progress: Progress | None = None) -> None:
    """Prove every form that is not proved yet, and keep what is found."""
    forms = {form: sop for sop, form in forms_of(library)}
    missing = {form: sop for form, sop in forms.items() if form not in proofs}
    done = len(forms) - len(missing)
    try:
        for form, found in _run(library, missing):
            proofs[form] = found
            done += 1
            if progress is not None:
                progress(done, len(forms))
    finally:  # whoever stops it goes on from there the next time
        proofs.save()


def forms_of(library: Library) -> list[tuple[str, str]]:
    """Return each SOP that can be proved, with the name under which its proof is kept."""
    more = _WITH_OVERLAPS if library.asks_for(RULES_OVERLAP) else ""
    return [(entry.id, f"{entry.hash}{more}") for entry in library.sops.values() if entry.hash]


def tell_proved(
    library: Library, proofs: Proofs, sources: Sources | None = None
) -> tuple[Diagnostic, ...]:
    """Return what was found in the forms proved so far; the files are read if there is anything."""
    proved = [(sop, proofs[form]) for sop, form in forms_of(library) if form in proofs]
    if not any(each for _, found in proved for each in found.values()):
        return ()
    told = _Teller(sources or _sources(library.root))
    for sop, found in proved:
        for table, each in found.items():
            told.take(sop, table, each)
    return tuple(sorted(set(told.diagnostics), key=lambda each: each.place))


def _sources(root: Path) -> Sources:
    from sopguide.source.files import read_library
    from sopguide.source.read import read_files

    return read_files(read_library(root))


def prove_form(data: bytes, *, overlaps: bool = False) -> Found:
    """Return what the proof finds in a compiled form: under "" in the SOP, else by table.

    Rules that overlap are looked for only where that is asked for.
    """
    form = orjson.loads(data)
    procedure = Procedure(form, "")
    explorer = _explorer(procedure)
    found = {"": [*prove(procedure, explorer), *prove_sending(procedure, explorer)]}
    found[""] += prove_deadlines(procedure)
    if overlaps:
        found[""] += overlapping_rules(procedure, explorer)
    for table in form.get("tables", {}):
        found[table] = prove_table(table, form)
    return found


def _explorer(procedure: Procedure) -> Explorer | None:
    """One exploration for both proofs; None where it is too large: each then says so itself."""
    try:
        explorer = Explorer(procedure, watched_by(procedure))
        _ = explorer.found
    except (TooLargeError, RecursionError):
        return None
    return explorer


class _Teller:
    """Turns findings into diagnostics at their places in the files."""

    def __init__(self, sources: Sources) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._sources = sources

    def take(self, sop: str, table: str, found: list[Finding]) -> None:
        """Tell the findings of an SOP, or of a table that it uses."""
        entry: Entry[Any] = self._sources.tables[table] if table else self._sources.sops[sop]
        for each in found:
            code, severity = CODES[each.kind]
            headline, advice = tell(each, table=bool(table))
            if each.witness is not None:
                advice = f"{advice}; try {_as_options(each.witness)}"
            span = self._span(entry, each.path)
            self.diagnostics.append(
                Diagnostic(code, severity, span, headline, advice, witness=each.witness)
            )

    def _span(self, entry: Entry[Any], path: tuple[str | int, ...]) -> Any:
        """The smallest text at fault: a rule's condition, or the key that a list stands under."""
        key = isinstance(path[-1], str) and path[-1] not in _VALUES
        if path[-1] == "limit" and _is_alone(entry, path[:-2]):
            path = (*path[:-2], path[-1])
        return entry.span(*path, key=key)


def _is_alone(entry: Entry[Any], path: tuple[str | int, ...]) -> bool:
    """Whether one clock is written there, and not a list of them."""
    return isinstance(entry.document.value((*entry.path, *path)), dict)


def _as_options(witness: dict[str, Any]) -> str:
    """Return the ticket as `sopguide resolve` takes it."""
    given = {name: witness[name] for name in ("facts", "answers") if witness[name]}
    told = [f"--{name} '{orjson.dumps(data).decode()}'" for name, data in given.items()]
    return " ".join([*told, f"--today {witness['today']}"])


# Running


def _run(library: Library, missing: dict[str, str]) -> Iterator[tuple[str, Found]]:
    """Prove each form; the bytes of one are taken from the library when its turn comes."""
    if not missing:
        return
    forms = map(library.form_bytes, missing.values())
    work = partial(prove_form, overlaps=library.asks_for(RULES_OVERLAP))
    many = len(missing) >= _MANY and os.cpu_count() != 1
    with shared_out(None if many else 1) as run:
        yield from zip(missing, run(work, forms, chunksize=_CHUNK), strict=True)
