"""`sopguide log acts`: what was done with the log itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import when
from sopguide.cli.log.opening import open_folder, report
from sopguide.cli.log.options import json_option, team_option
from sopguide.cli.options import data_option
from sopguide.cli.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.record import Record


@click.command("acts")
@team_option
@json_option
@data_option
def command(team: bool, as_json: bool, data: Path | None) -> int:
    """List what was done with the log: exports, imports, erasures, expiries, repairs; new roles.

    Oldest first: when, by whom, what, and how much. With --json, one JSON object a line.

    \b
    Examples:
      sopguide log acts
      sopguide log acts --json --data /srv/sopguide
      sopguide log acts --team
    """
    from sopguide.log.acts import read_acts

    damages: list[Damage] = []
    acts = _of_the_team() if team else read_acts(open_folder(data), damages)
    if as_json:
        echo_json(map(_json, acts))
    else:
        for text in _table(acts):
            click.echo(text)
        if not acts:
            click.echo("nothing was done with this log yet", err=True)
    return report(damages)


def _of_the_team() -> list[Record]:
    from sopguide.log.team.acts import team_acts
    from sopguide.log.team.address import find_url

    return team_acts(find_url())


def _json(act: Record) -> dict[str, Any]:
    return {"at": act["wall"], "act": act["type"], "agent": act["agent"], **act["data"]}


def _table(acts: list[Record]) -> Iterator[str]:
    if acts:
        rows = [(when(act["wall"]), act["type"], str(act["agent"]), _told(act)) for act in acts]
        yield from table([("when", "act", "by", "what"), *rows])


def _told(act: Record) -> str:
    """`agents 1, walks 12, remarks 3`."""
    return ", ".join(f"{name} {_value(value)}" for name, value in act["data"].items())


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{name} {_value(each)}" for name, each in value.items()) + ")"
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)
