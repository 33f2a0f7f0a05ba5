"""One journal checked against its chain, and against the heads that were kept of it.

Pure: the content comes from the caller. `check` finds the first record that does not hold; why it
does not is worked out only then (`causes.py`). A last step that was never whole is no fault: it was
never acknowledged.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.causes import cause_of, is_sealed
from sopguide.log.chain import commitment, first_head, next_head
from sopguide.log.jsontext import dumps, loads
from sopguide.log.steps import steps_of
from sopguide.log.store import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.log.heads import Head
    from sopguide.log.steps import Line, Steps


class Bad(NamedTuple):
    """The first record that does not hold: its line, and what is wrong with it."""

    line: int
    cause: str


class Checked(NamedTuple):
    """What the chain of a journal says; `records` and `chain` are of what holds."""

    records: int
    chain: str
    bad: Bad | None = None
    settled: int = 0  # the records before the last step
    settled_chain: str = ""
    torn: int | None = None  # where a last step begins that was never whole
    unsealed: int = 0  # records of schema 1, which had no chain
    taken_out: int = 0  # records of which a part was taken out
    expired: bool = False  # only the anchor is left


def check(name: str, content: bytes, heads: Sequence[Head] = ()) -> Checked:
    """`heads`: what was kept of this journal, in any order."""
    return check_steps(name, steps_of(content), heads)


def check_steps(name: str, steps: Steps, heads: Sequence[Head] = ()) -> Checked:
    marks = sorted(heads, key=lambda head: head.records)
    lines = steps.lines
    if lines and lines[0].record is None and lines[0].fault is None:
        return _check_anchor(name, steps, marks)
    if lines and not any(map(is_sealed, lines)):
        return _check_unsealed(name, steps, marks)
    found = _check_chain(name, steps, {mark.records: mark for mark in marks})
    if found.bad is None and marks and marks[-1].records > found.records:
        return found._replace(bad=_cut_short(found.records, marks[-1]))
    return found


def _check_chain(name: str, steps: Steps, marks: dict[int, Head]) -> Checked:
    head = settled = first_head(name)
    lines, place, begin, sure, out = steps.lines, 0, 0, 0, 0
    bad, more = None, None
    for place, line in enumerate(lines):
        if not more:
            begin, settled = place, head
        after = _follow(head, line)
        if after is None:
            bad = Bad(line.number, cause_of(name, head, lines, place))
            break
        head = after
        more = line.record and line.record.get("more")
        out += "kept" in (line.record or ())
        if mark := marks.get(place + 1):
            if mark.chain != head.hex():
                bad = Bad(sure + 1, _made_anew(sure, mark))
                break
            sure = mark.records
    else:
        place = len(lines)
        bad = _check_left_out(name, head, steps.left_out)
    return Checked(place, head.hex(), bad, begin, settled.hex(), steps.torn, 0, out)


def _check_left_out(name: str, head: bytes, lines: Sequence[Line]) -> Bad | None:
    """What is there of a torn step has to hold as well: else somebody tore it."""
    for place, line in enumerate(lines):
        if line.record is None:
            break
        after = _follow(head, line)
        if after is None:
            return Bad(line.number, cause_of(name, head, lines, place))
        head = after
    return None


def _follow(head: bytes, line: Line) -> bytes | None:
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
    if len(dumps(line.record)) == len(line.text):
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


def _check_unsealed(name: str, steps: Steps, marks: Sequence[Head]) -> Checked:
    start = first_head(name).hex()
    bad = None
    if marks:
        bad = Bad(1, f"is not sealed, though a head was kept of it on {day_of(marks[0].at)}")
    return Checked(0, start, bad, 0, start, steps.torn, unsealed=len(steps.lines))


def _check_anchor(name: str, steps: Steps, marks: Sequence[Head]) -> Checked:
    told = loads(steps.lines[0].text)
    records, chain = told["records"], told["chain"]
    bad = None
    if len(steps.lines) > 1 or steps.torn is not None:
        bad = Bad(2, "more follows, though the journal has expired")
    elif told["journal"] != name:
        bad = Bad(1, f"is what is left of another journal, {told['journal']}")
    elif marks and marks[-1].records > records:
        bad = _cut_short(records, marks[-1])
    elif marks and marks[-1].records < records:
        bad = Bad(
            1, f"expired with {records} records, of which only {marks[-1].records} are proved"
        )
    elif marks and marks[-1].chain != chain:
        bad = Bad(1, _made_anew(0, marks[-1]))
    return Checked(records, chain, bad, records, chain, expired=True)


def _cut_short(records: int, mark: Head) -> Bad:
    there = f"{records} records are there, {mark.records} were on {day_of(mark.at)}"
    return Bad(records + 1, f"the journal is cut short: {there}")


def _made_anew(sure: int, mark: Head) -> str:
    what = f"what follows line {sure}" if sure else "the journal"
    return f"{what} was made anew: up to line {mark.records} it differs from {day_of(mark.at)}"
