"""`sopguide log summary`: how the walks of each SOP came out, and how long they took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.opening import open_path_log, report, say_nothing_found
from sopguide.cli.log.options import json_option, since_option, sop_option, team_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("summary", short_help="Sum up walks by SOP: outcomes, times, paths.")
@sop_option
@since_option
@team_option
@json_option
@data_option
def command(
    sop: str | None, since: int | None, team: bool, as_json: bool, data: Path | None
) -> int:
    """Sum up walks by SOP: outcomes, times, back-steps, paths, slowest steps, teams.

    Times leave out pauses beyond 300 s, parked walks and waits; they are not AHT. Shares carry
    their 95 % interval. Drills are summed up apart.

    \b
    Examples:
      sopguide log summary --since 4w
      sopguide log summary --sop payments/live-gift-refund --json
    """
    from sopguide.cli.log.summary_lines import summary_lines
    from sopguide.log.wanted import Wanted
    from sopguide.review.summary import summarise

    with open_path_log(data, team=team) as log:
        found = summarise(log.walks(Wanted(sop=sop, since=since)))
        if as_json:
            echo_json([{"summaries": [one.to_json() for one in found]}])
        else:
            for one in found:
                for text in summary_lines(one):
                    click.echo(text)
            say_nothing_found(len(found))
        return report(log.damages())
