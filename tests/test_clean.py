from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.clean import clean

ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=40)
SUSPECTS = st.text(
    st.sampled_from(
        "aé\u05d0\u0645\u0915\u094d \r\n\t\x00\x1b\x7f\x85\x9b\xad\u200b\u200c\u200d\u200e\u202e\u2028"
        "\u2069\u3164\ufe0e\ufe0f\ufeff\ud800\ue000\ufdd0\U0001f468\U0001f3fb\U000e0061\U0010ffff"
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[Order #123] *bold*", "[Order #123] *bold*"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 nul\x00 del\x7f", "bell␇ nul␀ del␡"),
        ("\x9b31m", "�31m"),
        ("one\r\ntwo\rthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("tab\tstays", "tab\tstays"),
        ("a\u202egpj.exe\u202c", "a�gpj.exe�"),
        ("\u2066isolated\u2069", "�isolated�"),
        ("pay\u200bpal\ufeff\u00ad\u2060", "paypal"),
        ("\u200fright\u200e", "right"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("filler\u3164\u115f", "filler"),
        ("\ue000\ufdd0\uffff\U000f0000\U0001fffe", "�����"),
        ("\ud83d lone", "� lone"),
        ("selector\ufe0f \ufe01", "selector "),
        ("naïve Ünïcode 漢字 עברית", "naïve Ünïcode 漢字 עברית"),
    ],
)
def test_shows_what_was_typed_and_steers_nothing(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: it keeps two parts of a word apart
        "क्\u200dष",  # Hindi: a half form
        "ক্\u200d",  # Bengali: a half form at the end of a word
        "👨\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f 1\ufe0f\u20e3 👍🏽",
    ],
)
def test_keeps_joiners_where_scripts_and_emoji_need_them(typed: str) -> None:
    assert clean(typed) == typed


@pytest.mark.parametrize(
    "typed", ["pay\u200dpal", "\u200cx", "x\u200d\u200dy", "👨\u200d", "a\u200c"]
)
def test_drops_joiners_that_join_nothing(typed: str) -> None:
    assert "\u200d" not in clean(typed)
    assert "\u200c" not in clean(typed)


def test_makes_one_line_where_newlines_are_not_kept() -> None:
    assert clean("one\r\ntwo\tthree\nfour", keep_newlines=False) == "one two three four"
    assert clean("zwei\u2028drei ä", keep_newlines=False) == "zwei drei ä"


def test_a_file_name_that_is_no_utf8_can_be_written() -> None:
    assert clean(os.fsdecode(b"sop-\xff.yaml")).encode() == "sop-�.yaml".encode()


@given(ANYTHING | SUSPECTS, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, keep_newlines: bool) -> None:
    once = clean(text, keep_newlines)
    assert clean(once, keep_newlines) == once


@given(ANYTHING | SUSPECTS)
def test_what_is_clean_can_be_written_and_controls_nothing(text: str) -> None:
    for character in clean(text):
        assert unicodedata.category(character) not in {"Cs", "Co", "Zl", "Zp"}
        assert character in "\n\t" or unicodedata.category(character) != "Cc"
        assert not 0x202A <= ord(character) <= 0x202E
        assert not 0x2066 <= ord(character) <= 0x2069
    clean(text).encode()
    assert "\n" not in clean(text, keep_newlines=False)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_passes_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert clean(text, keep_newlines=False) == text
