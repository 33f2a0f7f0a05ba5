"""XES (IEEE 1849): one trace a walk, one event a row.

The standard extensions say what tools look for: concept (the activity, and which visit to the
step), time, lifecycle, org (the agent and their vendor), identity (the event's id). `seq` is the
order, for tools that sort. Keys without a prefix are the columns of the tables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

from sopguide.clean import clean
from sopguide.log.exporting.cases import CASE_COLUMNS, iso
from sopguide.log.exporting.writer import TextWriter
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopguide.log.exporting.cases import Case, Row

TAIL = b"</log>\n"
EXTENSIONS = {
    "concept": "Concept",
    "time": "Time",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
    "identity": "Identity",
}
_GLOBALS = """\
<global scope="trace"><string key="concept:name" value="-"/><string key="sop" value="-"/></global>
<global scope="event"><string key="concept:name" value="-"/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>\
<string key="lifecycle:transition" value="complete"/><int key="seq" value="0"/>\
<string key="event" value="-"/></global>
<classifier name="Activity" scope="event" keys="concept:name"/>
<classifier name="ActivityAndLifecycle" scope="event" keys="concept:name lifecycle:transition"/>
<classifier name="EventType" scope="event" keys="event"/>
"""
_TOLD = {"step", "visit", "fact", "answer", "by"}  # of an event's data, each by a key of its own


def xes_writer(out: IO[bytes]) -> TextWriter[Case]:
    """What writes walks as XES."""
    begin = (head() + extensions(EXTENSIONS) + _GLOBALS).encode()
    return TextWriter(out, _trace, begin, TAIL)


def _trace(case: Case) -> bytes:
    group = _given("string", "org:group", case.head["vendor"])
    events = "".join(_event(row, group) for row in case.rows)
    return trace("".join(_of_case(case)), events)


def trace(attributes: str, events: str) -> bytes:
    """One case."""
    return f"<trace>\n{attributes}{events}</trace>\n".encode()


def head(features: str = "") -> str:
    """How every log begins."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<log xes.version="1849.2016" xes.features="{features}">\n'
    )


def extensions(prefixes: Iterable[str]) -> str:
    """What declares the standard's own extensions."""
    return "".join(
        f'<extension name="{EXTENSIONS[prefix]}" prefix="{prefix}"'
        f' uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
        for prefix in prefixes
    )


def attribute(kind: str, key: str | None, value: str | None, inner: str = "") -> str:
    """One attribute, with what it has; `inner`: the attributes of the attribute."""
    named = "" if key is None else f" key={quoted(key)}"
    given = "" if value is None else f" value={quoted(value)}"
    return f"<{kind}{named}{given}{f'>{inner}</{kind}>' if inner else '/>'}\n"


def _given(kind: str, key: str, value: str | int | None) -> str:
    """An attribute where there is a value."""
    return "" if value is None else attribute(kind, key, str(value))


def _of_case(case: Case) -> Iterable[str]:
    yield _given("string", "concept:name", case.id)
    for name, kind in CASE_COLUMNS.items():
        value = case.head[name]
        if kind == "time":
            yield _given("date", name, iso(value))
        elif kind == "yes or no":
            yield _given("boolean", name, "true" if value else "false")
        elif name != "walk":
            yield _given("string", name, value)


def _event(row: Row, group: str) -> str:
    more = {key: value for key, value in row.data.items() if key not in _TOLD}
    parts = [
        f'<event>\n<string key="concept:name" value={quoted(row.activity)}/>\n',
        f'<date key="time:timestamp" value="{iso(row.time)}"/>\n',
        f'<string key="lifecycle:transition" value="{row.lifecycle}"/>\n',
        f'<int key="seq" value="{row.seq}"/>\n',
        f'<string key="event" value={quoted(row.event)}/>\n',
        f'<int key="active_ms" value="{row.active_ms}"/>\n',
        f'<id key="identity:id" value={quoted(row.event_id)}/>\n',
        group,
        _given("string", "org:resource", row.agent),
    ]
    if row.step is not None:
        parts += [
            _given("string", "concept:instance", row.visit),
            _given("string", "step", row.step),
            _given("int", "visit", row.visit),
            _given("string", "fact", row.fact),
            _given("string", "answer", row.answer),
            _given("string", "answered_by", row.answered_by),
        ]
    if more:
        parts.append(_given("string", "data", dumps(more).decode()))
    parts.append("</event>\n")
    return "".join(parts)


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_ASCII = re.compile("[^\t\n\r\x20-\x7e]")
_MARKS = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


@lru_cache(maxsize=65536)
def quoted(text: str) -> str:
    """A text as the value of an XML attribute.

    What XML cannot hold is replaced; what a terminal would obey is told by number.
    """
    escaped = escape(_NOT_XML.sub("\ufffd", text), _MARKS)
    if clean(escaped) == escaped:
        return f'"{escaped}"'
    return f'"{_NOT_ASCII.sub(lambda found: f"&#{ord(found[0])};", escaped)}"'
