"""What can be wrong with a log: errors of the environment, and damage found.

A `LogError` is raised when something could not be stored or opened: the
caller must acknowledge nothing. `Damage` is a value: what was found broken
while reading, and where; the rest is served all the same.
"""

from __future__ import annotations

from typing import NamedTuple


class LogError(Exception):
    """The log could not do what was asked; nothing was acknowledged."""


class WalkHeldError(LogError):
    """Another running process is walking it."""


class NoSuchWalkError(LogError):
    """No record of such a walk, or it has ended already."""


class Damage(NamedTuple):
    """A part of the log that could not be read: the file, the line if known, the cause.

    `harmless`: nothing is lost that was ever acknowledged.
    """

    file: str
    line: int | None
    cause: str
    harmless: bool = False

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.cause}"
