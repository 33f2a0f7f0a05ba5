"""`sopguide log show`: one walk, each step as the agent saw it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import UserError, tell
from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.opening import open_path_log, report
from sopguide.cli.log.options import json_option, team_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.protocol import PathLog


@click.command("show")
@click.argument("walk", metavar="WALK")
@team_option
@json_option
@data_option
def command(walk: str, team: bool, as_json: bool, data: Path | None) -> int:
    """Show one walk, each step as the agent saw it.

    WALK is an id, or its beginning as far as it is the only one.

    \b
    Examples:
      sopguide log show 01a202b2-afdb
      sopguide log show 01a202b2-afdb-7aa3-a495-1ad03ed4115c --json
    """
    from sopguide.cli.log.lines import account_lines, walk_json
    from sopguide.review.seen import tell as tell_walk

    with open_path_log(data, team=team) as log:
        found = _one(log, walk)
        entries, missing = tell_walk(
            found, _form(log, str(found.head["hash"])), _remarks(log, found)
        )
        if as_json:
            steps = [entry.to_json() for entry in entries]
            echo_json([{**walk_json(found), "entries": steps}])
        else:
            for text in account_lines(found, entries):
                click.echo(text)
        if missing:
            tell(f"steps are told by their ids: {missing}")
        return report(log.damages())


def _one(log: PathLog, start: str) -> WalkDoc:
    found = log.find(start) if re.fullmatch(r"[A-Za-z0-9_-]+", start) else []
    if not found:
        raise UserError(f"no walk's id begins with `{start}`", "sopguide log list shows them")
    if len(found) > 1:
        some = ", ".join(walk.walk for walk in found[:3])
        raise UserError(f"{len(found)} walks' ids begin with `{start}`", f"type more: {some}")
    return found[0]


def _form(log: PathLog, form_hash: str) -> bytes | None:
    from sopguide.log.faults import LogError

    try:
        return log.form(form_hash)
    except LogError:
        return None


def _remarks(log: PathLog, walk: WalkDoc) -> dict[str, str]:
    """The texts of what was noted on a walk or said about its steps, by their ids."""
    names = [event["data"]["remark"] for event in walk.events if "remark" in event["data"]]
    return {remark.id: remark.text for remark in log.remarks.find(names)}
