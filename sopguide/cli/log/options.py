"""Options of the commands of the log: which walks, of which log, and how they are told."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import click

from sopguide.cli.exits import UserError

_AGO = re.compile(r"(\d{1,4})(min|h|d|w)")
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(_: click.Context, option: click.Parameter, text: str | None) -> int | None:
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
        raise UserError(f"{option.opts[0]} is no date and no span: `{text}`", help_text) from None


sop_option = click.option("--sop", metavar="SOP", help="Only walks of this SOP.")
since_option = click.option(
    "--since",
    metavar="WHEN",
    callback=moment,
    help="Only walks begun since: 2026-11-01, 2026-11-01T08:00, 7d, 12h.",
)
mode_option = click.option(
    "--mode", type=click.Choice(["live", "drill", "test"]), help="Only such walks."
)
team_option = click.option(
    "--team", is_flag=True, help="Of the team's store, as far as you may see, not of this machine."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
