"""Damaged files kept as they were, in `damaged/`, each with a note of what is lost."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.files import create, private_folder, reported
from sopguide.log.regular import read_regular
from sopguide.log.steps import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder

NOTE = ".note.txt"
"""Ends the name of a note."""


class Kept(NamedTuple):
    """A damaged file: where it was, where the original is now, and what is lost of it."""

    file: Path
    at: Path
    lost: tuple[str, ...]


def set_aside(
    folder: DataFolder,
    path: Path,
    damages: Iterable[Damage],
    lost: Sequence[str],
    *,
    copy: bool = False,
) -> Kept:
    """Keeps the original, and its note; `copy`: it stays in its place too, to be replaced there."""
    at = _free(folder.damaged / path.relative_to(folder.root))
    private_folder(at.parent, folder.disk)
    create(at.with_name(f"{at.name}{NOTE}"), _note(path, damages, lost), folder.disk)
    if copy:
        with reported("read", path):
            content = read_regular(path)
        create(at, content, folder.disk)
    else:
        with reported("set aside", path):
            folder.disk.rename(path, at)
            folder.disk.sync_folder(at.parent)
            folder.disk.sync_folder(path.parent)
    return Kept(path, at, tuple(lost))


def originals_of(folder: DataFolder) -> Counter[str]:
    """How many originals there are of each journal."""
    there = (folder.damaged / folder.journals.name).rglob("*.jsonl*")
    return Counter(name_of(path) for path in there if not path.name.endswith(NOTE))


def _free(at: Path) -> Path:
    """A name that no file set aside before has."""
    number, free = 1, at
    while free.exists() or free.with_name(f"{free.name}{NOTE}").exists():
        number += 1
        free = at.with_name(f"{at.name}.{number}")
    return free


def _note(path: Path, damages: Iterable[Damage], lost: Sequence[str]) -> bytes:
    lines = [
        time.strftime("Set aside by sopguide on %Y-%m-%d at %H:%M:%S UTC.", time.gmtime()),
        f"It was {path}",
        "",
        "What was wrong:",
        *(f"- {damage}" for damage in damages),
        "",
        "What is lost:",
        *(f"- {each}" for each in lost or ["nothing"]),
        "",
    ]
    return "\n".join(lines).encode("utf-8", "backslashreplace")
