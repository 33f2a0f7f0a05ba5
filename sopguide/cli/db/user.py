"""`sopguide db user`: who is who in the team's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.db.connect import read_secret
from sopguide.cli.exits import Exit, UserError
from sopguide.cli.lines import line
from sopguide.log.team.gateway import GATEWAY
from sopguide.log.team.people import IN_HOUSE, ORG, ROLES, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.team.connecting import Session

_MADE, _NONE = "made", "none"
"""What may be said of a person's login in PostgreSQL."""


@click.group("user")
def command() -> None:
    """Say who is who in the team's store. Each change is kept, with who made it and when.

    \b
    agent    ships walks, sees their own
    trainer  also the drills of their vendor
    lead     also all walks of their vendor
    quality  also all walks of their vendor
    admin    people and roles; no walks by that alone, and never their own roles
    gateway  no person: ships what its vendor's people walk at `sopguide serve`; sees nothing

    \b
    Examples:
      sopguide db user add ann --create-login
      sopguide db user add lou --agent lou.k --vendor acme --role agent --role lead
      sopguide db user add qa1 --role quality --all-vendors
      sopguide db user add desks-acme --role gateway --vendor acme --create-login
      sopguide db user remove ann
      sopguide db user list --json
    """


@command.command("add")
@click.argument("login")
@click.option("--agent", metavar="NAME", help="Their name in the log. Else the login.")
@click.option("--org", metavar="NAME", default=ORG, show_default=True, help="The organisation.")
@click.option(
    "--vendor", metavar="NAME", default=IN_HOUSE, show_default=True, help="Who they work for."
)
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    default=("agent",),
    show_default=True,
    help="May be given several times.",
)
@click.option("--all-vendors", is_flag=True, help="A lead or quality of in-house sees all.")
@click.option(
    "--create-login", "own", flag_value=_MADE, help="Make the login in PostgreSQL as well."
)
@click.option("--no-login", "own", flag_value=_NONE, help="They walk at `sopguide serve` alone.")
@click.option("--password", is_flag=True, help="Ask for the new login's password.")
def add(
    login: str,
    agent: str | None,
    org: str,
    vendor: str,
    roles: tuple[str, ...],
    *,
    all_vendors: bool,
    own: str | None,
    password: bool,
) -> int:
    """Add a person, or give one who is there other roles.

    LOGIN is the one they have in PostgreSQL. Without --password a login that is made has none, as
    for servers that know people by certificate, Kerberos, LDAP or the operating system. Whoever
    walks at `sopguide serve` alone needs none: a gateway of their vendor ships for them.

    \b
    Examples:
      sopguide db user add ann --create-login --password
      sopguide db user add ana --vendor acme --no-login
      sopguide db user add lou --vendor acme --role lead
    """
    from sopguide.log.team import people

    if all_vendors and (vendor != IN_HOUSE or not {"lead", "quality"} & {*roles}):
        raise UserError("--all-vendors is for a lead or quality of in-house")
    if GATEWAY in roles and len(roles) > 1:
        raise UserError("a gateway is nothing else", "give the person's roles to another login")
    if own == _NONE and GATEWAY in roles:
        raise UserError("a gateway ships by its login", "leave out --no-login")
    if password and own != _MADE:
        raise UserError("--password goes with --create-login")
    secret = read_secret("password", twice=True) if password else None
    person = Person(login, agent or login, org, vendor, list(roles), all_vendors)
    with _session() as session:
        if own == _MADE:
            people.create_login(session, login, secret)
        people.set_person(session, person, no_login=own == _NONE)
    click.echo(line(f"{login} is {', '.join(roles)} of {vendor}"), err=True)
    return Exit.OK


@command.command("remove")
@click.argument("login")
def remove(login: str) -> int:
    """Take all roles from a person: they see and ship nothing any more; their walks stay.

    \b
    Example:
      sopguide db user remove ann
    """
    from sopguide.log.team.people import find_person, set_person

    with _session() as session:
        person = find_person(session, login)
        set_person(session, person._replace(roles=[], all_vendors=False), no_login=True)
    click.echo(line(f"{login} has no role any more"), err=True)
    return Exit.OK


@command.command("forget")
@click.argument("login")
def forget(login: str) -> int:
    """Take a person's name and login out of the store for good; their walks still count.

    Their name in walks goes with `sopguide db erase --agent NAME`, before this.

    \b
    Example:
      sopguide db user forget ann
    """
    from sopguide.log.team.people import forget_person

    with _session() as session:
        forget_person(session, login)
    click.echo(line(f"{login} is known no more"), err=True)
    return Exit.OK


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def show(as_json: bool) -> int:
    """List people and their roles: all for an admin, else yourself.

    \b
    Example:
      sopguide db user list
    """
    from sopguide.cli.jsontext import write_json
    from sopguide.log.team.people import people

    with _session() as session:
        found = people(session)
    if as_json:
        for person in found:
            click.echo(write_json(person._asdict()))
    else:
        for text in _table(found):
            click.echo(text)
    return Exit.OK


def _session() -> Session:
    from sopguide.log.team.address import find_url
    from sopguide.log.team.connecting import fitting

    return fitting(find_url())


def _table(found: list[Person]) -> Iterator[str]:
    from sopguide.cli.table import table

    rows = [
        (
            person.login,
            person.agent,
            f"{person.org} · {person.vendor}",
            f"{', '.join(person.roles) or 'no role'}{' (all vendors)' * person.all_vendors}",
        )
        for person in found
    ]
    yield from table([("login", "agent", "works for", "roles"), *rows] if rows else [])
