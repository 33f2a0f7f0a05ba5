"""Where somebody may be named that an erasure of the log does not reach.

Damaged originals, kept to be looked into, and imported logs of other systems, which know a ticket
by its own id; and who may sign in to a desk in a browser. All are told; originals are deleted where
that is asked for.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING

from sopguide.log.acts import ERASED, record_act
from sopguide.log.erasing import BY_TICKET
from sopguide.log.files import remove
from sopguide.log.jsontext import dumps
from sopguide.log.regular import open_regular, read_regular
from sopguide.log.salvage import salvaged
from sopguide.log.setting_aside import NOTE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sopguide.log.erasing import Subject
    from sopguide.log.folder import DataFolder

_CHUNK = 1 << 20


def originals_naming(folder: DataFolder, subject: Subject) -> list[Path]:
    """Damaged files set aside to be looked into that may tell of the subject."""
    files = (path for path in folder.damaged.rglob("*") if path.is_file())
    return [path for path in sorted(files) if _names(path, subject)]


def delete_originals(folder: DataFolder, subject: Subject, originals: Sequence[Path]) -> None:
    """For good, with an act that tells how many; their notes stay. Raises LogError."""
    record_act(folder, ERASED, {"by": subject.by, "originals": len(originals)}, disk=folder.disk)
    for original in originals:
        remove(original, folder.disk)
        folder.disk.sync_folder(original.parent)


def never_expiring(folder: DataFolder) -> tuple[int, int]:
    """How many damaged originals and imported logs there are, which have no retention."""
    originals = [path for path in folder.damaged.rglob("*") if path.is_file()]
    kept = [path for path in originals if not path.name.endswith(NOTE)]
    return len(kept), len([*folder.imports.glob("*/cases.jsonl")])


def imports_naming(folder: DataFolder, value: str) -> list[str]:
    """The imported logs in which this stands, a name or an id as their system writes it."""
    kept = sorted(folder.imports.glob("*/*.jsonl"))
    return [path.parent.name for path in kept if _holds(path, dumps(value))]


def may_sign_in(folder: DataFolder, name: str) -> bool:
    """Whether this is somebody who signs in to the desks that this folder's server gives."""
    try:
        users = tomllib.loads(read_regular(folder.users).decode()).get("users", {})
    except (OSError, ValueError):  # none, or whoever serves is told
        return False
    return name in users


def _names(original: Path, subject: Subject) -> bool:
    """Whether it may tell of the subject; what was written on its walks does not name it."""
    walks = subject.walks if subject.by == BY_TICKET else ()
    names = [subject.needle, *map(dumps, walks)]
    content = salvaged(original)
    return original.name.partition(".")[0] in walks or any(name in content for name in names)


def _holds(path: Path, text: bytes) -> bool:
    """Whether a file that may be large holds a text; one that cannot be read is not known to."""
    with suppress(OSError), open_regular(path) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            if text in before + chunk:
                return True
            before = chunk[-len(text) :]
    return False
