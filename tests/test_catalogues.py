"""The desk's own words in every language: none is missing, guessed, or said otherwise by the code."""

from __future__ import annotations

import ast
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

import sopguide
from sopguide.cli.i18n_ui import DOMAIN, catalogues_of_ui, texts_of_ui
from sopguide.messages import _, spoken, use
from sopguide.source.catalogues import CatalogueReader
from sopguide.source.document import Document

PACKAGE = Path(sopguide.__file__).parent
TEXTS = texts_of_ui()
HOW = (
    "run `sopguide i18n update --ui`, translate what is missing, then `sopguide i18n compile --ui`"
)
by_language = pytest.mark.parametrize("language", ["de", "es"])


def wanted() -> set[str]:
    return {str(message.id) for message in TEXTS.domains[DOMAIN] if message.id}


def test_the_desk_speaks_english_spanish_and_german() -> None:
    assert spoken() == ["de", "en", "es"]


@by_language
def test_every_text_in_the_code_has_its_translation(language: str) -> None:
    messages = dict(catalogues_of_ui(TEXTS))[language]
    there = {text for (context, text), one in messages.items() if one.said and not one.fuzzy}

    assert wanted() - there == set(), HOW
    assert there - wanted() == set(), HOW


@by_language
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    wrong = [
        text
        for (_context, text), one in dict(catalogues_of_ui(TEXTS))[language].items()
        if places(text) != places(one.said)
    ]
    assert wrong == []


def places(text: str) -> set[str]:
    """What is filled in, and the spaces that a text is joined by."""
    from string import Formatter

    named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return named | {edge for edge in (text[:1], text[-1:]) if edge.isspace()}


@by_language
def test_catalogues_are_well_written(language: str) -> None:
    file = TEXTS.file(language, DOMAIN)
    reader = CatalogueReader(Document(str(file), file.read_text("utf-8")))
    reader.read()

    assert reader.faults.told == []


def test_what_the_program_reads_is_what_was_translated() -> None:
    stale = [str(file) for file, data in TEXTS.compiled() if said(file.read_bytes()) != said(data)]
    assert stale == [], HOW


def said(compiled: bytes) -> dict[str, str]:
    """What a compiled catalogue says, without its head."""
    found: dict[str, str] = vars(GNUTranslations(BytesIO(compiled)))["_catalog"]
    return {text: translation for text, translation in found.items() if text}


@by_language
def test_a_text_is_said_in_the_language_in_use(language: str) -> None:
    assert use(f"{language}_XX") == language
    assert _("Done") == {"de": "Erledigt", "es": "Hecho"}[language]
    assert use("xx") == "en"
    assert _("Done") == "Done"


def marked(file: Path) -> list[ast.Call]:
    """Where a file marks texts for translators."""
    calls = [
        node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    return [
        call
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in ("_", "N_", "word", "Phrase")
    ]


def test_what_is_marked_is_a_text_and_no_formatted_one() -> None:
    """A text that is put together before it is looked up is in no catalogue."""
    wrong = [
        f"{file.relative_to(PACKAGE)}:{call.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for call in marked(file)
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert wrong == []


def test_no_text_is_marked_inside_a_formatted_one() -> None:
    """There the tools that look for texts find it or not, depending on Python's version."""
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "N_", "word", "Phrase")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    assert wrong == []
