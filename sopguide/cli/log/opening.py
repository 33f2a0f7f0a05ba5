"""What the commands of the log share: opening it, which walks are meant, what was damaged."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError, tell
from sopguide.cli.options import find_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sopguide.log.local import LocalLog
    from sopguide.log.protocol import PathLog

_AGO = re.compile(r"(\d{1,4})(min|h|d|w)")
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}

sop_option = click.option("--sop", metavar="SOP", help="Only walks of this SOP.")
since_option = click.option(
    "--since", metavar="WHEN", help="Only walks begun since: 2026-11-01, 2026-11-01T08:00, 7d, 12h."
)
team_option = click.option(
    "--team", is_flag=True, help="Of the team's store, as far as you may see, not of this machine."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")


def open_log(data: Path | None) -> LocalLog:
    from sopguide.log.local import LocalLog

    return LocalLog(find_data(data))


def open_path_log(data: Path | None, *, team: bool) -> AbstractContextManager[PathLog]:
    """The log that is asked: this machine's, or the team's as far as this login may see it."""
    if not team:
        return open_log(data)
    from sopguide.log.folder import DataFolder
    from sopguide.log.team.address import find_url
    from sopguide.log.team.team_log import TeamLog

    return TeamLog(find_url(), DataFolder(find_data(data)).ticket_key)


def moment(text: str | None, option: str = "--since") -> int | None:
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
        raise UserError(f"{option} is no date and no span: `{text}`", help_text) from None


def echo_json(values: Iterable[dict[str, Any]]) -> None:
    from sopguide.cli.jsontext import write_json

    for value in values:
        click.echo(write_json(value))


@contextmanager
def faults_told() -> Iterator[None]:
    """What is wrong with an imported log, or with a file to import, is the user's to mend."""
    from sopguide.log.importing.case import ImportFaultError

    try:
        yield
    except ImportFaultError as fault:
        raise UserError(str(fault), fault.help) from fault


def say_nothing_found(number: int) -> None:
    if not number:
        click.echo("no such walks in the log", err=True)


def report(log: PathLog) -> Exit:
    damages = log.damages()
    for damage in damages:
        tell(str(damage))
    return Exit.OK if all(damage.harmless for damage in damages) else Exit.FINDINGS
