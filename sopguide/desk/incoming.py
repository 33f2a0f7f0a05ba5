"""Tickets as they come in: a JSON object, or plain text whose first line is the subject.

Whoever reads one is told what was expected where it is neither. Nothing is looked for in a plain
text: what a customer writes is no fact before an agent has seen it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.jsontext import NotJsonError, read_json
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EXPECTED = '{"id": "T-1", "subject": "...", "body": "..."}'
_MOST_BYTES = 16 * 1024 * 1024
_SHORT = 8
_FILES = (".json", ".txt")


class TicketError(ValueError):
    """It is no ticket; the message says what was expected."""


class Incoming(NamedTuple):
    """A ticket and where it came from, or why there is none."""

    source: str
    ticket: Mapping[str, Any] | None
    fault: str = ""


def read_ticket(text: str) -> dict[str, Any]:
    """A ticket from a text that may be JSON; raises TicketError."""
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise TicketError(_("it is empty"))
    return read_object(text) if text.startswith("{") else written(text)


def read_object(text: str) -> dict[str, Any]:
    """A ticket that has to be JSON; raises TicketError."""
    try:
        ticket = read_json(text)
    except NotJsonError as error:
        told = _("it is no JSON: {why}; expected a JSON object such as {example}")
        raise TicketError(told.format(why=error, example=EXPECTED)) from None
    if not isinstance(ticket, dict):
        told = _("it is no JSON object; expected a JSON object such as {example}")
        raise TicketError(told.format(example=EXPECTED))
    facts = ticket.get("facts")
    if facts is not None and not isinstance(facts, dict):
        told = _("its `facts` are no JSON object; expected {example}")
        raise TicketError(told.format(example='{"country": "DE"}'))
    return ticket


def written(text: str) -> dict[str, Any]:
    """A ticket of plain text: the first line is its subject, the rest its body."""
    subject, _, body = text.strip().partition("\n")
    return {"subject": subject.strip(), "body": body.strip()} if body.strip() else {"body": subject}


def words_of(ticket: Mapping[str, Any]) -> str:
    """What was written in a ticket: its subject and body."""
    parts = (ticket.get(name) for name in ("subject", "body"))
    return "\n".join(part for part in parts if isinstance(part, str) and part.strip())


def locale_of(ticket: Mapping[str, Any]) -> str | None:
    """The customer's language, where the ticket names one."""
    locale = ticket.get("locale")
    return locale.strip() or None if isinstance(locale, str) else None


def named(ticket: Mapping[str, Any]) -> dict[str, Any]:
    """The ticket with an id: its own, else one made of what it says, the same each time."""
    own = ticket.get("id")
    if isinstance(own, str | int) and str(own).strip():
        return {**ticket, "id": str(own).strip()}
    from hashlib import sha256

    digest = sha256(repr(sorted(ticket.items(), key=str)).encode("utf-8", "surrogatepass"))
    return {**ticket, "id": f"#{digest.hexdigest()[:_SHORT]}"}


def incoming(place: Path) -> Iterator[Incoming]:
    """The tickets of a file of JSON lines, or of a folder's files; raises OSError."""
    if place.is_dir():
        for file in sorted(place.iterdir()):
            if not file.name.startswith(".") and not file.is_dir():
                yield _read(file.name, file)
        return
    with place.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _taken(f"{place.name}:{number}", line, read_object)


def _read(source: str, file: Path) -> Incoming:
    if not file.is_file():
        return Incoming(source, None, _("it is no file that can be read"))
    if not file.name.endswith(_FILES):
        return Incoming(source, None, _("it is passed over; expected a .json or .txt file"))
    try:
        if file.stat().st_size > _MOST_BYTES:
            return Incoming(source, None, _("it is larger than 16 MiB"))
        data = file.read_bytes()
    except OSError as error:
        return Incoming(source, None, _("it cannot be read: {why}").format(why=error.strerror))
    return _taken(source, data, read_object if file.suffix == ".json" else read_ticket)


def _taken(source: str, data: bytes, read: Any) -> Incoming:
    try:
        return Incoming(source, read(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return Incoming(source, None, _("it is no UTF-8 text"))
    except TicketError as error:
        return Incoming(source, None, str(error))
