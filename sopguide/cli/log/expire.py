"""`sopguide log expire`: what is older than the library says it may be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count
from sopguide.cli.log.agreeing import agree, dry_run_option, yes_option
from sopguide.cli.log.opening import open_folder, report
from sopguide.cli.log.options import json_option
from sopguide.cli.options import LIBRARY_FILE, data_option, open_library, trees_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.graph.library import Library
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder


@click.command("expire")
@dry_run_option
@yes_option
@json_option
@trees_option
@data_option
def command(dry_run: bool, yes: bool, as_json: bool, trees: Path | None, data: Path | None) -> int:
    """Delete what is older than `retention` in library.yaml says; the chain still holds.

    Tells how much of each kind there is, and asks. A kind that is not named is kept; where none is,
    nothing expires. Run it every night, with --yes.

    \b
    Examples:
      sopguide log expire --dry-run
      sopguide log expire --yes --trees /srv/sops
    """
    from datetime import UTC, datetime

    from sopguide.log.ages import cutoffs
    from sopguide.log.due import due
    from sopguide.log.expiring import expire

    library = open_library(trees)
    retention = retention_of(library)
    if not retention:
        click.echo(f"{LIBRARY_FILE} has no `retention`, so nothing expires", err=True)
        return Exit.OK
    folder = open_folder(data)
    damages: list[Damage] = []
    found = due(folder, cutoffs(retention, datetime.now(UTC)), damages)
    for text in (*lines(retention, found.counts()), *_elsewhere(folder)):
        click.echo(text, err=True)
    if not dry_run and any(found.counts().values()):
        agree(yes, "Delete this for good?")
        expire(folder, found, damages)
    if as_json:
        echo_json([{"dry_run": dry_run, "expired": found.counts()}])
    return report(damages)


def _elsewhere(folder: DataFolder) -> Iterator[str]:
    """What no retention is about, and somebody has to look after."""
    from sopguide.log.elsewhere import never_expiring

    originals, imports = never_expiring(folder)
    if originals:
        yield f"kept until somebody deletes it: {count(originals, 'damaged original')} in damaged/"
    if imports:
        what = count(imports, "imported log")
        yield f"kept until somebody takes it away: {what} (`sopguide log imports`)"


def retention_of(library: Library) -> dict[str, dict[str, Any]]:
    """What is said, unless a mistake may have hidden a part of it."""
    from sopguide.diagnostics import Severity

    for found in library.diagnostics:
        if found.severity is Severity.ERROR and found.span and found.span.file == LIBRARY_FILE:
            raise UserError(f"nothing expires while {LIBRARY_FILE} has errors", "sopguide check")
    return library.retention


def lines(retention: dict[str, dict[str, Any]], found: dict[str, int]) -> Iterator[str]:
    """How much of each kind there is, and which are kept."""
    from sopguide.log.ages import KINDS

    for kind, number in found.items():
        yield f"{kind}: {number:,} older than {retention[kind]['keep']}"
    if kept := [kind for kind in KINDS if kind not in retention]:
        yield f"kept, for `retention` does not name them: {', '.join(kept)}"
