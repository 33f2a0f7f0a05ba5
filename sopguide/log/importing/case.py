"""A case of another system: its attributes, and its events in order, each a list of attributes.

An attribute is as in XES: its kind, its key, its value as it was written, and attributes of its
own. Files are taken for hostile: what is too large to be meant is refused where it stands.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple, Self

MOST_CHARACTERS = 1 << 20  # of one value
MOST_IN_A_CASE = 64 << 20  # characters of all values of a case, which is held in memory
MOST_KEYS = 10_000  # different keys in a log
CONCEPT = "concept:name"
TIMESTAMP = "time:timestamp"
STRING, DATE = "string", "date"
OF_CASE = "case:"  # begins the names of columns that belong to the case


class Attribute(NamedTuple):
    """`key` and `value` are None where the kind has none."""

    kind: str
    key: str | None
    value: str | None
    inner: tuple[Attribute, ...] = ()

    @classmethod
    def of(cls, data: list) -> Self:  # type: ignore[type-arg]
        kind, key, value, *inner = data
        return cls(kind, key, value, tuple(map(cls.of, inner)))

    def to_json(self) -> list[object]:
        return [self.kind, self.key, self.value, *(one.to_json() for one in self.inner)]


class ImportedCase(NamedTuple):
    """One case. Every event has an activity and a time under the keys of XES."""

    attributes: tuple[Attribute, ...]
    events: tuple[tuple[Attribute, ...], ...]

    @property
    def activities(self) -> list[str]:
        return [value_of(event, CONCEPT) or "" for event in self.events]

    @property
    def times(self) -> list[int]:
        """In ms UTC."""
        return [in_ms(value_of(event, TIMESTAMP) or "") for event in self.events]


class ImportFaultError(Exception):
    """What is wrong with a file, where, and what helps."""

    def __init__(self, place: str, what: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(f"{place}: {what}")
        self.help = help


def value_of(attributes: tuple[Attribute, ...], key: str) -> str | None:
    return next((one.value for one in attributes if one.key == key), None)


def in_ms(time: str) -> int:
    """A time of ISO 8601 in ms UTC, UTC where it names no zone; raises ValueError."""
    try:
        found = datetime.fromisoformat(time)
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return (found - _EPOCH) // _MS
    except OverflowError as error:
        raise ValueError(str(error)) from error


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = datetime(1970, 1, 1, 0, 0, 0, 1000) - datetime(1970, 1, 1)  # noqa: DTZ001 (a difference)
