"""`sopguide db upgrade`: bring the store's schema up to date."""

from __future__ import annotations

import click

from sopguide.cli.exits import Exit


@click.command("upgrade")
def command() -> int:
    """Bring the store's schema up to that of this sopguide: all of it, or nothing.

    Make a backup before. Desks go on meanwhile: they keep what they have, and ship it later.

    \b
    Example:
      pg_dump --format=custom sopguide > sopguide.dump
      sopguide db upgrade
    """
    from sopguide.log.team.address import find_url
    from sopguide.log.team.setup import set_up

    before, after = set_up(find_url(), anew=False)
    told = "is up to date" if before == after else f"was brought up from schema {before}"
    click.echo(f"the team store {told} (schema {after})", err=True)
    return Exit.OK
