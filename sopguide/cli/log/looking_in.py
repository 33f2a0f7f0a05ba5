"""What the commands share that look into a log, perhaps another person's, and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli.exits import UserError
from sopguide.cli.options import find_data

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.folder import DataFolder


def folder_to_look_into(data: Path | None) -> DataFolder:
    """The data folder that is meant, with nothing made in it."""
    from sopguide.log.folder import DataFolder

    folder = DataFolder(find_data(data), make=False)
    if not folder.journals.is_dir():
        raise UserError(f"there is no log in {folder.root}", "name its folder with --data")
    return folder
