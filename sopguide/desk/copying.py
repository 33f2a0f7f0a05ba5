"""Getting a text out of the desk: a command or a file of the agent's choice, else the terminal.

Most terminals take a text for the clipboard (OSC 52) without saying whether they did. Where they do
not, `copy_command` gets it on its standard input, without a shell, or `copy_file` holds it, which
its owner alone may read. Which way worked is said; what failed is too, and the next is tried.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from sopguide.clean import clean
from sopguide.log.faults import LogError
from sopguide.log.files import replace
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.desk.settings import Settings

PATIENCE = 3.0
"""Seconds that a command has."""
_LONGEST_WORDS = 200


class Copied(NamedTuple):
    """Where a text went, or nowhere; what failed on the way."""

    where: str | None
    faults: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What to say of it."""
        return ". ".join([*self.faults, *([self.where] if self.where else [])])


def copy_out(
    text: str,
    settings: Settings,
    terminal: Callable[[str], None] | None = None,
    patience: float = PATIENCE,
) -> Copied:
    """Copy by the first way that works: the command, the file, the terminal where there is one."""
    text, faults = clean(text), list[str]()
    if settings.copy_command:
        fault = _by_command(settings.copy_command, text, patience)
        if fault is None:
            return Copied(_("copied by `{command}`").format(command=settings.copy_command))
        faults.append(fault)
    if settings.copy_file:
        fault = _into_file(settings.copy_file, text)
        if fault is None:
            where = _("it is in the file {file}").format(file=settings.copy_file)
            return Copied(where, tuple(faults))
        faults.append(fault)
    if terminal is None:
        return Copied(None, tuple(faults))
    terminal(text)
    return Copied(_("handed to the terminal's clipboard"), tuple(faults))


def _by_command(command: str, text: str, patience: float) -> str | None:
    """Run it; a text says what went wrong.

    Its complaints go to a file, not a pipe: such commands leave a process behind that serves the
    clipboard and would hold a pipe open.
    """
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        return _failed(command, str(error))
    with TemporaryFile() as complaints:
        try:
            done = subprocess.run(  # noqa: S603 - the agent's own setting, and no shell
                words,
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                timeout=patience,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return _failed(command, _("no end after {n} seconds").format(n=f"{patience:g}"))
        except (OSError, ValueError, IndexError) as error:
            return _failed(command, getattr(error, "strerror", None) or str(error))
        if done.returncode == 0:
            return None
        complaints.seek(0)
        said = complaints.read(_LONGEST_WORDS).decode(errors="replace").strip()
    return _failed(command, said or _("exit code {n}").format(n=done.returncode))


def _failed(command: str, why: str) -> str:
    return _("`{command}` failed: {why}").format(command=command, why=why)


def _into_file(file: Path, text: str) -> str | None:
    try:
        if file.exists() and not file.is_file():
            return _("{file} is no file").format(file=file)
        replace(file, text.encode())
    except (LogError, OSError, ValueError) as error:
        return str(error)
    return None
