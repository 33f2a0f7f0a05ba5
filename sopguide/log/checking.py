"""One journal checked against its chain, and against the heads that were kept of it.

Pure: the content comes from the caller. `check` finds the first record that does not hold; why it
does not is worked out only then (`causes.py`). A last step that was never whole is no fault: it was
never acknowledged.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sopguide.log.causes import cause_of, is_sealed
from sopguide.log.chain import commitment, first_head, next_head
from sopguide.log.checked import (
    Bad,
    Checked,
    check_anchor,
    check_unsealed,
    cut_short,
    made_anew,
)
from sopguide.log.jsontext import dumps
from sopguide.log.steps import chunks_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopguide.log.heads import Head
    from sopguide.log.record import Record
    from sopguide.log.steps import Line, Steps


def check(
    name: str,
    content: bytes,
    heads: Sequence[Head] = (),
    take: Callable[[Record], object] | None = None,
) -> Checked:
    """`heads`: what was kept of this journal, in any order; `take` is given every record."""
    marks = sorted(heads, key=lambda head: head.records)
    chain = _Following(name, {mark.records: mark for mark in marks})
    for last in chunks_of(content):
        chain.follow(last.lines)
        if take is not None:
            for line in last.lines:
                if line.record is not None:
                    take(line.record)
    found = chain.found(last.torn)
    if found.bad is not None:
        return found
    if chain.stopped:
        return _told(name, found, steps_of(content), marks)
    if bad := _wrong_in_what_was_left_out(name, found, last.left_out):
        return found._replace(bad=bad)
    if marks and marks[-1].records > found.records:
        return found._replace(bad=cut_short(found.records, marks[-1]))
    return found


class _Following:
    """The pass over the records, for as long as each follows from the one before."""

    def __init__(self, name: str, marks: dict[int, Head]) -> None:
        self._head = self._settled = first_head(name)
        self._records = self._begin = self._taken_out = 0
        self._sure = 0  # so many records are those of the last head that fits
        self._more: object = None
        self._marks = marks
        self._bad: Bad | None = None
        self.stopped = False

    def follow(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if self.stopped or self._bad is not None:
                return
            if not self._more:
                self._begin, self._settled = self._records, self._head
            after = _after(self._head, line)
            if after is None or line.record is None:
                self.stopped = True
                return
            self._head = after
            self._records += 1
            self._more = line.record.get("more")
            self._taken_out += "kept" in line.record
            if self._records in self._marks:
                self._hold_against(self._marks[self._records])

    def _hold_against(self, mark: Head) -> None:
        if mark.chain != self._head.hex():
            self._bad = Bad(self._sure + 1, made_anew(self._sure, mark))
            self._records = self._sure
        else:
            self._sure = mark.records

    def found(self, torn: int | None) -> Checked:
        return Checked(
            self._records,
            self._head.hex(),
            self._bad,
            self._begin,
            self._settled.hex(),
            torn,
            taken_out=self._taken_out,
        )


def _told(name: str, found: Checked, steps: Steps, marks: Sequence[Head]) -> Checked:
    """What is to be said of the record after those that hold."""
    lines = steps.lines
    if lines[0].record is None and lines[0].fault is None:
        return check_anchor(name, steps, marks)
    if not any(map(is_sealed, lines)):
        return check_unsealed(name, steps, marks)
    cause = cause_of(name, bytes.fromhex(found.chain), lines, found.records)
    return found._replace(bad=Bad(lines[found.records].number, cause))


def _wrong_in_what_was_left_out(name: str, found: Checked, lines: Sequence[Line]) -> Bad | None:
    """What is there of a torn step has to hold as well: else somebody tore it."""
    head = bytes.fromhex(found.chain)
    for place, line in enumerate(lines):
        if line.record is None:
            break
        after = _after(head, line)
        if after is None:
            return Bad(line.number, cause_of(name, head, lines, place))
        head = after
    return None


def _after(head: bytes, line: Line) -> bytes | None:
    """The head after this record; None where the record does not hold."""
    record = line.record
    try:
        after = next_head(head, commitment(record)) if record else None
    except ValueError:
        return None
    sound = after and record and record.get("chain") == after.hex() and _says_all_once(line)
    return after if sound else None


def _says_all_once(line: Line) -> bool:
    """Whether no field is there twice: one reader would take the first, another the last."""
    if dumps(line.record) == line.text:
        return True
    try:
        json.loads(line.text, object_pairs_hook=_once)
    except ValueError:
        return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is there twice")
    return found
