"""`sopguide log list`: walks, a line each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.opening import open_path_log, report, say_nothing_found
from sopguide.cli.log.options import json_option, mode_option, since_option, sop_option, team_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("list")
@sop_option
@since_option
@mode_option
@click.option("--ticket", metavar="ID", help="Only walks of this ticket, by its id.")
@click.option("--unfinished", is_flag=True, help="Only walks that have not ended.")
@click.option(
    "--limit", type=click.IntRange(0), default=20, show_default=True, help="How many; 0 for all."
)
@team_option
@json_option
@data_option
def command(
    ticket: str | None,
    unfinished: bool,
    limit: int,
    team: bool,
    as_json: bool,
    data: Path | None,
    **which: Any,
) -> int:
    """List walks, the newest first. With --json, one JSON object a line.

    \b
    Examples:
      sopguide log list --sop account/hacked --limit 0
      sopguide log list --mode drill --since 2w --json
      sopguide log list --ticket T-48812 --team
    """
    from sopguide.cli.log.lines import walk_json, walk_table
    from sopguide.log.wanted import Wanted

    with open_path_log(data, team=team) as log:
        tickets = () if ticket is None else log.ticket_hashes(ticket)
        wanted = Wanted(**which, tickets=tickets, unfinished=unfinished or None)
        found = log.walks(wanted, newest_first=True)
        walks = islice(found, limit or None)
        if as_json:
            echo_json(map(walk_json, walks))
        else:
            some = list(walks)
            for text in walk_table(some):
                click.echo(text)
            say_nothing_found(len(some))
        return report(log.damages())
