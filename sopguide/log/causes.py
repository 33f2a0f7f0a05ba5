"""Why a record does not hold: worked out once one was found that does not.

The chain says that something was changed; whether a record was edited, moved, doubled or taken away
shows in what stands around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.log.chain import commitment, next_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.log.record import Record
    from sopguide.log.steps import Line

_SEALED_SINCE = 2  # the schema


def is_sealed(line: Line) -> bool:
    """Whether a line is not of the time before there were chains."""
    record = line.record
    return record is None or record["v"] >= _SEALED_SINCE or "chain" in record


def cause_of(name: str, head: bytes, lines: Sequence[Line], place: int) -> str:
    """What is wrong with the line at `place` of journal `name`, where the head was `head`."""
    line = lines[place]
    if line.record is None:
        return f"cannot be read: {line.fault}" if line.fault else "is no record"
    if any(other.text == line.text for other in lines[:place]):
        return "is there twice"
    if (after := _what_should_come(head, lines, place)) is not None:
        return f"does not belong here: line {lines[after].number} should"
    if not is_sealed(line) or "chain" not in line.record:
        return "is not sealed, though the journal is"
    return _of_its_seal(line.record, head, lines, place) or _of_its_place(name, lines, place)


def _of_its_seal(record: Record, head: bytes, lines: Sequence[Line], place: int) -> str | None:
    try:
        after = next_head(head, commitment(record))
    except ValueError as error:
        return str(error)
    if after.hex() == record["chain"]:
        return "says a field twice"
    if place + 1 < len(lines) and _follows(after, lines[place + 1]):
        return "has an edited `chain`"
    return None


def _of_its_place(name: str, lines: Sequence[Line], place: int) -> str:
    if place == 0:
        return f"was edited, or is not what the journal {name} begins with"
    gap = _gap(lines[place - 1].record, lines[place].record)
    if gap == 0:
        return "was edited"
    missing = "records before it are missing"
    return missing if gap is not None and gap > 0 else f"was edited, or {missing}"


def _gap(before: Record | None, record: Record | None) -> int | None:
    """How many events of the same walk are missing between two records; None: not known."""
    if before is None or record is None or before["walk"] != record["walk"]:
        return None
    gap: Any = record["seq"] - before["seq"] - 1
    return int(gap)


def _what_should_come(head: bytes, lines: Sequence[Line], place: int) -> int | None:
    return next(
        (other for other in range(place + 1, len(lines)) if _follows(head, lines[other])), None
    )


def _follows(head: bytes, line: Line) -> bool:
    """Whether this record is what comes after such a head."""
    try:
        record = line.record
        return bool(record and next_head(head, commitment(record)).hex() == record.get("chain"))
    except ValueError:
        return False
