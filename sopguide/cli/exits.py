"""How a command ends: the exit codes, and the two ways to say that it cannot go on.

What a procedure's author got wrong is a diagnostic, not one of these: the exceptions here are for
the person at the command line (`UserError`) and for the machine (`EnvironmentFault`).
"""

from __future__ import annotations

from contextlib import suppress
from enum import IntEnum
from typing import IO, Any

import click


class Exit(IntEnum):
    """What the program's exit codes mean."""

    OK = 0
    """It did what was asked, and found nothing wrong."""
    FINDINGS = 1
    """It did what was asked, and found something: diagnostics, a failed scenario, a bad line."""
    USAGE = 2
    """It was asked for something that does not exist or cannot be."""
    ENVIRONMENT = 3
    """The machine is in the way: a full disk, missing rights, a terminal that cannot be used."""
    INTERNAL = 70
    """A fault of sopguide itself. `SOPGUIDE_DEBUG=1` shows where."""
    INTERRUPTED = 130
    """Stopped by Ctrl+C."""
    READER_LEFT = 141
    """Whoever read the output stopped reading, as `head` does."""


class Stop(click.ClickException):
    """A command cannot go on; shown as one line, and the help as another."""

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 (as diagnostics say it)
        super().__init__(message)
        self.help = help

    def show(self, file: IO[Any] | None = None) -> None:
        tell(self.message, self.help, file)


class UserError(Stop):
    """What was asked for does not exist or cannot be."""

    exit_code = Exit.USAGE


class EnvironmentFault(Stop):
    """The disk, the rights or the terminal are in the way."""

    exit_code = Exit.ENVIRONMENT


def tell(message: str, help: str | None = None, file: IO[Any] | None = None) -> None:  # noqa: A002
    """Say on stderr what went wrong, with nothing in it that a terminal would obey."""
    from sopguide.clean import clean

    with suppress(OSError):  # the exit code still says how it ended
        click.echo(f"sopguide: {clean(message)}", file=file, err=True)
        if help:
            click.echo(f"  help: {clean(help)}", file=file, err=True)
