"""`sopguide log ship`: send what is new to the team's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, tell
from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option, find_data
from sopguide.cli.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path


@click.command("ship")
@click.option("--from-start", is_flag=True, help="Everything again; nothing is stored twice.")
@json_option
@click.option("--background", is_flag=True, hidden=True)
@click.option("--served", is_flag=True, hidden=True)
@data_option
def command(
    from_start: bool, as_json: bool, background: bool, served: bool, data: Path | None
) -> int:
    """Send what is new to the team's store; each event arrives once, however often this is run.

    The desk does the same by itself, in the background, at the end of each walk. Where the store
    is away, nothing is lost: what was walked waits here.

    \b
    Examples:
      sopguide log ship
      sopguide log ship --from-start --json
    """
    from sopguide.log.team.background import ship_now, ship_quietly

    folder = find_data(data)
    if background:
        ship_quietly(folder, served=served)
        return Exit.OK
    with Progress("shipping") as progress:
        shipped = ship_now(folder, progress.show, anew=from_start)
    if shipped is None:
        click.echo("another process is shipping just now", err=True)
        return Exit.OK
    for damage in shipped.damages:
        tell(str(damage))
    if as_json:
        told = {"new": shipped.new, "sent": shipped.sent, "not_shipped": len(shipped.damages)}
        echo_json([told])
    else:
        known = f", {shipped.sent - shipped.new:,} were there" if shipped.sent > shipped.new else ""
        click.echo(f"{shipped.new:,} events shipped{known}", err=True)
    return Exit.FINDINGS if shipped.damages else Exit.OK
