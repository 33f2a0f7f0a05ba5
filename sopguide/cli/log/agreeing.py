"""What the commands share that take something away for good: looking first, and being asked."""

from __future__ import annotations

import sys

import click

from sopguide.cli.exits import UserError

dry_run_option = click.option("--dry-run", is_flag=True, help="Only tell how much there is.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def agree(yes: bool, question: str) -> None:
    """Ask, unless it was said already; ends the command where the answer is no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError("nobody is there to be asked", "say --yes, after a look by --dry-run")
    click.confirm(question, abort=True, err=True)
