"""`sopguide serve user`: who may sign in.

Passwords are asked for, or read from a pipe; on the command line anybody could see them.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.options import data_option, find_data, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.serve.users import User

users_option = click.option(
    "--users",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Who may sign in. Else SOPGUIDE_USERS, else users.toml in the data folder.",
)
_name = click.argument("name")
_role = click.option(
    "--role",
    type=click.Choice(["agent", "lead"]),
    default="agent",
    show_default=True,
    help="Leads see at /status who is at work.",
)


def users_file(given: Path | None, data: Path) -> Path:
    """Where the people are."""
    named = os.environ.get("SOPGUIDE_USERS")
    return (given or (Path(named) if named else data / "users.toml")).resolve()


@click.group("user")
def user() -> None:
    """Say who may sign in.

    The file holds hashes of passwords (Argon2id) and is for its owner's eyes alone (0600). A
    running server sees a change at once: a removed person is out.

    \b
    Examples:
      sopguide serve user add ana
      sopguide serve user add kim --role lead --vendor acme
      printf %s "$PASSWORD" | sopguide serve user passwd ana
    """


@user.command("add")
@_name
@_role
@click.option("--vendor", default="in-house", show_default=True, help="Whom the person works for.")
@users_option
@data_option
def add(name: str, role: str, vendor: str, users: Path | None, data: Path | None) -> int:
    """Add a person; the password is asked for twice, or read from a pipe."""
    from sopguide.serve.users import User, is_name

    if not is_name(name):
        raise UserError(f"`{name}` is no name", "letters, digits and . _ @ + -, at most 64")
    file = users_file(users, find_data(data))
    with _changing(file) as people:
        if name in people:
            raise UserError(f"{name} is there already", f"sopguide serve user passwd {name}")
        people[name] = User(name, _hashed(name), role, vendor)
    click.echo(f"{name} may sign in now ({file})", err=True)
    return Exit.OK


@user.command("passwd")
@_name
@users_option
@data_option
def passwd(name: str, users: Path | None, data: Path | None) -> int:
    """Set a new password; whoever is signed in with the old one is out."""
    with _changing(users_file(users, find_data(data))) as people:
        people[name] = _person(people, name)._replace(password=_hashed(name))
    click.echo(f"{name} has a new password", err=True)
    return Exit.OK


@user.command("remove")
@_name
@users_option
@data_option
def remove(name: str, users: Path | None, data: Path | None) -> int:
    """Remove a person; what they walked stays in the log."""
    with _changing(users_file(users, find_data(data))) as people:
        del people[_person(people, name).name]
    click.echo(f"{name} may no longer sign in", err=True)
    return Exit.OK


@user.command("list")
@users_option
@data_option
def show(users: Path | None, data: Path | None) -> int:
    """List who may sign in: name, role, vendor."""
    for person in sorted(_read(users_file(users, find_data(data))).values()):
        click.echo(f"{person.name}\t{person.role}\t{person.vendor}")
    return Exit.OK


def _read(file: Path) -> dict[str, User]:
    from sopguide.serve.users import UsersError, read_users

    try:
        return read_users(file)
    except FileNotFoundError:
        return {}
    except UsersError as fault:
        raise UserError(str(fault)) from None


@contextmanager
def _changing(file: Path) -> Iterator[dict[str, User]]:
    """The people of a file, which is written anew unless something is wrong."""
    from sopguide.serve.users import write_users

    people = _read(file)
    yield people
    write_users(file, people)


def _person(people: dict[str, User], name: str) -> User:
    if name not in people:
        raise UserError(f"nobody is named `{name}`", nearest(name, people))
    return people[name]


def _hashed(name: str) -> str:
    from sopguide.cli.serve_needs import need_the_extra

    need_the_extra()
    from sopguide.serve.passwords import hash_password, too_weak

    password = _ask()
    if why := too_weak(password, name):
        raise UserError(why)
    return hash_password(password)


def _ask() -> str:
    """Twice from a person, once from a pipe."""
    if not _is_person():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _is_person() -> bool:
    return sys.stdin.isatty()
