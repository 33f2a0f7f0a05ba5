"""`sopguide log`: the paths taken, for whoever leads a team or looks into one walk.

What is damaged in the log goes to stderr with its place, and everything else
is shown all the same; the exit code is then 1.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError, tell
from sopguide.cli.options import data_option, find_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.local import LocalLog

_AGO = re.compile(r"(\d{1,4})(min|h|d|w)")
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}

_sop = click.option("--sop", metavar="SOP", help="Only walks of this SOP.")
_since = click.option(
    "--since", metavar="WHEN", help="Only walks begun since: 2026-11-01, 2026-11-01T08:00, 7d, 12h."
)
_json = click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")


@click.group("log")
def command() -> None:
    """Read the paths taken.

    \b
    Examples:
      sopguide log list --since 7d            the last walks, newest first
      sopguide log list --unfinished          what was left before its end
      sopguide log show 01a202b2-afdb         one walk, step by step as the agent saw it
      sopguide log summary --sop account/hacked --since 2026-11-01
      sopguide log rebuild                    make the finished walks anew from the journals
    """


@command.command("list")
@_sop
@_since
@click.option("--mode", type=click.Choice(["live", "drill", "test"]), help="Only such walks.")
@click.option("--unfinished", is_flag=True, help="Only walks that have not ended.")
@click.option(
    "--limit", type=click.IntRange(0), default=20, show_default=True, help="How many; 0 for all."
)
@_json
@data_option
def list_walks(
    sop: str | None,
    since: str | None,
    mode: str | None,
    unfinished: bool,
    limit: int,
    as_json: bool,
    data: Path | None,
) -> int:
    """List walks, the newest first. With --json, one JSON object a line.

    \b
    Examples:
      sopguide log list --sop account/hacked --limit 0
      sopguide log list --mode drill --since 2w --json
    """
    from sopguide.cli.log_lines import walk_json, walk_table

    with open_log(data) as log:
        found = log.walks(
            sop=sop,
            since=moment(since),
            mode=mode,
            unfinished=unfinished or None,
            newest_first=True,
        )
        walks = islice(found, limit or None)
        if as_json:
            _echo_json(map(walk_json, walks))
        else:
            some = list(walks)
            for text in walk_table(some):
                click.echo(text)
            _say_nothing_found(len(some))
        return report(log)


@command.command("show")
@click.argument("walk", metavar="WALK")
@_json
@data_option
def show(walk: str, as_json: bool, data: Path | None) -> int:
    """Show one walk, each step as the agent saw it.

    WALK is an id, or its beginning as far as it is the only one.

    \b
    Examples:
      sopguide log show 01a202b2-afdb
      sopguide log show 01a202b2-afdb-7aa3-a495-1ad03ed4115c --json
    """
    from sopguide.cli.log_lines import account_lines, walk_json
    from sopguide.review.seen import tell as tell_walk

    with open_log(data) as log:
        found = _one(log, walk)
        entries, missing = tell_walk(
            found, _form(log, str(found.head["hash"])), _remarks(log, found)
        )
        if as_json:
            steps = [entry.to_json() for entry in entries]
            _echo_json(iter([{**walk_json(found), "entries": steps}]))
        else:
            for text in account_lines(found, entries):
                click.echo(text)
        if missing:
            tell(f"steps are told by their ids: {missing}")
        return report(log)


@command.command("summary", short_help="Sum up walks by SOP: outcomes, times, paths.")
@_sop
@_since
@_json
@data_option
def summary(sop: str | None, since: str | None, as_json: bool, data: Path | None) -> int:
    """Sum up walks by SOP: outcomes, times, back-steps, paths, slowest steps, teams.

    Times leave out pauses beyond 300 s, parked walks and waits; they are not AHT. Shares carry
    their 95 % interval. Drills are summed up apart.

    \b
    Examples:
      sopguide log summary --since 4w
      sopguide log summary --sop payments/live-gift-refund --json
    """
    from sopguide.cli.log_summary import summary_lines
    from sopguide.review.summary import summarise

    with open_log(data) as log:
        found = summarise(log.walks(sop=sop, since=moment(since)))
        if as_json:
            _echo_json(iter([{"summaries": [one.to_json() for one in found]}]))
        else:
            for one in found:
                for text in summary_lines(one):
                    click.echo(text)
            _say_nothing_found(len(found))
        return report(log)


@command.command("rebuild")
@data_option
def rebuild(data: Path | None) -> int:
    """Make the finished walks anew from the journals.

    Answers stay what they were; a damaged file is made good and set aside as `.damaged`.

    \b
    Example:
      sopguide log rebuild
    """
    from sopguide.cli.lines import count

    with open_log(data) as log:
        click.echo(f"{count(log.rebuild(), 'finished walk')} made anew", err=True)
        return report(log)


def open_log(data: Path | None) -> LocalLog:
    from sopguide.log.local import LocalLog

    return LocalLog(find_data(data))


def _one(log: LocalLog, start: str) -> WalkDoc:
    found = log.find(start) if re.fullmatch(r"[A-Za-z0-9_-]+", start) else []
    if not found:
        raise UserError(f"no walk's id begins with `{start}`", "sopguide log list shows them")
    if len(found) > 1:
        some = ", ".join(walk.walk for walk in found[:3])
        raise UserError(f"{len(found)} walks' ids begin with `{start}`", f"type more: {some}")
    return found[0]


def _form(log: LocalLog, form_hash: str) -> bytes | None:
    from sopguide.log.faults import LogError

    try:
        return log.form(form_hash)
    except LogError:
        return None


def _remarks(log: LocalLog, walk: WalkDoc) -> dict[str, str]:
    """The texts of what was noted on a walk or said about its steps, by their ids."""
    names = [event["data"]["remark"] for event in walk.events if "remark" in event["data"]]
    return {remark.id: remark.text for remark in log.remarks.find(names)}


def moment(text: str | None) -> int | None:
    """A point in time in ms UTC: a date or time as this machine's zone has it, or so long ago."""
    if text is None:
        return None
    ago = _AGO.fullmatch(text)
    try:
        if ago:
            span = timedelta(**{_UNITS[ago[2]]: int(ago[1])})
            return int((datetime.now().astimezone() - span).timestamp() * 1000)
        return int(datetime.fromisoformat(text).astimezone().timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        help_text = "write a date as 2026-11-01, or a span as 7d, 12h, 4w"
        raise UserError(f"--since is no date and no span: `{text}`", help_text) from None


def _echo_json(values: Iterator[dict[str, Any]]) -> None:
    from sopguide.cli.jsontext import write_json

    for value in values:
        click.echo(write_json(value))


def _say_nothing_found(number: int) -> None:
    if not number:
        click.echo("no such walks in the log", err=True)


def report(log: LocalLog) -> Exit:
    damages = log.damages()
    for damage in damages:
        tell(str(damage))
    return Exit.OK if all(damage.harmless for damage in damages) else Exit.FINDINGS
