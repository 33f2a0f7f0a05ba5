"""The files of finished walks in their folder: which there are, of which day, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.document import WalkDoc

_MOST_LISTINGS = 50


class DayFiles:
    """The names in `walks/`: a folder a month, `22-001.json` the first file of the 22nd."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, day: str) -> list[Path]:
        """The files of a day, the oldest first."""
        return sorted(_listed(self.month(day), f"{day[8:]}-*.json"), key=_number)

    def all(self) -> list[Path]:
        return sorted(_listed(self._folder, "????-??/??-*.json"))

    def days(self) -> list[str]:
        """`2026-11-22`, oldest first."""
        return sorted({day_in_path(path) for path in self.all()})

    def month(self, day: str) -> Path:
        return self._folder / day[:7]

    def first(self, day: str) -> Path:
        """The name of the first file of a day."""
        return self.month(day) / f"{day[8:]}-001.json"


def day_in_path(path: Path) -> str:
    return f"{path.parent.name}-{path.name[:2]}"


def after(path: Path) -> Path:
    """The name of the file that is begun when this one is closed."""
    day = path.stem.partition("-")[0]
    return path.with_name(f"{day}-{_number(path) + 1:03}.json")


def read_all(
    files: Callable[[], list[Path]], look: Callable[[Path], list[WalkDoc]]
) -> dict[str, WalkDoc]:
    """The walks of all these files, also where some are made anew meanwhile."""
    walks: dict[str, WalkDoc] = {}
    pending = files()
    seen: set[Path] = set()
    while pending:
        path = pending.pop(0)
        seen.add(path)
        try:
            walks.update((walk.walk, walk) for walk in look(path))
        except FileNotFoundError:  # its walks are in a later file
            pending = [new for new in files() if new not in seen]
    return walks


def _number(path: Path) -> int:
    tail = path.stem.partition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def _listed(folder: Path, pattern: str) -> set[Path]:
    """The files of a folder, listed until nothing changes meanwhile.

    A listing taken while files come and go may miss the new ones and the old ones too.
    """
    found = set(folder.glob(pattern))
    for _ in range(_MOST_LISTINGS):
        again = set(folder.glob(pattern))
        if again == found:
            break
        found = again
    return found
