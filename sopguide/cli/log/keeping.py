"""What the commands that keep the log share: the folder, and what was damaged."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError, tell
from sopguide.cli.options import find_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def open_folder(data: Path | None) -> DataFolder:
    """The data folder that is meant."""
    from sopguide.log.folder import DataFolder

    return DataFolder(find_data(data))


def report_damages(damages: Sequence[Damage]) -> Exit:
    """Tell what was found broken, each thing once."""
    for damage in dict.fromkeys(damages):
        tell(str(damage))
    return Exit.OK if all(damage.harmless for damage in damages) else Exit.FINDINGS


def agree(yes: bool, question: str) -> None:
    """Ask, unless it was said already; ends the command where the answer is no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError("nobody is there to be asked", "say --yes, after a look by --dry-run")
    click.confirm(question, abort=True, err=True)
