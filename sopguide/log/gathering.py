"""What verifying looks at, one file at a time, in however many processes.

A journal is checked against its chain, and the walks that are whole in it are folded as the log
folds them; of a finished walk only the digest of its document is kept, so that memory does not grow
with the log. A file of finished walks gives the digests of what it holds.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.checking import check
from sopguide.log.dayfile import read
from sopguide.log.dayfiles import day_in_path
from sopguide.log.document import make_document
from sopguide.log.faults import Damage
from sopguide.log.jsontext import canonical
from sopguide.log.parts import is_husk
from sopguide.log.reading import merge
from sopguide.log.record import ENDINGS, bare
from sopguide.log.steps import content_wherever, name_of
from sopguide.log.store import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.log.checked import Checked
    from sopguide.log.document import WalkDoc
    from sopguide.log.heads import Head
    from sopguide.log.reading import History
    from sopguide.log.record import Record

Digests = dict[str, bytes]
"""What each finished walk should be told as, or is."""


class Looked(NamedTuple):
    """One journal: what its chain says, its finished walks, and the records of the other ones."""

    path: str
    checked: Checked | None
    finished: Digests
    parts: dict[str, list[Record]]
    damages: list[Damage]
    husks: int = 0
    """Records of walks that have expired."""
    forms: frozenset[str] = frozenset()
    """The compiled forms that the walks refer to."""


class Folded(NamedTuple):
    """One file of finished walks."""

    path: str
    walks: Digests
    damages: list[Damage]


def look_at_journal(path: str, heads: Sequence[Head]) -> Looked:
    try:
        content = content_wherever(Path(path))
    except OSError as error:
        damage = Damage(path, None, f"cannot be read: {error.strerror or error}")
        return Looked(path, None, {}, {}, [damage])
    walks = _Walks(path)
    checked = check(name_of(Path(path)), content, heads, walks.take)
    damages = [] if checked.bad is None else [Damage(path, checked.bad.line, checked.bad.cause)]
    return Looked(
        path, checked, walks.finished, walks.parts, damages, walks.husks, frozenset(walks.forms)
    )


class _Walks:
    """Gathers the records of walks; of a walk that is whole only a digest is kept."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.finished: Digests = {}
        self.parts: dict[str, list[Record]] = {}
        self.husks = 0
        self.forms: set[str] = set()

    def take(self, record: Record) -> None:
        if is_husk(record):  # its walk has expired
            self.husks += 1
            return
        walk = record["walk"]
        self.forms.add(record["hash"])
        records = self.parts.setdefault(walk, [])
        records.append(bare(record))
        if record["type"] in ENDINGS:
            history = merge(walk, records, self._path)
            if history.whole and not history.damages:
                self.finished[walk] = digest_of(history)
                del self.parts[walk]


def look_at_walks(path: str) -> Folded:
    damages: list[Damage] = []
    try:
        walks = read(Path(path), damages)
    except FileNotFoundError:  # it was made anew meanwhile, and its walks are in a later file
        walks = []
    day = day_in_path(Path(path))
    damages += [
        Damage(path, None, f"walk {walk.walk} ended on another day")
        for walk in walks
        if day_of(walk.last) != day
    ]
    return Folded(path, {walk.walk: digest(walk) for walk in walks}, damages)


def digest_of(history: History) -> bytes:
    """Of the document that this walk should have."""
    return digest(make_document(history.walk, history.records))


def digest(walk: WalkDoc) -> bytes:
    try:
        return sha256(canonical(walk.to_json())).digest()
    except TypeError:  # nested deeper than anything that is written: it agrees with nothing
        return b""
