"""One file of finished walks: a TinyDB database, read and replaced as a whole.

TinyDB alone loses data to a killed process, to a second writer and to a full disk. Here it works in
memory, and what it made replaces the file. What is damaged is told, and the rest is served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.log.document import WalkDoc, document_from_json
from sopguide.log.faults import Damage
from sopguide.log.files import remove, replace
from sopguide.log.jsontext import loads
from sopguide.log.regular import read_regular
from sopguide.log.salvage import walks_named, walks_of
from sopguide.log.sealed import WALKS, seal_of, sealed, unseal
from sopguide.log.setting_aside import Kept, set_aside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sopguide.log.files import Disk
    from sopguide.log.folder import DataFolder
    from sopguide.log.sealed import Tables


class _WholeFile:
    """A TinyDB storage whose content is there before TinyDB asks for it."""

    def __init__(self, tables: Tables | None) -> None:
        self.tables = tables

    def read(self) -> Tables | None:
        return self.tables

    def write(self, tables: Tables) -> None:
        self.tables = tables

    def close(self) -> None:
        pass


class Content:
    """What is in the text of such a file; raises ValueError where it is none.

    `sound`: its seal says that it is as it was written, so that nothing in it has to be checked.
    """

    def __init__(self, text: bytes) -> None:
        seal = seal_of(text)
        found = unseal(text, seal) if seal and seal.fits(text) else None
        self.sound = found is not None
        self.changed = seal is not None and not self.sound
        self.tables: Tables = found or _checked(text)

    def walks(self, path: Path, damages: list[Damage]) -> list[WalkDoc]:
        """The walks, in the order in which they were put in."""
        from tinydb import TinyDB

        table = TinyDB(storage=lambda: _WholeFile(self.tables)).table(WALKS)
        if self.sound:
            return [WalkDoc(**document) for document in table]
        found = len(damages)
        walks = []
        for document in table:
            try:
                walks.append(document_from_json(document))
            except ValueError as error:
                damages.append(_damage(path, f"walk {document.get('walk')}: {error}"))
        if self.changed and len(damages) == found:
            damages.append(_damage(path, "it was changed since it was written"))
        return walks


def read(path: Path, damages: list[Damage], *containing: bytes) -> list[WalkDoc]:
    """The walks of a file; raises FileNotFoundError where it is gone.

    A sound file in which none of these texts occurs is told to have none. Of one that can no longer
    be read as a whole, every document is served that is whole.
    """
    text = b""
    try:
        text = read_regular(path)
        if containing and not any(each in text for each in containing) and is_sound(text):
            return []
        return Content(text).walks(path, damages)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        damages.append(_damage(path, str(error)))
        return walks_of(text)


def is_sound(text: bytes) -> bool:
    """Whether a file is as it was written."""
    seal = seal_of(text)
    return seal is not None and seal.fits(text)


def put(path: Path, walks: Sequence[WalkDoc], disk: Disk) -> None:
    """Upserts by walk id, durably; raises ValueError where the file is damaged."""
    from tinydb import TinyDB, where

    storage = _WholeFile(_undamaged(path) if path.exists() else None)
    table = TinyDB(storage=lambda: storage).table(WALKS)
    for walk in walks:
        table.upsert(walk.to_json(), where("walk") == walk.walk)
    replace(path, sealed(storage.tables or {}), disk)


def drop(path: Path, walks: AbstractSet[str], disk: Disk) -> None:
    """Takes walks out for good, durably; a file without any goes. ValueError: it is damaged."""
    tables = _undamaged(path)
    there = tables.get(WALKS, {})
    left = {number: each for number, each in there.items() if each.get("walk") not in walks}
    if len(left) == len(there):
        return
    if left:
        replace(path, sealed({**tables, WALKS: left}), disk)
    else:
        remove(path, disk)


def retire(path: Path, folder: DataFolder, walks: AbstractSet[str]) -> Kept | None:
    """Removes a file whose walks are elsewhere now; a damaged one is set aside, with a note."""
    damages: list[Damage] = []
    read(path, damages)
    if not damages:
        remove(path, folder.disk)
        return None
    try:
        lost = sorted(walks_named(read_regular(path)) - walks)
    except OSError:  # it could not be read before either
        lost = []
    told = [f"walk {walk}, which is in no journal" for walk in lost]
    return set_aside(folder, path, damages, told)


def _undamaged(path: Path) -> Tables:
    damages: list[Damage] = []
    content = Content(read_regular(path))
    content.walks(path, damages)
    if damages:
        raise ValueError(str(damages[0]))
    return content.tables


def _checked(text: bytes) -> Tables:
    content = loads(text)
    tables = list(content.values()) if isinstance(content, dict) else [None]
    if not all(isinstance(table, dict) and _is_table(table) for table in tables):
        raise ValueError("no TinyDB file")
    return dict(content)


def _is_table(table: dict[str, Any]) -> bool:
    return all(number.isdecimal() and isinstance(table[number], dict) for number in table)


def _damage(path: Path, error: str) -> Damage:
    cause = f"is damaged ({error}); `sopguide log rebuild` makes it anew from the journals"
    return Damage(str(path), None, cause)
