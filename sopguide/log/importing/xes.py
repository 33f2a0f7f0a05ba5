"""Reading XES: one case after another, however long the file.

A document type is refused, and with it every entity of its own, inside or outside the file: no
log needs one. What is no XES is told with line and column.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from sopguide.log.importing.case import (
    CONCEPT,
    MOST_CHARACTERS,
    MOST_IN_A_CASE,
    TIMESTAMP,
    Attribute,
    ImportedCase,
    ImportFaultError,
    in_ms,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 1 << 16
_MOST_PENDING = 4 << 20  # bytes of one tag
_DEEPEST = 20
_KINDS = {"string", "date", "int", "float", "boolean", "id", "list", "container", "values"}
_WITHOUT_VALUE = {"list", "container", "values"}
_OF_LOG = {"extension", "global", "classifier"}
_BOOLEANS = {"true", "false", "1", "0"}


class XesReader:
    """Iterate over `cases`; `head` is then what the log says of itself."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._open: list[tuple[str, dict[str, str], list[Any]]] = []
        self._cases: list[ImportedCase] = []
        self._size = 0
        self._event_at = name
        self.head: list[dict[str, Any]] = []

    def cases(self, file: IO[bytes]) -> Iterator[ImportedCase]:
        """Raises ImportFaultError at the first thing that is wrong."""
        fed = 0
        while chunk := file.read(_CHUNK):
            fed += len(chunk)
            self._feed(chunk)
            if fed - max(0, self._parser.CurrentByteIndex) > _MOST_PENDING:
                raise self._fault("a tag is too large")
            yield from self._cases
            self._cases.clear()
        self._feed(b"")
        yield from self._cases

    def _feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            raise ImportFaultError(
                f"{self._name}:{error.lineno}:{error.offset + 1}",
                f"is no XML that can be read: {what}",
                "the file may be cut off, or in another encoding than it says",
            ) from None
        except (LookupError, ValueError) as error:  # an encoding that Python does not know
            raise self._fault(f"is no XML that can be read: {error}") from None

    def _place(self) -> str:
        parser = self._parser
        return f"{self._name}:{parser.CurrentLineNumber}:{parser.CurrentColumnNumber + 1}"

    def _fault(self, what: str) -> ImportFaultError:
        return ImportFaultError(self._place(), what)

    def _refuse_doctype(self, *_: object) -> None:
        raise self._fault("has a document type, which may hide entities; no log needs one")

    def _start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        parent = self._open[-1][0] if self._open else None
        if len(self._open) > _DEEPEST:
            raise self._fault("is nested too deep")
        if not _fits(name, parent):
            where = f"in `{parent}`" if parent else "at its beginning"
            raise self._fault(f"is no XES: it has `{name}` {where}")
        self._size += sum(map(len, given.values()))
        if self._size > MOST_IN_A_CASE or any(len(one) > MOST_CHARACTERS for one in given.values()):
            raise self._fault("a value, or a case with all its values, is too large")
        if name in _KINDS:
            self._check(name, given)
        elif name == "event":
            self._event_at = self._place()
        self._open.append((name, given, []))

    def _end(self, _: str) -> None:
        name, given, inner = self._open.pop()
        if name in _KINDS:
            self._open[-1][2].append(
                Attribute(name, given.get("key"), given.get("value"), tuple(inner))
            )
        elif name == "event":
            self._open[-1][2].append(self._event(tuple(inner)))
        elif name == "trace":
            attributes = (one for one in inner if isinstance(one, Attribute))
            events = (one for one in inner if not isinstance(one, Attribute))
            self._cases.append(ImportedCase(tuple(attributes), tuple(events)))
            self._size = 0
        else:
            told = [one.to_json() for one in inner]
            self.head.append({"element": name, "has": given, "attributes": told})

    def _check(self, kind: str, given: dict[str, str]) -> None:
        if kind in _WITHOUT_VALUE:
            return
        key, value = given.get("key"), given.get("value")
        if key is None or value is None:
            raise self._fault(f"a `{kind}` has no key or no value")
        try:
            _CHECKS.get(kind, str)(value)
        except ValueError:
            raise self._fault(f"`{key}` is no {kind}: `{value[:40]}`") from None

    def _event(self, attributes: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
        for key in (CONCEPT, TIMESTAMP):
            if value_of(attributes, key) is None:
                raise ImportFaultError(self._event_at, f"an event has no `{key}`")
        try:
            in_ms(value_of(attributes, TIMESTAMP) or "")
        except ValueError:
            told = f"an event's `{TIMESTAMP}` is no time"
            raise ImportFaultError(self._event_at, told) from None
        return attributes


def _fits(name: str, parent: str | None) -> bool:
    """Whether an element may stand there."""
    if parent is None:
        return name == "log"
    if name in _KINDS:
        return parent != "extension"
    if name == "event":
        return parent == "trace"
    return parent == "log" and (name == "trace" or name in _OF_LOG)


def _boolean(value: str) -> str:
    if value.strip().lower() not in _BOOLEANS:
        raise ValueError(value)
    return value


_CHECKS: dict[str, Callable[[str], object]] = {
    "date": in_ms,
    "int": int,
    "float": float,
    "boolean": _boolean,
}
