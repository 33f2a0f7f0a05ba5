"""`sopguide db init`: make the team's store."""

from __future__ import annotations

import click

from sopguide.cli.exits import Exit


@click.command("init")
def command() -> int:
    """Make the team's store in a database, as whoever keeps that database.

    Needs PostgreSQL 15 or later, a database in UTF8, and in SOPGUIDE_DB a login that may make
    roles. All of it lies in a schema `sopguide` of its own. Where there is a store already, it is
    brought up to date.

    \b
    Example:
      createdb sopguide
      SOPGUIDE_DB=postgresql:///sopguide sopguide db init
    """
    from sopguide.log.team.address import find_url
    from sopguide.log.team.setup import set_up

    before, after = set_up(find_url(), anew=True)
    if before == after:
        click.echo(f"the team store is there already (schema {after})", err=True)
    else:
        made = "made" if before is None else f"brought up from schema {before}"
        click.echo(f"the team store is {made} (schema {after})", err=True)
        click.echo("next: sopguide db user add LOGIN --role admin", err=True)
    return Exit.OK
