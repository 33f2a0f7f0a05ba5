"""`sopguide log export`: the paths taken, in the formats of other tools."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import EnvironmentFault, UserError
from sopguide.cli.jsontext import write_json
from sopguide.cli.lines import count, line
from sopguide.cli.log.opening import open_path_log, report, say_nothing_found
from sopguide.cli.log.options import (
    json_option,
    mode_option,
    moment,
    since_option,
    sop_option,
    team_option,
)
from sopguide.cli.options import data_option, find_data
from sopguide.log.exporting.run import FORMATS, PARQUET

if TYPE_CHECKING:
    from sopguide.log.exporting.counts import Counts


@click.command("export", short_help="Write walks as CSV, JSON lines, Parquet, XES or OCEL.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="csv",
    show_default=True,
    help="For which tools.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Where to; Parquet needs a folder. Else stdout.",
)
@click.option(
    "--path",
    type=click.Choice(["raw", "effective"]),
    default="raw",
    show_default=True,
    help="All that happened, or the steps that are left after going back.",
)
@sop_option
@since_option
@click.option("--until", metavar="WHEN", callback=moment, help="Only walks begun before.")
@click.option("--version", metavar="VERSION", help="Only walks on this version.")
@click.option("--vendor", metavar="VENDOR", help="Only walks of this vendor's agents.")
@mode_option
@click.option("--pseudonymous", is_flag=True, help="Give agents other names, by a keyed hash.")
@click.option("--imported", metavar="NAME", help="Instead of walks, a log that was imported.")
@team_option
@json_option
@data_option
def command(  # noqa: PLR0913 (one for each option)
    *,
    kind: str,
    out: Path | None,
    path: str,
    sop: str | None,
    since: int | None,
    until: int | None,
    version: str | None,
    vendor: str | None,
    mode: str | None,
    pseudonymous: bool,
    imported: str | None,
    team: bool,
    as_json: bool,
    data: Path | None,
) -> int:
    """Write walks in the format of another tool: one row an event, ordered by `seq`.

    A file or folder is in place when it is whole, for you alone. What was written is summed up on
    stdout, and on stderr where the export itself goes to stdout. Every export is noted in the log.

    \b
    Examples:
      sopguide log export --since 2026-11-01 --out november.csv
      sopguide log export --format xes --path effective --sop account/hacked --out hacked.xes
      sopguide log export --format parquet --out walks/
      sopguide log export --format jsonl | jq -c 'select(.overridden)'
    """
    from sopguide.cli.log.export_source import imported_source, walks_source, write_source
    from sopguide.log.wanted import Wanted

    if kind == PARQUET:
        _check_parquet(out)
    wanted = Wanted(
        sop=sop,
        version=version,
        since=since,
        until=until,
        mode=mode,
        vendor=vendor,
    )
    place = find_data(data)
    with open_path_log(data, team=team) as log:
        if imported is None:
            effective = path == "effective"
            source = walks_source(
                log, wanted, effective=effective, pseudonymous=pseudonymous, team=team
            )
        else:
            source = imported_source(place, imported, kind)
        counts = write_source(source, kind, out, place)
        _tell(counts, kind, out, as_json=as_json)
        return report(log.damages())


def _check_parquet(out: Path | None) -> None:
    if out is None:
        raise UserError("Parquet needs a folder", "name one: --out walks/")
    if find_spec("pyarrow") is None:
        help_text = 'pip install "sopguide[export]"'
        raise EnvironmentFault("Parquet needs pyarrow, which is not installed", help_text)


def _tell(counts: Counts, kind: str, out: Path | None, *, as_json: bool) -> None:
    """Sum up what was written, where no data goes."""
    size = None if out is None else _size(out)
    if as_json:
        told = {"format": kind, "out": None if out is None else str(out), "bytes": size}
        click.echo(write_json({**told, **counts.to_json()}), err=out is None)
        return
    if not counts.cases:
        say_nothing_found(0)
        return
    where = "" if out is None else f" to {out} ({size:,} bytes)"
    click.echo(
        line(
            f"{count(counts.events, 'event')} of {count(counts.cases, 'case')} written{where}: "
            f"{count(counts.variants, 'variant')}, "
            f"{count(len(counts.follows), 'directly-follows edge')}"
        ),
        err=out is None,
    )


def _size(out: Path) -> int:
    files = out.rglob("*.parquet") if out.is_dir() else [out]
    return sum(path.stat().st_size for path in files)
