"""Verifying a log: every record of every journal, the heads that were kept, the finished walks.

Nothing is written. Files are looked at one by one, by several processes where there is much to look
at. Whatever is wrong is a damage with its place; what a crash leaves behind is harmless.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.log.acts import ACTS, ERASED, EXPIRED
from sopguide.log.comparing import Comparing
from sopguide.log.dayfiles import DayFiles
from sopguide.log.erasures import under_way
from sopguide.log.faults import Damage
from sopguide.log.forms import missing_forms, wrong_forms
from sopguide.log.gathering import look_at_journal, look_at_walks
from sopguide.log.heads import all_journals, by_journal, gone, unheard
from sopguide.log.reading import TORN
from sopguide.log.repairing import repaired
from sopguide.log.steps import name_of
from sopguide.log.store import day_of
from sopguide.processes import as_many_as_pay, shared_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sopguide.log.folder import DataFolder
    from sopguide.log.gathering import Looked
    from sopguide.log.heads import Head, Progress
    from sopguide.log.record import Record

_PAYS = 20_000_000  # bytes from which on another process is worth its start


@dataclass
class Verified:
    """What was looked at, and what was found."""

    journals: int = 0
    records: int = 0
    """Those that hold."""
    unproved: int = 0
    """Those of them that no head covers."""
    unsealed: int = 0
    """Records of the time before there were chains."""
    taken_out: int = 0
    """Records of which a part was erased."""
    husks: int = 0
    """Records of walks that have expired, in journals of others that have not."""
    expired: int = 0
    """Journals of which only the anchor is left."""
    walks: int = 0
    """Finished walks that are told as their records say."""
    damages: list[Damage] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return all(damage.harmless for damage in self.damages)


def verify(
    folder: DataFolder,
    heads: Iterable[Head] = (),
    *,
    processes: int | None = None,
    progress: Progress = unheard,
) -> Verified:
    """`processes`: how many, else as many as it pays for; `progress` hears of bytes."""
    known = by_journal(heads)
    found = Verified(damages=gone(folder, known))
    walks, journals = DayFiles(folder.walks).all(), all_journals(folder)
    its_heads = [known.get(name_of(path), []) for path in journals]
    sizes = [*map(_size, walks), *map(_size, journals)]
    erasing = bool(under_way(folder, found.damages))
    comparing, forms = Comparing(folder), set[str]()
    acts: list[Record] = []
    with shared_out(processes or as_many_as_pay(sum(sizes), _PAYS)) as run:
        each_size = iter(_sums(sizes))
        for folded in run(look_at_walks, map(str, walks)):
            progress(next(each_size), sum(sizes))
            found.damages += folded.damages
            comparing.tell(folded)
        looks = run(look_at_journal, map(str, journals), its_heads)
        for path, marks, looked in zip(journals, its_heads, looks, strict=True):
            progress(next(each_size), sum(sizes))
            _count(found, looked, marks)
            found.damages += _out_of_place(folder, path, looked)
            if path.parent == folder.acts:
                acts += _acts_in(looked)
            else:
                comparing.take(looked)
                forms |= looked.forms
    erasing = erasing or bool(under_way(folder, []))
    found.damages += [
        *comparing.damages(erasing=erasing),
        *_untold(found, {act["type"] for act in acts}, folder, erasing=erasing),
        *wrong_forms(folder),
        *missing_forms(folder, forms),
    ]
    found.damages = _explained(found.damages, repaired(acts))
    found.walks = comparing.agree
    return found


def _count(found: Verified, looked: Looked, marks: Sequence[Head]) -> None:
    found.journals += 1
    found.damages += looked.damages
    found.husks += looked.husks
    if checked := looked.checked:
        found.records += 0 if checked.expired else checked.records
        found.unsealed += checked.unsealed
        found.taken_out += checked.taken_out
        found.expired += checked.expired
        proved = max((head.records for head in marks), default=0)
        found.unproved += max(0, checked.records - proved)
        if checked.torn is not None and checked.bad is None:
            found.damages.append(Damage(looked.path, checked.torn, TORN, harmless=True))


def _out_of_place(folder: DataFolder, path: Path, looked: Looked) -> Iterator[Damage]:
    """A journal holds wherever it lies; but what no command reads there is as good as gone."""
    if not folder.is_read(path):
        yield Damage(str(path), None, "lies where no command reads it")
    of_acts = path.parent == folder.acts
    acts = [records[0]["type"] in ACTS for records in looked.parts.values()]
    if of_acts and (looked.finished or not all(acts)):
        yield Damage(str(path), None, "is no journal of acts, so its walks are not read")
    if not of_acts and any(acts):
        yield Damage(str(path), None, "holds acts, which are not read here")


def _acts_in(looked: Looked) -> list[Record]:
    """What was done with the log, as its acts tell; of acts that have expired nobody knows."""
    if looked.checked and looked.checked.expired:
        return [{"type": ERASED, "wall": 0, "data": {}}]  # the act of the expiry itself is newer
    return [record for records in looked.parts.values() for record in records]


def _explained(damages: list[Damage], repairs: Mapping[str, int]) -> list[Damage]:
    """Said of a file that was repaired: what was lost by that is lost, but nobody hid it."""
    found = []
    for damage in damages:
        at = repairs.get(name_of(Path(damage.file)))
        why = "" if at is None else f"; it was repaired on {day_of(at)}, see its note in damaged/"
        found.append(damage._replace(cause=f"{damage.cause}{why}"))
    return found


def _untold(
    found: Verified, acts: set[str], folder: DataFolder, *, erasing: bool
) -> Iterator[Damage]:
    """The chain lets parts of records and old journals go; that it was done has to be an act."""
    # The act of an erasure comes when it is done.
    if found.taken_out and not erasing and not acts & {ERASED, EXPIRED}:
        cause = f"records lost a part ({found.taken_out}), and no act tells of an erasure"
        yield Damage(str(folder.acts), None, cause)
    if found.husks and EXPIRED not in acts:
        cause = f"records expired ({found.husks}), and no act tells of it"
        yield Damage(str(folder.acts), None, cause)
    if found.expired and EXPIRED not in acts:
        cause = f"journals expired ({found.expired}), and no act tells of it"
        yield Damage(str(folder.acts), None, cause)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it was moved or made anew meanwhile
        return 0


def _sums(sizes: Iterable[int]) -> Iterator[int]:
    done = 0
    for size in sizes:
        done += size
        yield done
