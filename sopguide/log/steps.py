"""The content of a journal as lines and whole steps, however it was left.

The records of one step are written together, and `more` counts those that follow. Where the end of
a journal is not the end of a step, the power or the process went while it was written: the end
may be missing, and a part of it may have come out as zeros. Nothing of such a step counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.chain import is_anchor
from sopguide.log.jsontext import loads_line
from sopguide.log.record import fault_in
from sopguide.log.regular import read_regular, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.record import Record

DONE = "done"  # the folder beside a journal that it is put away into
GZIP = ".gz"
_CHUNK = 100  # lines
_LONGEST = 10_000_000  # bytes of a line; what is longer would cost many times that to look at
_LOST = 0  # what a disk gives back for what it did not get to write


class Line(NamedTuple):
    """One line: its record, or why it has none; neither for what is left of an expired journal."""

    number: int
    text: bytes
    record: Record | None
    fault: str | None


class Steps(NamedTuple):
    """The lines of every whole step."""

    lines: list[Line]
    torn: int | None  # the line in which a last step begins that was never whole
    left_out: list[Line]  # and its lines, as far as they end


def name_of(path: Path) -> str:
    """The name of a journal, compacted or not."""
    return path.name.partition(".jsonl")[0]


def content_of(path: Path) -> bytes:
    """The bytes of a journal, compacted or not. Raises OSError."""
    if path.suffix != GZIP:
        try:
            return read_regular(path)
        except FileNotFoundError:  # it may have been compacted since it was listed
            path = path.with_name(f"{path.name}{GZIP}")
    packed = read_regular(path)
    if not packed:  # which gzip takes for nothing compressed
        raise OSError("it is no whole gzip file (it is empty)")
    return unpacked(packed, path)


def content_wherever(path: Path) -> bytes:
    """The same, also where the journal was put away since it was listed. Raises OSError."""
    try:
        return content_of(path)
    except FileNotFoundError:
        return content_of(path.parent / DONE / path.name)


def steps_of(content: bytes) -> Steps:
    lines: list[Line] = []
    last = Steps([], None, [])
    for last in chunks_of(content):
        lines += last.lines
    return last._replace(lines=lines)


def chunks_of(content: bytes) -> Iterator[Steps]:
    """The same, a few steps at a time: what was looked at need not be kept. The last one tells."""
    texts = content.split(b"\n")
    cut = bool(texts.pop())
    lines: list[Line] = []
    for number, text in enumerate(texts, 1):
        line = _line(number, text)
        lines.append(line)
        if len(lines) >= _CHUNK and line.record is not None and not _more(line.record):
            if number == len(texts):
                break
            yield Steps(lines, None, [])
            lines = []
    yield _last_chunk(lines, texts[: len(texts) - len(lines)], cut=cut)


def _last_chunk(lines: list[Line], before: list[bytes], *, cut: bool) -> Steps:
    start, whole = _last_step(lines)
    if whole and cut:
        start = len(lines)
    elif not lines or (whole and not _is_half_there(lines, start, before)):
        return Steps(lines, 1 + len(before) if cut else None, [])
    rest = lines[start:]
    damaged = [line for line in rest if line.fault and not _is_lost(line)]
    torn = cut or len(rest) > len(damaged)
    first = len(before) + start + 1
    return Steps([*lines[:start], *damaged], first if torn else None, rest)


def _line(number: int, text: bytes) -> Line:
    if len(text) > _LONGEST:
        return Line(number, text, None, f"it is longer than any record ({len(text):,} bytes)")
    try:
        record = loads_line(text)
    except ValueError as error:
        return Line(number, text, None, str(error))
    if is_anchor(record):
        return Line(number, text, None, None)
    fault = fault_in(record)
    return Line(number, text, None if fault else record, fault and f"the record {fault}")


def _last_step(lines: list[Line]) -> tuple[int, bool]:
    """Where the last step begins, and whether as many lines of it are there as it has."""
    start = 0
    due: int | None = None  # how many lines of this step are to come, where that is known
    for place, line in enumerate(lines):
        if due == 0:
            start, due = place, None
        if line.record is not None:
            due = _more(line.record)
        elif due is not None:
            due -= 1
        elif not _is_lost(line):
            due = 0
    return start, due == 0


def _more(record: Record) -> int:
    more: Any = record.get("more")
    return more if type(more) is int and more > 0 else 0


def _is_lost(line: Line) -> bool:
    return line.fault is not None and _LOST in line.text


def _is_half_there(lines: list[Line], start: int, before: list[bytes]) -> bool:
    """Whether a part of the last step cannot be read.

    Zeros before it are a part of it only where its walk does not go on without a gap after them.
    """
    first = next((line.record for line in lines[start:] if line.record is not None), None)
    if first is None or lines[start].record is not None or lines[-1].record is None:
        return lines[-1].fault is not None or any(map(_is_lost, lines[start:]))
    earlier = (
        _line(0, text) for text in reversed([*before, *(line.text for line in lines[:start])])
    )
    of_the_walk = (line.record for line in earlier if line.record)
    last = next((each["seq"] for each in of_the_walk if each["walk"] == first["walk"]), -1)
    return bool(first["seq"] != last + 1)
