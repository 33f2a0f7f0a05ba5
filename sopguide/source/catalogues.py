"""Gettext's catalogues as text: each entry and each mistake in their writing with its place.

The format without plural forms, which no text of a library has. Read strictly where translators
slip: a quote that is not closed, a text translated twice, an escape that means nothing. A mistake
costs one entry; the next is read again. What an entry should hold is `translations.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from sopguide.source import codes

if TYPE_CHECKING:
    from sopguide.source.document import Document

MOST = 100
"""How many mistakes of one catalogue are told."""

Key = tuple[str | None, str]
"""A text, with the place it is told apart by, if it is."""

_LINE = re.compile(r"[^\r\n]*")
_KEYWORD = re.compile(r"[ \t]*(msg[a-z_]*(?:\[[0-9]*\])?)?[ \t]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BEGINNINGS = 'a line begins with `msgid`, `msgstr`, `msgctxt`, `"` or `#`'


@dataclass(frozen=True, slots=True)
class Message:
    """One entry: a text, what it says in the other language, and whether that is only a guess."""

    text: str
    said: str
    context: str | None
    fuzzy: bool
    place: tuple[int, int]
    said_place: tuple[int, int]


class Faults:
    """What is wrong in one catalogue."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.told: list[Diagnostic] = []

    def tell(
        self,
        code: str,
        place: tuple[int, int],
        headline: str,
        advice: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        """Tell of a mistake; a place without extent is the file as a whole."""
        if len(self.told) == MOST:
            code, place, related = codes.TOO_MANY_MISTAKES, (0, 0), ()
            headline, advice = f"more than {MOST} mistakes in this catalogue", None
        if len(self.told) <= MOST:
            span = self.span(place)
            self.told.append(Diagnostic(code, Severity.ERROR, span, headline, advice, related))

    def span(self, place: tuple[int, int]) -> Span:
        """A stretch of the text."""
        return self.document.at(*place) if any(place) else Span.of_file(self.document.path)


class CatalogueReader:
    """Reads entry by entry; after a mistake it goes on at the next one."""

    def __init__(self, document: Document) -> None:
        self.faults = Faults(document)
        self.header: Message | None = None
        self._text = document.text
        self._messages: dict[Key, Message] = {}
        self._begin()

    def read(self) -> dict[Key, Message]:
        """Every entry that could be read."""
        for line in _LINE.finditer(self._text):
            self._line(line[0], line.start())
        self._finish()
        return self._messages

    def _begin(self) -> None:
        self._parts: dict[str, list[str]] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._part = ""
        self._fuzzy = self._lost = False

    def _line(self, line: str, start: int) -> None:
        stripped = line.strip()
        if not stripped:
            return
        if stripped.startswith("#"):
            if "msgstr" in self._parts or self._lost:
                self._finish()
            self._fuzzy |= stripped.startswith("#,") and "fuzzy" in stripped
            return
        word, at = _keyword(line)
        if word in ("msgctxt", "msgid") and (word in self._parts or "msgstr" in self._parts):
            self._finish()
        if self._lost and word not in ("msgctxt", "msgid"):
            return
        self._lost = False
        self._string(line, start, word, at)

    def _string(self, line: str, start: int, word: str | None, at: int) -> None:
        quoted = _QUOTED.fullmatch(line, at)
        place = (start + at, start + len(line.rstrip()))
        if wrong := self._wrong(line, word, at, quoted=quoted is not None):
            self._lose((start + len(line) - len(line.lstrip()), place[1]), *wrong)
            return
        self._part = word or self._part
        said = quoted[1] if quoted else ""
        for escape in _ESCAPE.finditer(said):
            if escape[1] not in _ESCAPED:
                offset = place[0] + 1 + escape.start()
                advice = 'after `\\` stands `n`, `t`, `"` or `\\`'
                self._lose((offset, offset + 2), f"unknown escape `{escape[0]}`", advice)
                return
        if control := _CONTROL.search(said):
            offset = place[0] + 1 + control.start()
            headline = f"control character U+{ord(control[0]):04X} in the text"
            self.faults.tell(codes.CONTROL_CHARACTER, (offset, offset + 1), headline, "delete it")
            self._lost = True
            return
        self._parts.setdefault(self._part, []).append(_ESCAPE.sub(lambda e: _ESCAPED[e[1]], said))
        first = self._places.get(self._part, place)[0]
        self._places[self._part] = (first, place[1])

    def _wrong(
        self, line: str, word: str | None, at: int, *, quoted: bool
    ) -> tuple[str, str | None] | None:
        """What is wrong with a line as a whole, and what helps."""
        if word and ("[" in word or word == "msgid_plural"):
            return "texts of a library have no plural forms", "write one `msgstr`"
        if word not in (None, "msgctxt", "msgid", "msgstr") or (not word and line[at:][:1] != '"'):
            return "this line is no part of a catalogue", _BEGINNINGS
        if word == "msgstr" and "msgid" not in self._parts:
            return "a `msgstr` without its `msgid`", None
        if word == "msgstr" and word in self._parts:
            return "a second `msgstr` for one text", "delete one of the two"
        if not quoted:
            return "the text does not end with its quote", 'write a quote inside a text as `\\"`'
        if not word and not self._part:
            return "a text without a `msgid` before it", None
        return None

    def _lose(self, place: tuple[int, int], headline: str, advice: str | None) -> None:
        self.faults.tell(codes.CATALOGUE_SYNTAX, place, headline, advice)
        self._begin()
        self._lost = True

    def _finish(self) -> None:
        """Take the entry that ends here."""
        parts, places, fuzzy = self._parts, self._places, self._fuzzy
        lost = self._lost
        self._begin()
        if lost or not parts:
            return
        if "msgid" not in parts or "msgstr" not in parts:
            place = places.get("msgid") or places["msgctxt"]
            missing = "msgstr" if "msgid" in parts else "msgid"
            self._lose(place, f"this entry has no `{missing}`", None)
            self._lost = False
            return
        context = "".join(parts["msgctxt"]) if "msgctxt" in parts else None
        text, said = "".join(parts["msgid"]), "".join(parts["msgstr"])
        message = Message(text, said, context, fuzzy, places["msgid"], places["msgstr"])
        if not text and context is None:
            self.header = message
        elif (context, text) in self._messages:
            first = self._messages[context, text].place
            related = Related(self.faults.span(first), "first")
            headline, advice = "this text is translated twice", "delete one of the two"
            code = codes.TRANSLATED_TWICE
            self.faults.tell(code, message.place, headline, advice, (related,))
        else:
            self._messages[context, text] = message


def _keyword(line: str) -> tuple[str | None, int]:
    """The word that a line begins with, if it does, and where its text begins."""
    found = _KEYWORD.match(line)
    return (found[1], found.end()) if found else (None, 0)
