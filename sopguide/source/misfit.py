"""A part of a file that is not as the language has it: a value, before it has a line.

Models and the rules of keys that go together speak of paths in plain data; `read` looks the places
up and makes diagnostics of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopguide.source import codes

if TYPE_CHECKING:
    from sopguide.source.document import Path

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Misfit:
    """A part of a file that is not as the language has it.

    `path` leads to the value at fault, or with `key` to the key it stands under. `missing` is the
    key that a mapping at `path` lacks, `means` the one that an unknown key seems to stand for.
    """

    path: Path
    code: str
    headline: str
    help: str | None = None
    key: bool = False
    missing: str | None = None
    means: str | None = None
    related: tuple[tuple[Path, str], ...] = ()


def missing_key(path: Path, key: str, above: Path = ()) -> Misfit:
    """A mapping lacks a key it needs. `above` leads to where `path` begins."""
    whole = (*above, *path)
    where = f" in `{quoted(whole[-1])}`" if whole and isinstance(whole[-1], str) else ""
    return Misfit(
        path,
        codes.MISSING_KEY,
        f"`{key}` is missing{where}",
        _DECIDE.get(key),
        key=True,
        missing=key,
    )


_DECIDE = {"macro": "where no reply is sent, write `macro: none`"}


def quoted(text: object) -> str:
    """A text short enough for a headline, on one line."""
    words = " ".join(str(text).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
