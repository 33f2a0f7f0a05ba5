"""Every file of a data folder looked at: what cannot be read, where, and why.

Nothing is changed. A last step that was cut off while it was written is no fault: it was never
acknowledged. What a running process is writing is left to it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.dayfile import read
from sopguide.log.dayfiles import DayFiles
from sopguide.log.faults import Damage
from sopguide.log.folder import COMPACT
from sopguide.log.forms import wrong_forms
from sopguide.log.identity import KEY_BYTES
from sopguide.log.jsontext import loads
from sopguide.log.locks import is_held
from sopguide.log.reading import read_journal
from sopguide.log.regular import read_regular
from sopguide.log.remarks import remark_from_json
from sopguide.log.steps import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sopguide.log.folder import DataFolder

JOURNAL, WALKS, FORM, REMARK, TICKET, KEY = (
    "journal", "walks", "form", "remark", "ticket", "key",
)  # fmt: skip


class Broken(NamedTuple):
    """A file that is damaged, what kind of file it is, and everything that is wrong with it."""

    path: Path
    kind: str
    damages: tuple[Damage, ...]


def inspect(folder: DataFolder) -> Iterator[Broken]:
    """Every damaged file."""
    for path in journals(folder):
        if not is_held(folder.lock(name_of(path))):
            found = [each for each in read_journal(path).damages if not each.harmless]
            if found and path.exists():  # else it was put away meanwhile
                yield Broken(path, JOURNAL, tuple(found))
    for path in DayFiles(folder.walks).all():
        damages: list[Damage] = []
        with suppress(FileNotFoundError):  # it was made anew meanwhile
            read(path, damages)
        if damages:
            yield Broken(path, WALKS, tuple(damages))
    for damage in wrong_forms(folder):
        yield Broken(Path(damage.file), FORM, (damage,))
    for kind, paths, check in _others(folder):
        for path in sorted(paths):
            if cause := _cause(path, check):
                yield Broken(path, kind, (Damage(str(path), None, cause),))


def journals(folder: DataFolder) -> list[Path]:
    """All there are, compacted or not, in whatever folder."""
    found = (*folder.journals.rglob("*.jsonl"), *folder.journals.rglob(f"*{COMPACT}"))
    return sorted(path for path in found if path.is_file())


def _others(
    folder: DataFolder,
) -> Iterator[tuple[str, list[Path], Callable[[bytes], str | None]]]:
    yield REMARK, list(folder.remarks.glob("????-??/*.json")), _remark
    yield TICKET, list(folder.open.glob("*.json")), _ticket
    yield KEY, [path for path in (folder.ticket_key,) if path.exists()], _key
    yield KEY, [path for path in (folder.team_key,) if path.exists()], _keys


def _cause(path: Path, check: Callable[[bytes], str | None]) -> str | None:
    try:
        return check(read_regular(path))
    except FileNotFoundError:  # its process has removed it
        return None
    except (OSError, ValueError) as error:
        return f"cannot be read: {error}"


def _remark(content: bytes) -> str | None:
    remark_from_json(loads(content))
    return None


def _ticket(content: bytes) -> str | None:
    """It is emptied when its walk ends and cannot be folded at once."""
    good = not content or isinstance(loads(content), dict)
    return None if good else "is no ticket"


def _key(content: bytes) -> str | None:
    return None if len(content) == KEY_BYTES else f"has {len(content)} bytes, not {KEY_BYTES}"


def _keys(content: bytes) -> str | None:
    whole = content and not len(content) % KEY_BYTES
    return None if whole else f"has {len(content)} bytes, not {KEY_BYTES} for each key"
