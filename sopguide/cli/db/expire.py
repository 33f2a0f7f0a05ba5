"""`sopguide db expire`: what is in the team's store for longer than the library allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit
from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.agreeing import agree, dry_run_option, yes_option
from sopguide.cli.log.expire import lines, retention_of
from sopguide.cli.log.options import json_option
from sopguide.cli.options import LIBRARY_FILE, open_library, trees_option
from sopguide.cli.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path


@click.command("expire")
@dry_run_option
@yes_option
@json_option
@trees_option
def command(dry_run: bool, yes: bool, as_json: bool, trees: Path | None) -> int:
    """Delete from the store what is older than `retention` in library.yaml says, for quality.

    Of the walks that they see: with --all-vendors those of all, else of their vendor. The chains
    and heads still hold, and what has expired is not taken again. A walk that nobody ended goes
    when `tickets` is past as well. Can be interrupted, and goes on the next time; run it every
    night, with --yes. What lies on machines expires there, by `sopguide log expire`.

    \b
    Examples:
      sopguide db expire --dry-run
      sopguide db expire --yes --json --trees /srv/sops
    """
    from datetime import UTC, datetime

    from sopguide.log.ages import cutoffs
    from sopguide.log.team.address import find_url
    from sopguide.log.team.expiring import expire_from_team, overdue_at

    retention = retention_of(open_library(trees))
    if not retention:
        click.echo(f"{LIBRARY_FILE} has no `retention`, so nothing expires", err=True)
        return Exit.OK
    url, ends = find_url(), cutoffs(retention, datetime.now(UTC))
    found = overdue_at(url, ends)
    for text in lines(retention, found):
        click.echo(text, err=True)
    if not dry_run and (whole := sum(found.values())):
        agree(yes, "Delete this for good?")
        with Progress("expiring", hidden=as_json) as progress:
            done = 0

            def show(number: int) -> None:
                nonlocal done
                done += number
                progress.show(min(done, whole), whole)

            found = expire_from_team(url, ends, show)
    if as_json:
        echo_json([{"dry_run": dry_run, "expired": found}])
    return Exit.OK
