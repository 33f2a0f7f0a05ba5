"""Heads: how many records a journal had at a time, and where its chain stood.

Kept where whoever writes the journals cannot change them, they prove that nothing up to there was
taken away or made anew. The shared store keeps those of what was shipped; a file, with a line for
each head and only ever added to, keeps what `sopguide log heads --into` finds.

A head is only taken of what holds and is on the disk. The last step of a running process is left
for the next time: it may still fail, and then it is cut off.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.checking import check
from sopguide.log.faults import Damage, LogError
from sopguide.log.files import SYSTEM_DISK, Disk, reported
from sopguide.log.jsontext import dumps, loads
from sopguide.log.locks import is_held
from sopguide.log.record import is_time
from sopguide.log.regular import open_regular
from sopguide.log.steps import content_wherever, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sopguide.log.checked import Checked
    from sopguide.log.folder import DataFolder

    Progress = Callable[[int, int], None]
    """Hears how much is done of how much."""

_KINDS = {"journal": str, "records": int, "chain": str, "at": int}
_ACROSS = 0o644  # others are to read the file; it names no person and no ticket
_CHAIN = 64  # hex digits


class Head(NamedTuple):
    """Of one journal: so many records it had, and its chain stood there."""

    journal: str
    records: int
    chain: str
    at: int  # ms UTC, when it was taken


class Taken(NamedTuple):
    """The heads of a log, and the journals that do not hold against what was known of them."""

    heads: list[Head]
    refused: list[Damage]


def unheard(done: int, whole: int) -> None:
    """The progress of what nobody looks on at."""


def heads(folder: DataFolder) -> list[Head]:
    """The heads of all journals that hold."""
    return take_heads(folder, ()).heads


def take_heads(
    folder: DataFolder,
    known: Iterable[Head],
    progress: Progress = unheard,
) -> Taken:
    """`known`: the heads kept before. A journal that goes back behind one is refused."""
    before = by_journal(known)
    found: list[Head] = []
    refused = gone(folder, before)
    paths = all_journals(folder)
    at = int(time.time() * 1000)
    for number, path in enumerate(paths):
        progress(number, len(paths))
        checked = _checked(folder, path, before.get(name_of(path), ()))
        if isinstance(checked, Damage):
            refused.append(checked)
        elif checked.records:
            found.append(Head(name_of(path), checked.records, checked.chain, at))
    return Taken(found, refused)


def all_journals(folder: DataFolder) -> list[Path]:
    """Every journal there is: of walks and of acts, compacted or not, by name."""
    found = [*folder.journals.rglob("*.jsonl"), *folder.journals.rglob("*.jsonl.gz")]
    return sorted(found, key=lambda path: (path.name, path))


def gone(folder: DataFolder, known: Iterable[str]) -> list[Damage]:
    """The journals of which heads were kept, and which are there no more."""
    there = {name_of(path) for path in all_journals(folder)}
    return [
        Damage(str(folder.journals / f"{name}.jsonl"), None, "the journal is gone")
        for name in sorted(set(known) - there)
    ]


def by_journal(some: Iterable[Head]) -> dict[str, list[Head]]:
    found: dict[str, list[Head]] = {}
    for head in some:
        found.setdefault(head.journal, []).append(head)
    return found


def read_heads(path: Path, damages: list[Damage]) -> list[Head]:
    """What is in a file of heads; lines that are none go to `damages`. Raises LogError.

    A last line without an end was cut off while it was written; nobody relied on it.
    """
    with reported("read", path):
        lines = path.read_bytes().split(b"\n")[:-1]
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(_head(loads(line)))
        except ValueError as error:
            damages.append(Damage(str(path), number, f"is no head: {error}"))
    return found


def keep_heads(path: Path, some: Sequence[Head], disk: Disk = SYSTEM_DISK) -> None:
    """Adds heads to a file, durably. Raises LogError, and then the file is as it was."""
    text = b"".join(dumps(head._asdict()) + b"\n" for head in some)
    with reported("write", path):
        fd = disk.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            whole = _whole_lines(path.read_bytes())
            if whole < os.fstat(fd).st_size:
                disk.truncate(fd, whole)
            if disk.write(fd, text) != len(text):
                disk.truncate(fd, whole)
                raise OSError(None, "the disk took only a part of it")
            disk.sync(fd)
        finally:
            disk.close(fd)
        with suppress(PermissionError):  # it may be somebody else's, who only lets us add
            path.chmod(_ACROSS)
        disk.sync_folder(path.parent)


def forward(some: Iterable[Head], known: Iterable[Head]) -> list[Head]:
    """Those heads that are further than any that is known of their journal."""
    furthest = {name: max(head.records for head in of) for name, of in by_journal(known).items()}
    return [head for head in some if head.records > furthest.get(head.journal, 0)]


def _whole_lines(content: bytes) -> int:
    return content.rfind(b"\n") + 1


def _checked(folder: DataFolder, path: Path, known: Sequence[Head]) -> Checked | Damage:
    """What holds of a journal for good; the damage where it does not."""
    try:
        held = may_be_held(folder.lock(name_of(path)))
        _sync(path)
        found = check(name_of(path), content_wherever(path), known)
    except OSError as error:
        return Damage(str(path), None, f"cannot be read: {error.strerror or error}")
    if found.bad is not None:
        return Damage(str(path), found.bad.line, found.bad.cause)
    if held:
        return found._replace(records=found.settled, chain=found.settled_chain)
    return found


def may_be_held(lock: Path) -> bool:
    """Whether a running process has it, as far as can be told."""
    try:
        return is_held(lock)
    except LogError:  # another person's lock
        return True


def _sync(path: Path) -> None:
    """What was read of a process that was killed may not be on the disk yet."""
    with (
        suppress(OSError),  # a medium that is only read; Windows, which syncs only for writers
        open_regular(path) as file,
    ):
        os.fsync(file.fileno())


def _head(told: Any) -> Head:
    if not isinstance(told, dict) or told.keys() != _KINDS.keys():
        raise ValueError(f"it takes {', '.join(_KINDS)}")
    if not all(type(told[name]) is kind for name, kind in _KINDS.items()):
        raise ValueError("a value is of the wrong kind")
    if told["records"] < 1 or len(told["chain"]) != _CHAIN or not is_time(told["at"]):
        raise ValueError("a value cannot be")
    return Head(**told)
