"""What the commands that keep the log share: the folder, and what was damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli.exits import Exit, tell
from sopguide.cli.options import find_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder


def open_folder(data: Path | None) -> DataFolder:
    """The data folder that is meant."""
    from sopguide.log.folder import DataFolder

    return DataFolder(find_data(data))


def report_damages(damages: Sequence[Damage]) -> Exit:
    """Tell what was found broken, each thing once."""
    for damage in dict.fromkeys(damages):
        tell(str(damage))
    return Exit.OK if all(damage.harmless for damage in damages) else Exit.FINDINGS
