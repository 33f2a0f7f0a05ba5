"""The translations of a library: which catalogues it has, and what is wrong with them.

A mistake costs one translation and keeps no SOP from being walked: its text is then shown as it is
written. How a catalogue reads is `catalogues.py`, which texts there are to translate `texts.py`;
writing catalogues is `sopguide i18n`'s affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sopguide.source import codes
from sopguide.source.catalogues import CatalogueReader, Faults
from sopguide.source.document import Document
from sopguide.source.placeholders import differences
from sopguide.source.texts import SHARED, area_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sopguide.diagnostics import Diagnostic
    from sopguide.source.catalogues import Key, Message
    from sopguide.source.files import LibraryFile

_LANGUAGE = re.compile(r"^Language:[ \t]*(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one area into one language."""

    path: str
    messages: Mapping[Key, Message] = field(repr=False)

    def say(self, text: str, context: str | None = None) -> str | None:
        """A text in the other language; None where it is missing or only guessed."""
        found = self.messages.get((context, text))
        return found.said if found and found.said and not found.fuzzy else None


def read_catalogues(
    files: Iterable[LibraryFile], source: str, sops: Iterable[str]
) -> tuple[dict[str, dict[str, Catalogue]], list[Diagnostic]]:
    """All catalogues by language and area, of a library written in the language `source`."""
    found: dict[str, dict[str, Catalogue]] = {}
    told: list[Diagnostic] = []
    areas = {SHARED, *map(area_of, sops)}
    for file in files:
        language, _, area = file.id.partition("/")
        messages, faults = _read(file, language, source)
        if area not in areas:
            headline = f"no procedures lie in `sops/{area}/`, so nothing here is used"
            advice = "name the catalogue after the folder, or delete it"
            faults.tell(codes.MISPLACED_FILE, (0, 0), headline, advice)
        told += faults.told
        found.setdefault(language, {})[area] = Catalogue(file.path, messages)
    return found, told


def _read(file: LibraryFile, language: str, source: str) -> tuple[dict[Key, Message], Faults]:
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults = Faults(Document(file.path, file.data[: error.start].decode()))
        end = len(faults.document.text)
        headline = f"byte 0x{file.data[error.start]:02X} is not UTF-8"
        faults.tell(codes.NOT_UTF8, (end, end + 1), headline, "save the file as UTF-8")
        return {}, faults
    reader = CatalogueReader(Document(file.path, text))
    messages, faults = reader.read(), reader.faults
    _judge_language(language, source, reader.header, faults)
    kept = {key: one for key, one in messages.items() if _fills_in_the_same(one, faults)}
    return kept, faults


def _judge_language(language: str, source: str, header: Message | None, faults: Faults) -> None:
    from babel.localedata import exists

    whole, code = (0, 0), codes.WRONG_LANGUAGE
    if not exists(language):
        headline = f"`{language}` is no language"
        faults.tell(code, whole, headline, "name the folder by its code: `es`, `pt_BR`")
    elif language == source:
        headline = f"`{language}` is the language that the library is written in"
        faults.tell(code, whole, headline, "delete the folder, or mend `locales` in library.yaml")
    said = _LANGUAGE.search(header.said) if header else None
    if header and said and said[1].replace("-", "_").lower() != language.lower():
        headline = f"this catalogue says that it is in `{said[1]}`"
        faults.tell(
            code,
            header.said_place,
            headline,
            f"it lies in the folder of `{language}`: move it, or mend `Language:`",
        )


def _fills_in_the_same(message: Message, faults: Faults) -> bool:
    """Whether a translation has its text's placeholders; what is wrong with them is told."""
    if not message.said or message.fuzzy or "{" not in message.text + message.said:
        return True
    wrong = [*differences(message.text, message.said)]
    for headline, word in wrong:
        start, end = message.said_place
        at = faults.document.text.find(word, start, end) if word else -1
        place = message.said_place if at < 0 else (at, at + len(word))
        advice = "keep every placeholder as it is in the text above"
        faults.tell(codes.TRANSLATED_PLACEHOLDER, place, headline, advice)
    return not wrong
