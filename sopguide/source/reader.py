"""Bytes of a YAML file become a `Document`, and every mistake in their writing a `Diagnostic`.

Never an exception, whatever the bytes: input over the limits is refused before anything is built
from it, and what the language does not have (anchors, tags, keys given twice) is reported at its
place while the rest is still read. libyaml does the scanning; where it is missing, the pure parser
gives equal nodes, more slowly.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import Event

from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from sopguide.source import codes, syntax
from sopguide.source.document import Document, Path
from sopguide.source.events import MAX_DEPTH, MAX_NODES, MAX_TROUBLES, Built, Trouble, build
from sopguide.source.prune import prune
from sopguide.source.pure import PureParser

try:
    from yaml._yaml import CParser
except ImportError:  # pragma: no cover - wheels bring libyaml; some systems build without it
    CParser = None  # type: ignore[assignment, misc]

Source = Callable[[str], Callable[[], Event | None]]
"""Gives the function that yields one event of a text after the other, then None."""

_DECORATION = "&*!%"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MARK = re.compile(r"[^\s,\[\]{}]+")
_ESCAPE = re.compile(r"\\[0abefvrxuU]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def pure_events(text: str) -> Callable[[], Event | None]:
    """The events of yaml's pure parser."""
    next_event: Callable[[], Event | None] = PureParser(text).get_event
    return next_event


def libyaml_events(text: str) -> Callable[[], Event | None]:
    """The events of libyaml."""
    next_event: Callable[[], Event | None] = CParser(text).get_event
    return next_event


fastest_events: Source = pure_events if CParser is None else libyaml_events


@dataclass(frozen=True)
class Reading:
    """What reading one file gave.

    `doubtful` are the paths of nodes that are not what they seem (an alias, something tagged):
    their mistake is reported, so nobody need report what follows from it. `repeated` are the paths
    of keys given twice: what stood there the second time is lost.
    """

    document: Document
    diagnostics: list[Diagnostic] = field(default_factory=list)
    doubtful: frozenset[Path] = frozenset()
    repeated: frozenset[Path] = frozenset()

    @property
    def readable(self) -> bool:
        """Whether there is data, be it with mistakes."""
        return self.document.data is not None


def read_document(path: str, raw: bytes, events: Source = fastest_events) -> Reading:
    """Read one file of at most 16 MiB."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _undecodable(path, raw, error)
    text = text.removeprefix("\ufeff")
    if text.count("%TAG") > MAX_TROUBLES:  # libyaml compares every such line with every other
        return _flooded(Document(path, text))
    try:
        built = build(events(text), decorated=any(character in text for character in _DECORATION))
    except (YAMLError, ValueError, OverflowError) as error:
        return _unparsable(Document(path, text), error)
    if built.troubles or built.empty or built.refused:
        return _troubled(path, text, built)
    document = Document(path, text, built.data, array("I", built.offsets))
    if "\\" in text and _ESCAPE.search(text):
        return _escaped(Reading(document))
    if "\ufeff" in text:
        return _unparsable(document, ValueError("byte order mark"))
    return Reading(document)


def _undecodable(path: str, raw: bytes, error: UnicodeDecodeError) -> Reading:
    if raw.startswith(_WIDE) or (len(raw) > 1 and 0 in raw[:2]):
        headline = "the file is written in UTF-16, not in UTF-8"
        place = Span.of_file(path)
    else:
        before = Document(path, raw[: error.start].decode())
        line, column = before.position(len(before.text))
        place = Span(path, line, column, line, column + 1)
        headline = f"byte 0x{raw[error.start]:02X} is not UTF-8"
    found = _error(codes.NOT_UTF8, place, headline, help="save the file as UTF-8")
    return Reading(Document(path, raw.decode("utf-8", "replace")), [found])


def _flooded(document: Document) -> Reading:
    start = document.text.index("%TAG")
    headline, advice = _WORDS[codes.TAG]
    place = document.at(start, start + len("%TAG"))
    return Reading(document, [_error(codes.TAG, place, headline.format("%TAG"), advice)])


def _unparsable(document: Document, error: Exception) -> Reading:
    """The first mistake in the syntax; a character that may not be there comes before it."""
    text = document.text
    control = _UNPRINTABLE.search(text)
    if control:
        found = _control(document.at(control.start(), control.end()), control.group())
    else:
        mistake = syntax.explain(text, error if isinstance(error, MarkedYAMLError) else None)
        place = document.at(mistake.start, mistake.end)
        related = tuple(
            Related(document.at(start, start + 1), word) for start, word in mistake.related
        )
        found = _error(codes.SYNTAX, place, mistake.headline, mistake.help, related)
    return Reading(Document(document.path, text), [found])


def _control(place: Span, character: str) -> Diagnostic:
    if character == "\0" and place.line == 1 and place.column <= 2:  # noqa: PLR2004 - the first two bytes
        return _error(
            codes.NOT_UTF8,
            Span.of_file(place.file),
            "the file is written in UTF-16, not in UTF-8",
            help="save the file as UTF-8",
        )
    return _error(
        codes.CONTROL_CHARACTER,
        place,
        f"control character U+{ord(character):04X} in the text",
        help="delete it; copied text often brings such characters along",
    )


def _escaped(reading: Reading) -> Reading:
    """Control characters that were written as escapes; with one in a key, the data are no use."""
    document = reading.document
    diagnostics = [*reading.diagnostics]
    for path, text, is_key in document.texts():
        control = _CONTROL.search(text)
        if control and is_key:
            reading = Reading(Document(document.path, document.text))
        if control and len(diagnostics) < MAX_TROUBLES:
            diagnostics.append(_control(document.span(path, key=is_key), control.group()))
    return replace(reading, diagnostics=diagnostics)


def _troubled(path: str, text: str, built: Built) -> Reading:
    if built.empty:
        found = _error(
            codes.EMPTY_FILE, Span.of_file(path), "the file is empty", help="fill it or delete it"
        )
        return Reading(Document(path, text), [found])
    document = Document(path, text)
    diagnostics = [_report(document, trouble) for trouble in built.troubles]
    if built.refused:
        return Reading(document, diagnostics)
    paths = prune(built)
    document = Document(path, text, built.data, built.offsets)
    diagnostics = [
        _with_first(document, found, trouble, paths)
        for found, trouble in zip(diagnostics, built.troubles, strict=True)
    ]
    doubtful = frozenset(
        paths[trouble.node] for trouble in built.troubles if trouble.node is not None
    )
    repeated = frozenset(
        (*paths[trouble.inside], trouble.word)
        for trouble in built.troubles
        if trouble.inside is not None
    )
    return _escaped(Reading(document, diagnostics, doubtful, repeated))


def _with_first(
    document: Document, found: Diagnostic, trouble: Trouble, paths: list[Path]
) -> Diagnostic:
    """A key given twice, with the place where it was first."""
    if trouble.code != codes.DUPLICATE_KEY or trouble.inside is None:
        return found
    first = document.span((*paths[trouble.inside], trouble.word), key=True)
    return _error(found.code, found.span, found.headline, found.help, (Related(first, "first"),))


_WORDS: dict[str, tuple[str, str | None]] = {
    codes.TOO_DEEP: (f"nested more than {MAX_DEPTH} deep", None),
    codes.TOO_MANY_NODES: (
        f"more than {MAX_NODES:,} keys and values in one file",
        "split the file",
    ),
    codes.TOO_MANY_MISTAKES: (
        f"more than {MAX_TROUBLES:,} mistakes: the rest of the file is not read",
        "the commonest cause is the first one, made again and again",
    ),
    codes.SEVERAL_DOCUMENTS: (
        "a second document begins in this file",
        "delete the line `---`, or move what follows to a file of its own",
    ),
    codes.MERGE_KEY: ("merge keys are not part of the language", "write the keys out"),
    codes.KEY_NOT_TEXT: (
        "a list or mapping stands where a key should be",
        "a key is one text; put text that begins with `[` or `{` in quotes",
    ),
    codes.ANCHOR: (
        "anchors and aliases are not part of the language: `{}`",
        "put text that begins with `&` or `*` in quotes; otherwise write the value out",
    ),
    codes.TAG: (
        "tags are not part of the language: `{}`",
        "put text that begins with `!` in quotes; otherwise delete the tag",
    ),
    codes.DUPLICATE_KEY: ("key `{}` is given twice", "delete or rename one of the two"),
}


def _report(document: Document, trouble: Trouble) -> Diagnostic:
    headline, advice = _WORDS[trouble.code]
    word, end = trouble.word, trouble.end
    mark = _MARK.match(document.text, trouble.start)
    if mark and trouble.code in {codes.ANCHOR, codes.TAG}:
        word, end = mark.group(), mark.end()
    return _error(trouble.code, document.at(trouble.start, end), headline.format(word), advice)


def _error(
    code: str,
    span: Span | None,
    headline: str,
    help: str | None = None,  # noqa: A002 - the name diagnostics use
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, span, headline, help, related)
