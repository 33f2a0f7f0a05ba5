"""JSON lines: one object an event, with the columns of the tables by name.

Times are ISO 8601 in UTC, `data` is the event's own as an object, and what there is not is null.
A character that a terminal would obey is written as a JSON escape, so that nothing is lost.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from sopguide.clean import clean
from sopguide.log.exporting.cases import Row, iso
from sopguide.log.exporting.writer import TextWriter
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from sopguide.log.exporting.cases import Case


def json_lines_writer(out: IO[bytes]) -> TextWriter[Case]:
    """What writes walks as JSON lines."""
    return TextWriter(out, _lines)


def _lines(case: Case) -> bytes:
    times = {name: iso(case.head[name]) for name in ("started", "ended")}
    head = dumps({**case.head, **times})[:-1] + b","
    return harmless(b"".join(head + dumps(_own(row))[1:] + b"\n" for row in case.rows))


def _own(row: Row) -> dict[str, object]:
    return dict(zip(Row._fields, (row.seq, iso(row.time), *row[2:]), strict=True))


_NOT_ASCII = re.compile("[^\x00-\x7e]")


def harmless(json: bytes) -> bytes:
    """JSON text with escapes for what is not ASCII, where any of it is not to be shown."""
    if json.isascii() and b"\x7f" not in json:  # JSON escapes all other controls by itself
        return json
    text = json.decode()
    return json if clean(text) == text else _NOT_ASCII.sub(_escape, text).encode()


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))
