"""`sopguide log import`: a log of another system, for comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import UserError
from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.import_faults import faults_told
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option, find_data
from sopguide.cli.progress import Passing

if TYPE_CHECKING:
    from sopguide.log.exporting.counts import Counts


@click.command("import", short_help="Read a log of another system, XES or CSV, for comparison.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", metavar="NAME", help="What to call it. Else as the file.")
@click.option(
    "--map",
    "mapped",
    metavar="WHAT=COLUMN,…",
    help="Of a CSV: the column of case, activity, time; also of resource, lifecycle, order.",
)
@click.option(
    "--time-format", metavar="FORMAT", help="Of a CSV whose times are not ISO 8601: %d/%m/%Y %H:%M"
)
@json_option
@data_option
def command(
    file: Path,
    name: str | None,
    mapped: str | None,
    time_format: str | None,
    as_json: bool,
    data: Path | None,
) -> int:
    """Read a log of another system, for comparison: FILE is .xes or .csv, or one with .gz.

    It is kept apart from the walks, under its name, and can be given back with `log export
    --imported`. Times without a zone are UTC. Where anything in it cannot be read, the place is
    told and nothing is kept. It may name people: it stays in your data folder, for you alone.

    \b
    Examples:
      sopguide log import history.xes.gz
      sopguide log import tickets.csv --map "case=Ticket,activity=Status,time=Changed at"
      sopguide log export --imported tickets --format xes --out tickets.xes
    """
    from sopguide.cli.log.import_lines import counts_lines
    from sopguide.log.acts import IMPORTED, record_act
    from sopguide.log.folder import DataFolder
    from sopguide.log.importing.kept import Imports, name_for

    folder = DataFolder(find_data(data))
    called = name or name_for(file)
    how = {"mapped": _mapping(mapped), "time_format": time_format}

    def note(counts: Counts) -> None:
        told = {"name": called, "cases": counts.cases, "events": counts.events}
        record_act(folder, IMPORTED, told)

    with faults_told(), Passing("events") as passing:
        counts = Imports(folder.root).add(called, file, how, note, passing.show)
    if as_json:
        echo_json([{"name": called, **counts.to_json()}])
    else:
        for text in counts_lines(called, counts):
            click.echo(text)
    return 0


def _mapping(text: str | None) -> dict[str, str]:
    from sopguide.log.importing.csvfile import MAPPED

    mapped = {}
    for part in (text or "").split(",") if text else ():
        what, sign, column = part.partition("=")
        if what.strip() not in MAPPED or not sign or not column.strip():
            known = ", ".join(f"{name}=COLUMN" for name in MAPPED)
            raise UserError(f"--map has no part like `{part}`", f"write {known}")
        mapped[what.strip()] = column.strip()
    return mapped
