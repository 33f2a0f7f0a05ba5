"""Catalogues of translations: every mistake at its place, and the rest still read."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.source.catalogues import MOST
from sopguide.source.files import LibraryFile
from sopguide.source.placeholders import differences
from sopguide.source.translations import Catalogue, read_catalogues

if TYPE_CHECKING:
    from sopguide.diagnostics import Diagnostic

HEAD = 'msgid ""\nmsgstr "Language: es\\n"\n\n'


def read(
    text: str | bytes, language: str = "es", area: str = "account"
) -> tuple[Catalogue, list[Diagnostic]]:
    data = text if isinstance(text, bytes) else text.encode()
    path = f"locale/{language}/LC_MESSAGES/{area}.po"
    file = LibraryFile(path, "locale", f"{language}/{area}", data, sha256(data).hexdigest())
    found, told = read_catalogues([file], "en", ["account/hacked"])
    return found[language][area], told


def said(text: str | bytes, language: str = "es", area: str = "account") -> list[str]:
    return [str(one).partition(".po:")[2] for one in read(text, language, area)[1]]


def test_a_text_is_read_with_its_lines_and_escapes() -> None:
    catalogue, told = read(
        HEAD + 'msgid ""\n"One \\"two\\"\\n"\n"three"\nmsgstr ""\n"Uno «dos»\\n"\n"t\\\\res"\n'
    )

    assert not told
    assert catalogue.say('One "two"\nthree') == "Uno «dos»\nt\\res"


def test_what_is_fuzzy_empty_or_obsolete_says_nothing() -> None:
    catalogue, told = read(
        '#, fuzzy\nmsgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr ""\n\n#~ msgid "c"\n#~ msgstr "C"\n'
    )

    assert not told
    assert [catalogue.say(text) for text in "abc"] == [None, None, None]
    assert catalogue.messages[None, "a"].fuzzy


def test_a_text_told_apart_by_its_place_is_another_one() -> None:
    catalogue, told = read(
        'msgid "No"\nmsgstr "No"\n\nmsgctxt "account/hacked:a"\nmsgid "No"\nmsgstr "Ninguno"\n'
    )

    assert not told
    assert catalogue.say("No", "account/hacked:a") == "Ninguno"
    assert catalogue.say("No") == "No"


def test_line_ends_of_windows_and_a_byte_order_mark_are_read() -> None:
    catalogue, told = read(b'\xef\xbb\xbfmsgid "a"\r\nmsgstr "A"\r\n')

    assert not told
    assert catalogue.say("a") == "A"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "a\nmsgstr "A"\n', "1:1: error[SOP131] the text does not end with its quote"),
        ('msgid "a"\nmsgstr "A" b\n', "2:1: error[SOP131] the text does not end with its quote"),
        ("msgid\nmsgstr\n", "1:1: error[SOP131] the text does not end with its quote"),
        (
            'hello\nmsgid "a"\nmsgstr "A"\n',
            "1:1: error[SOP131] this line is no part of a catalogue",
        ),
        ('msgidd "a"\n', "1:1: error[SOP131] this line is no part of a catalogue"),
        ('"a"\n', "1:1: error[SOP131] a text without a `msgid` before it"),
        ('msgstr "A"\n', "1:1: error[SOP131] a `msgstr` without its `msgid`"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "B"\n', "1:7: error[SOP131] this entry has no `msgstr`"),
        ('msgctxt "x"\n', "1:9: error[SOP131] this entry has no `msgid`"),
        (
            'msgid "a"\nmsgstr "A"\nmsgstr "B"\n',
            "3:1: error[SOP131] a second `msgstr` for one text",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "A"\nmsgstr[1] "B"\n',
            "2:1: error[SOP131] texts of a library have no plural forms",
        ),
        ('msgid "a"\nmsgstr "\\q"\n', "2:9: error[SOP131] unknown escape `\\q`"),
        (
            'msgid "a"\nmsgstr "\x1b[1m"\n',
            "2:9: error[SOP104] control character U+001B in the text",
        ),
        (b'msgid "a"\nmsgstr "\xe9"\n', "2:9: error[SOP103] byte 0xE9 is not UTF-8"),
        (
            'msgid "a"\nmsgstr "A"\n\nmsgid "a"\nmsgstr "B"\n',
            "4:7: error[SOP133] this text is translated twice",
        ),
    ],
)
def test_a_mistake_is_told_once_at_its_place(text: str | bytes, told: str) -> None:
    assert said(text) == [told]


def test_after_a_mistake_the_next_entry_is_read() -> None:
    catalogue, told = read('msgctxt "x\nmsgid "a"\nmsgstr "A"\n\n#: here\nmsgid "b"\nmsgstr "B"\n')

    assert [found.code for found in told] == ["SOP131"]
    assert catalogue.say("b") == "B"


def test_a_flood_of_mistakes_is_cut_off() -> None:
    told = said("nothing\n# \n" * 1000)

    assert len(told) == MOST + 1


def test_a_folder_that_is_no_language_is_told() -> None:
    _, [found] = read(HEAD.replace("es", "english"), "english")

    assert (found.code, found.headline) == ("SOP132", "`english` is no language")


def test_the_language_the_library_is_written_in_needs_no_catalogue() -> None:
    _, [found] = read("", "en")

    assert found.headline == "`en` is the language that the library is written in"


@pytest.mark.parametrize("written", ["pt_BR", "pt-BR", "pt_br"])
def test_a_catalogue_may_write_its_language_as_its_tool_does(written: str) -> None:
    assert not said(f'msgid ""\nmsgstr "Language: {written}\\n"\n', "pt_BR")


def test_a_catalogue_of_no_area_is_told() -> None:
    _, [found] = read("", area="acount")

    assert found.code == "SOP115"
    assert found.headline == "no procedures lie in `sops/acount/`, so nothing here is used"


def test_a_translation_with_other_placeholders_is_not_used() -> None:
    catalogue, told = read('msgid "{{ a }} of {{ b }}"\nmsgstr "{{ b }} de {{ c }}"\n')

    assert [found.headline for found in told] == [
        "the placeholder `a` is missing",
        "the text has no placeholder `c`",
    ]
    assert [str(found.span).partition(":")[2] for found in told] == ["2:8", "2:20"]
    assert catalogue.say("{{ a }} of {{ b }}") is None


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("{{ a }} of {{ b }}", "{{b}} de {{ a }}"),
        ("{{ a }} and {{ a }}", "{{- a -}} dos veces"),
        ("{% if a %}x{% endif %}", "{% if a %}equis{% endif %}"),
        ("no placeholder", "ninguno"),
    ],
)
def test_placeholders_may_move_and_be_repeated_or_not(text: str, translation: str) -> None:
    assert not [*differences(text, translation)]


@pytest.mark.parametrize(
    ("text", "translation", "told"),
    [
        ("{{ a }}", "{{ a }", "a placeholder does not end"),
        ("{{ a | upcase }}", "{{ a }}", "the placeholder `a | upcase` is missing"),
        (
            "{% if a %}x{% endif %}",
            "{% endif %}x{% if a %}",
            "the tags (`{% ... %}`) are not those of the text, in the same order",
        ),
    ],
)
def test_what_a_translation_does_to_placeholders_is_told(
    text: str, translation: str, told: str
) -> None:
    assert next(headline for headline, _ in differences(text, translation)) == told


@given(st.text() | st.text(alphabet='msgidtrcx"\\# \n{}%~,'))
def test_whatever_the_text_it_is_read_and_every_mistake_has_a_place(text: str) -> None:
    _, told = read(text.encode("utf-8", "replace"))

    assert all(found.span is not None for found in told)


@given(st.binary())
def test_whatever_the_bytes_they_are_read(data: bytes) -> None:
    _, told = read(data)

    assert all(found.span is not None for found in told)
