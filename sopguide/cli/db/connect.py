"""`sopguide db connect`: keep the store's address where only this person's programs can read it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.options import data_option, find_data

if TYPE_CHECKING:
    from pathlib import Path


@click.command("connect")
@click.option("--forget", is_flag=True, help="Take it out again; nothing is shipped any more.")
@data_option
def command(forget: bool, data: Path | None) -> int:
    """Keep the store's address in this system's keyring, once it was found to work.

    It asks for the URL without showing it; in a pipe, it is the first line of stdin.

    \b
    Examples:
      sopguide db connect
      pass show sopguide-url | sopguide db connect
      sopguide db connect --forget
    """
    from sopguide.log.team.address import forget_url, keep_url
    from sopguide.log.team.connecting import opened

    folder = find_data(data)
    if forget:
        forget_url(folder)
        click.echo("forgotten: nothing is shipped from here any more", err=True)
        return Exit.OK
    url = read_secret("URL of the team store")
    session, _ = opened(url)
    session.close()
    keep_url(folder, url)
    click.echo("it works, and is kept in the keyring", err=True)
    return Exit.OK


def read_secret(what: str, *, twice: bool = False) -> str:
    """What is typed is not shown; in a pipe it is the first line."""
    if sys.stdin.isatty():
        secret = str(click.prompt(what, hide_input=True, confirmation_prompt=twice, err=True))
    else:
        secret = sys.stdin.readline()
    if not secret.strip():
        raise UserError(f"no {what} was given", "type it, or pipe it in as one line")
    return secret.strip()
