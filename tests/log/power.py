"""A disk that remembers what was done to it, and every state that a loss of power may leave.

Only what was synced is safe. Of the rest, any part may have reached the disk: writes are dropped,
kept in part or out of order (zeros stand where one is missing), a file is cut or not, and names
appear, move or go before or after what they name, or not at all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.files import SystemDisk

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


class Quick(SystemDisk):
    """Syncs nothing: for whoever only looks at what is left."""

    def sync(self, fd: int) -> None:
        pass

    def sync_folder(self, path: Path) -> None:
        pass


class Written(NamedTuple):
    """Bytes put at a place of a file; no bytes: the file was cut there."""

    file: int
    at: int
    data: bytes | None


class Synced(NamedTuple):
    file: int


class Named(NamedTuple):
    """What now stands under a name: a file, a folder, or nothing; `gone`: the name it had before."""

    path: Path
    file: int | None
    gone: Path | None = None


class FolderSynced(NamedTuple):
    path: Path


class Promised(NamedTuple):
    """What was acknowledged to somebody at this moment."""

    kind: str
    name: str
    told: Any


Step = Written | Synced | Named | FolderSynced | Promised
FOLDER = -1


class RecordingDisk(Quick):
    """Does everything, and notes it down."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._files: dict[Path, int] = {}  # by their names of now
        self._sizes: list[int] = []
        self._open: dict[int, int] = {}

    def promise(self, kind: str, name: str, told: Any) -> None:
        self.steps.append(Promised(kind, name, told))

    def open(self, path: Path, flags: int) -> int:
        fd = super().open(path, flags)
        if path not in self._files:
            self._files[path] = len(self._sizes)
            self._sizes.append(0)
            self.steps.append(Named(path, self._files[path]))
        self._open[fd] = self._files[path]
        if flags & os.O_TRUNC:
            self._cut(self._open[fd], 0)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        written = super().write(fd, data)
        file = self._open[fd]
        self.steps.append(Written(file, self._sizes[file], data[:written]))
        self._sizes[file] += written
        return written

    def sync(self, fd: int) -> None:
        self.steps.append(Synced(self._open[fd]))

    def truncate(self, fd: int, size: int) -> None:
        super().truncate(fd, size)
        self._cut(self._open[fd], size)

    def _cut(self, file: int, size: int) -> None:
        self.steps.append(Written(file, size, None))
        self._sizes[file] = size

    def close(self, fd: int) -> None:
        super().close(fd)
        del self._open[fd]

    def rename(self, path: Path, to: Path) -> None:
        super().rename(path, to)
        self._files[to] = self._files.pop(path)
        self.steps.append(Named(to, self._files[to], gone=path))

    def link(self, path: Path, to: Path) -> None:
        super().link(path, to)
        self._files[to] = self._files[path]
        self.steps.append(Named(to, self._files[to]))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        del self._files[path]
        self.steps.append(Named(path, None))

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self.steps.append(Named(path, FOLDER))

    def sync_folder(self, path: Path) -> None:
        self.steps.append(FolderSynced(path))


@dataclass
class _Name:
    """A change of a name, and the folders that were not synced since."""

    step: Named
    waits: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        places = (self.step.path, self.step.gone)
        self.waits = {path.parent for path in places if path is not None}


class State(NamedTuple):
    """What is on the disk after the power came back, and what had been promised before it went."""

    files: dict[Path, bytes]
    folders: set[Path]
    promises: list[Promised]

    def put(self, root: Path, to: Path) -> None:
        """Writes it out, in a folder of its own."""
        for folder in sorted(self.folders):
            (to / folder.relative_to(root)).mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, content in self.files.items():
            (to / path.relative_to(root)).write_bytes(content)


def after_power_loss(steps: list[Step], chance: Random) -> State:
    """One state of the many that are possible when the power goes after these steps."""
    safe: dict[int, bytearray] = {}
    unsafe: dict[int, list[Written]] = {}
    names: list[_Name] = []
    promises = []
    for step in steps:
        match step:
            case Written():
                unsafe.setdefault(step.file, []).append(step)
            case Synced():
                content = safe.setdefault(step.file, bytearray())
                for each in unsafe.pop(step.file, []):
                    _do(content, each, None)
            case Named():
                names.append(_Name(step))
            case FolderSynced():
                for name in names:
                    name.waits.discard(step.path)
            case Promised():
                promises.append(step)
    lucky = chance.choice((0.0, 0.5, 0.5, 0.5, 1.0))  # how much of what was unsafe is there
    for file, writes in unsafe.items():
        _keep_some(safe.setdefault(file, bytearray()), writes, chance, lucky)
    there = _names_left(names, chance, lucky)
    folders = {path for path, file in there.items() if file == FOLDER}
    return State(
        {
            path: bytes(safe.get(file, b""))
            for path, file in there.items()
            if file != FOLDER and path.parent in folders
        },
        folders,
        promises,
    )


def _keep_some(content: bytearray, writes: list[Written], chance: Random, lucky: float) -> None:
    """In order up to some write, which may be there in part; or some of them, in any order."""
    if chance.random() < 0.5:
        count = round(len(writes) * chance.uniform(lucky, 1)) if lucky else 0
        kept = writes[:count]
    else:
        kept = [write for write in writes if chance.random() < lucky]
    for write in kept[:-1]:
        _do(content, write, None)
    for write in kept[-1:]:
        _do(content, write, chance if lucky < 1 else None)


def _do(content: bytearray, write: Written, chance: Random | None) -> None:
    """With a chance: only a part of the write may be there."""
    if write.data is None:
        del content[write.at :]
        return
    data = write.data if chance is None else write.data[: chance.randint(0, len(write.data))]
    content.extend(bytes(max(0, write.at - len(content))))
    content[write.at : write.at + len(data)] = data


def _names_left(names: list[_Name], chance: Random, lucky: float) -> dict[Path, int]:
    there: dict[Path, int] = {}
    for name in names:
        step = name.step
        if name.waits and chance.random() >= lucky:
            continue
        if step.gone is not None:
            there.pop(step.gone, None)
        if step.file is None:
            there.pop(step.path, None)
        else:
            there[step.path] = step.file
    return there
