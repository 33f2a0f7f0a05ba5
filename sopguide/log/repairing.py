"""A damaged file made good, as far as it can be read; the original is kept.

Of a journal, the lines that can be read stay byte for byte: the chain then shows that some are
missing, and the note says why. Finished walks are made anew from the journals, and from what is
still whole in the damaged files. Done again after it was cut short, it ends as well: an original is
kept before anything takes its place.
"""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.log.acts import REPAIRED, record_act
from sopguide.log.files import replace
from sopguide.log.inspecting import FORM, JOURNAL, KEY, REMARK, TICKET
from sopguide.log.locks import hold
from sopguide.log.salvage import lines_of
from sopguide.log.setting_aside import set_aside
from sopguide.log.steps import GZIP, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopguide.log.folder import DataFolder
    from sopguide.log.inspecting import Broken
    from sopguide.log.record import Record
    from sopguide.log.setting_aside import Kept

_LOST = {
    FORM: "what walks of this version showed, until one is begun again",
    REMARK: "the remark",
    TICKET: "the ticket that an unfinished walk was begun for",
    KEY: "how tickets were named: those logged before are not found by their id any more",
}


def repair(broken: Broken, folder: DataFolder) -> Kept | None:
    """Makes one file good; None where a running process has it. Raises LogError."""
    if broken.kind not in (JOURNAL, TICKET):
        return set_aside(folder, broken.path, broken.damages, [_LOST[broken.kind]])
    name = name_of(broken.path) if broken.kind == JOURNAL else broken.path.stem
    lock = hold(folder.lock(name))
    if lock is None:
        return None
    try:
        if broken.kind == JOURNAL:
            return _repair_journal(broken, folder)
        kept = set_aside(folder, broken.path, broken.damages, [_LOST[TICKET]], copy=True)
        replace(broken.path, b"{}", folder.disk)  # the file is the sign that the walk goes on
    finally:
        lock.release(forget=broken.path.parent != folder.journals)
    return kept


def record_repair(folder: DataFolder, kept: Kept) -> None:
    """As an act of the log: `verify` tells of it where the file is not what it was."""
    file = kept.file.relative_to(folder.root).as_posix()
    record_act(folder, REPAIRED, {"file": file, "lost": len(kept.lost)}, disk=folder.disk)


def repaired(acts: Iterable[Record]) -> dict[str, int]:
    """When a journal was last repaired, or a compiled form, by its name, as these acts tell.

    Finished walks are none of them: they are made anew as they were.
    """
    found = {}
    for act in sorted(acts, key=itemgetter("wall")):
        file = Path(str(act["data"].get("file")))
        if act["type"] == REPAIRED and not file.match("walks/*/*"):
            found[name_of(file)] = act["wall"]
    return found


def _repair_journal(broken: Broken, folder: DataFolder) -> Kept:
    try:
        good, lost = lines_of(broken.path)
    except OSError:
        return set_aside(folder, broken.path, broken.damages, ["all of it: it cannot be read"])
    kept = set_aside(folder, broken.path, broken.damages, lost, copy=True)
    replace(broken.path, _packed(broken.path, good), folder.disk)
    return kept


def _packed(path: Path, content: bytes) -> bytes:
    if path.suffix != GZIP:
        return content
    import gzip

    return gzip.compress(content, mtime=0)
