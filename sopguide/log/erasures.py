"""Erasures under way: put down before they begin, gone on with until they are done.

`erasing/<id>.json` tells what is to be erased, and goes when all of it is: it is the last place
that names it. A process that is killed, and a journal that a running process writes, leave it
there; the next erasure, and every process that lets go of its journal, goes on with it. When an
erasure is done that is recorded as an act, once, with counts and no names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.abandoning import abandon
from sopguide.log.acts import ERASED, read_acts, record_act
from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject, erase_from
from sopguide.log.faults import Damage
from sopguide.log.files import private_folder, remove, replace
from sopguide.log.identity import Identity, current_identity
from sopguide.log.jsontext import dumps, loads
from sopguide.log.locks import hold
from sopguide.log.record import uuid7
from sopguide.log.regular import read_regular
from sopguide.log.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.log.folder import DataFolder

ABANDONED_AS = "erased"
"""The reason with which an unfinished walk is abandoned."""


class Erasure(NamedTuple):
    """What is to be erased, by whom, and how much of it there was when that was asked for."""

    id: str
    subject: Subject
    counts: Mapping[str, int]
    identity: Identity

    def to_json(self) -> dict[str, Any]:
        subject = self.subject
        return {
            "id": self.id,
            "by": subject.by,
            "value": subject.value,
            "at": subject.at,
            "walks": sorted(subject.walks),
            "counts": dict(self.counts),
            "identity": self.identity._asdict(),
        }


class Gone(NamedTuple):
    """How far an erasure came: `held` are the journals that running processes write."""

    erasure: Erasure
    held: tuple[str, ...]


def put_down(folder: DataFolder, subject: Subject, counts: Mapping[str, int]) -> Erasure:
    """What is to be erased, durably; nothing is erased yet."""
    erasure = Erasure(uuid7(subject.at), subject, counts, current_identity())
    private_folder(folder.erasing, folder.disk)
    replace(folder.erasing / f"{erasure.id}.json", dumps(erasure.to_json()), folder.disk)
    return erasure


def under_way(folder: DataFolder, damages: list[Damage]) -> list[Erasure]:
    """Those that are not done, in the order in which they were asked for."""
    found = []
    for path in sorted(folder.erasing.glob("*.json")):
        try:
            found.append(_from_json(loads(read_regular(path))))
        except FileNotFoundError:  # another process has done it
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            damages.append(Damage(str(path), None, f"cannot be read: {error}: erase once more"))
    return found


def go_on(folder: DataFolder, damages: list[Damage]) -> list[Gone]:
    """Goes on with all of them; none where another process is just doing so. Raises LogError."""
    lock = hold(folder.lock("erasing"))
    if lock is None:
        return []
    try:
        return [_go_on(folder, erasure, damages) for erasure in under_way(folder, damages)]
    finally:
        lock.release()


def _go_on(folder: DataFolder, erasure: Erasure, damages: list[Damage]) -> Gone:
    abandon(folder, erasure.subject.walks, ABANDONED_AS, erasure.identity.agent)
    remarks = Remarks(folder.remarks, folder.disk)
    before = len(damages)
    held = erase_from(folder, remarks, erasure.subject, damages)
    if not held and len(damages) == before:
        _record(folder, erasure)
        remove(folder.erasing / f"{erasure.id}.json", folder.disk)
        folder.disk.sync_folder(folder.erasing)
    damages += remarks.damages
    return Gone(erasure, tuple(held))


def _record(folder: DataFolder, erasure: Erasure) -> None:
    """Once: whoever was killed after it was recorded finds it recorded."""
    if any(act["data"].get("erasure") == erasure.id for act in read_acts(folder, [])):
        return
    told = {"by": erasure.subject.by, **erasure.counts, "erasure": erasure.id}
    record_act(folder, ERASED, told, erasure.identity, folder.disk)


def _from_json(data: Mapping[str, Any]) -> Erasure:
    by, value, at = data["by"], data["value"], data["at"]
    if by not in (BY_AGENT, BY_TICKET) or not isinstance(value, str) or not isinstance(at, int):
        raise ValueError("names nobody to erase")
    subject = Subject(by, value, at, frozenset(data["walks"]))
    return Erasure(data["id"], subject, dict(data["counts"]), Identity(**data["identity"]))
