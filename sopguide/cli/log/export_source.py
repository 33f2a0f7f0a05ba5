"""What `sopguide log export` can write: walks, or a log that was imported; and writing it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.cli.exits import UserError
from sopguide.cli.log.import_faults import faults_told
from sopguide.cli.progress import Passing
from sopguide.log.acts import EXPORTED, record_act
from sopguide.log.exporting.cases import cases
from sopguide.log.exporting.counts import Counts
from sopguide.log.exporting.pseudonyms import pseudonyms
from sopguide.log.exporting.run import opened, write, writer_for
from sopguide.log.folder import DataFolder
from sopguide.log.importing import giving_back
from sopguide.log.importing.kept import Imports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sopguide.log.exporting.run import Target
    from sopguide.log.exporting.writer import Writer
    from sopguide.log.importing.case import ImportedCase
    from sopguide.log.protocol import PathLog
    from sopguide.log.wanted import Wanted


class Source(NamedTuple):
    """The cases, what writes them, and what the act of exporting tells of them."""

    cases: Iterator[Any]
    writer: Callable[[str, Target], Writer[Any]]
    about: dict[str, Any]


def walks_source(
    log: PathLog, wanted: Wanted, *, effective: bool, pseudonymous: bool, team: bool
) -> Source:
    rename = pseudonyms(log) if pseudonymous else None
    asked = {name: value for name, value in wanted._asdict().items() if value not in (None, ())}
    path = "effective" if effective else "raw"
    found = cases(log.walks(wanted), effective=effective, rename=rename)
    about = {"path": path, "pseudonymous": pseudonymous, "team": team, **asked}
    return Source(found, writer_for, about)


def imported_source(data: Path, name: str, kind: str) -> Source:
    if kind not in giving_back.FORMATS:
        help_text = f"take one of {', '.join(giving_back.FORMATS)}"
        raise UserError(f"an imported log is not written as {kind}", help_text)
    imports = Imports(data)
    with faults_told():
        about = imports.about(name)

    def writer(kind: str, target: Target) -> Writer[ImportedCase]:
        assert target.stream is not None  # noqa: S101 (only Parquet has none)
        return giving_back.writer_for(kind, target.stream, about)

    return Source(imports.cases(name), writer, {"imported": name})


def write_source(source: Source, kind: str, out: Path | None, data: Path) -> Counts:
    """Write it, and record that it was before it is in place.

    What went to stdout is out of our hands, so it is recorded however it ended.
    """
    counts, whole = Counts(), False
    with opened(kind, out, sys.stdout.buffer) as target, Passing("events") as passing:
        try:
            write(source.cases, source.writer(kind, target), counts, passing.show)
            whole = True
        finally:
            if whole or out is None:
                told = {"cases": counts.cases, "events": counts.events, "whole": whole}
                act = {"format": kind, **source.about, **told}
                record_act(DataFolder(data), EXPORTED, act)
    return counts
