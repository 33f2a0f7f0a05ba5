"""What agents write in their own words: notes on a walk, feedback on a step.

Such a text never enters an event. It lies in a file of its own, open to this user alone, durable
before it is acknowledged, cleaned and redacted before that; the event names the file. It stays
longer than the walk: feedback is for the SOP's owner.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.faults import Damage
from sopguide.log.files import SYSTEM_DISK, Disk, private_folder, remove, replace
from sopguide.log.jsontext import dumps, loads
from sopguide.log.regular import read_regular
from sopguide.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

NOTE, FEEDBACK = "note", "feedback"
ABOUT = ("unclear", "wrong", "missing-answer", "outdated")
"""What may be amiss with a step, as codes."""

LONGEST = 4000
_TIME_DIGITS = 12  # of a UUIDv7
_NO_TEXTS = ("about", "at", "removed")


class Remarked(NamedTuple):
    """A remark was kept; `removed` are the kinds of what redaction took out of it."""

    removed: tuple[str, ...] = ()


class Remark(NamedTuple):
    """A note or feedback, and what it is about: `about` is a code, `part` the SOP of the step."""

    id: str
    walk: str
    kind: str
    about: str | None
    step: str
    part: str
    sop: str
    version: str
    hash: str
    owner: str
    agent: str
    vendor: str
    mode: str
    at: int
    """Milliseconds UTC."""
    text: str
    removed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {**self._asdict(), "removed": list(self.removed)}


def refuse(kind: str, text: str, about: str | None) -> str | None:
    """Why this is no remark; None where it is one."""
    if kind not in (NOTE, FEEDBACK):
        return Phrase("`{kind}` is neither a note nor feedback", kind=kind)
    if kind == FEEDBACK and about not in ABOUT:
        return Phrase("say what is amiss: one of {codes}", codes=", ".join(ABOUT))
    if kind == NOTE and about is not None:
        return Phrase("a note is about nothing but its walk")
    if kind == NOTE and not text.strip():
        return Phrase("write the note first")
    if len(text) > LONGEST:
        told = "it is {length} characters long, and at most {most} are kept: shorten it"
        return Phrase(told, length=f"{len(text):,}", most=f"{LONGEST:,}")
    return None


class Remarks:
    """The remarks of a data folder, by month."""

    def __init__(self, folder: Path, disk: Disk = SYSTEM_DISK) -> None:
        self._folder = folder
        self._disk = disk
        self.damages: list[Damage] = []

    def keep(self, remark: Remark) -> None:
        """Durable on return. Raises LogError, and then there is none."""
        path = self._path(remark.id)
        private_folder(path.parent, self._disk)
        replace(path, dumps(remark.to_json()), self._disk)

    def drop(self, remark: Remark) -> None:
        """Take back a remark of which the log could not tell."""
        remove(self._path(remark.id), self._disk)

    def all(self, kind: str | None = None) -> Iterator[Remark]:
        """By their time; what cannot be read goes to `damages`."""
        for path in sorted(self._folder.glob("????-??/*.json")):
            remark = self._read(path)
            if remark is not None and kind in (None, remark.kind):
                yield remark

    def find(self, names: Iterable[str]) -> list[Remark]:
        """Those of these ids that can be read."""
        found = (self._read(self._path(name)) for name in names)
        return [remark for remark in found if remark is not None]

    def _read(self, path: Path) -> Remark | None:
        try:
            return remark_from_json(loads(read_regular(path)))
        except FileNotFoundError:  # whoever was to read it has removed it
            return None
        except (OSError, ValueError) as error:
            self.damages.append(Damage(str(path), None, f"cannot be read: {error}"))
            return None

    def _path(self, name: str) -> Path:
        """Return the place of a remark, whose id tells when it was made."""
        made = datetime.fromtimestamp(int(name.replace("-", "")[:_TIME_DIGITS], 16) / 1000, UTC)
        return self._folder / made.strftime("%Y-%m") / f"{name}.json"


def remark_from_json(data: Mapping[str, Any]) -> Remark:
    """Raises ValueError where this is no remark."""
    try:
        remark = Remark(**{**data, "removed": tuple(data["removed"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"no remark: {error}") from error
    texts = [value for name, value in remark._asdict().items() if name not in _NO_TEXTS]
    if not all(isinstance(text, str) for text in texts) or not isinstance(remark.at, int):
        raise ValueError("no remark")
    return remark
