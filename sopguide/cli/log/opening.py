"""What the commands of the log share: opening it or its folder, and telling what was damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError, tell
from sopguide.cli.options import find_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.local import LocalLog
    from sopguide.log.protocol import PathLog


def open_log(data: Path | None) -> LocalLog:
    """The log of this machine, that also can be written to."""
    from sopguide.log.local import LocalLog

    return LocalLog(find_data(data))


def open_path_log(data: Path | None, *, team: bool) -> AbstractContextManager[PathLog]:
    """The log that is asked: this machine's, or the team's as far as this login may see it."""
    if not team:
        return open_log(data)
    from sopguide.log.folder import DataFolder
    from sopguide.log.team.address import find_url
    from sopguide.log.team.team_log import TeamLog

    return TeamLog(find_url(), DataFolder(find_data(data)).ticket_key)


def open_folder(data: Path | None) -> DataFolder:
    """The data folder that is meant; made where it is missing."""
    from sopguide.log.folder import DataFolder

    return DataFolder(find_data(data))


def folder_to_look_into(data: Path | None, *, known: bool = False) -> DataFolder:
    """The data folder that is meant, perhaps another person's, with nothing made in it.

    `known`: it has held a log, so what is not there any more was taken away.
    """
    from sopguide.log.folder import DataFolder

    folder = DataFolder(find_data(data), make=False)
    if not (folder.root if known else folder.journals).is_dir():
        raise UserError(f"there is no log in {folder.root}", "name its folder with --data")
    return folder


def report(damages: Sequence[Damage]) -> Exit:
    """Tell what was found broken, each thing once; what all else came to is told already."""
    for damage in dict.fromkeys(damages):
        tell(str(damage))
    return Exit.OK if all(damage.harmless for damage in damages) else Exit.FINDINGS


def say_nothing_found(number: int) -> None:
    if not number:
        click.echo("no such walks in the log", err=True)
