from __future__ import annotations

import pytest

from sopguide.source.reader import libyaml_events, pure_events, read_document

QUOTE = "put the whole text in quotes"


@pytest.mark.parametrize("source", [libyaml_events, pure_events])
@pytest.mark.parametrize(
    ("text", "place", "headline"),
    [
        ("a: b\n\tc: d\n", "2:1", "a tab where only spaces may indent"),
        ("a:\n  \tb: c\n d: e\n", "2:3", "a tab where only spaces may indent"),
        ("ask: Say this: hello\n", "1:14", "`: ` in the middle of a text"),
        ("a: b\n  c: d\n", "2:4", "no key may stand here: the text above goes on into this line"),
        ("a\nb: c\n", "2:2", "no key may stand here: the text above goes on into this line"),
        ("a: 'x\nb: y\n", "1:4", "this quote is never closed"),
        ('a: "x\nb: y\n', "1:4", "this quote is never closed"),
        ('a: "C:\\qx"\n', "1:7", "a backslash in double quotes begins an escape that does not exist"),
        ('a: "\\xZZ"\n', "1:5", "a backslash in double quotes begins an escape that does not exist"),
        ("a: [1, 2\nb: c\n", "2:2", "a comma or closing bracket is missing"),
        ("a: {x: 1\n", "2:1", "a comma or closing bracket is missing"),
        ("a: [", "1:5", "a comma or closing bracket is missing"),
        ("a:\n  b: c\n d: e\n", "3:2", "this does not continue what is above it"),
        ('a: "x" y\n', "1:8", 'nothing may follow a closing `"`'),
        ("a: 'it's'\n", "1:8", "nothing may follow a closing `'`"),
        ("a: {{ amount }} EUR\n", "1:17", "nothing may follow a closing `}`"),
        ("age: >= 3\n", "1:6", "a text may not begin with `>` or `|` on the line of its key"),
        ("age: > 13\n", "1:6", "a text may not begin with `>` or `|` on the line of its key"),
        ("{age: > 13}\n", "1:7", "a text may not begin with `>`"),
        ("- a\nb: c\n", "2:1", "this does not continue what is above it"),
        ("a: b\n...\nc\n", "3:1", "this does not continue what is above it"),
        ("[a:]\n", "1:3", "a `:` without a space after it"),
        ("a: - b\n", "1:4", "a list item may not stand here"),
        ("a: @x\n", "1:4", "a text may not begin with `@`"),
        ("a: `x`\n", "1:4", "a text may not begin with ```"),
        ("a: %x\n", "1:4", "a text may not begin with `%`"),
        ("a: **bold**\n", "1:5", "a text may not begin with `*` or `&`"),
        ("a: & b\n", "1:5", "a text may not begin with `*` or `&`"),
        ("a: !<x\n", "1:7", "a text may not begin with `!` or `%`"),
        ("a: |x\n  y\n", "1:4", "a text may not begin with `>` or `|` on the line of its key"),
        ("a: 1\nb\nc: 2\n", "2:1", "a key without its `:`"),
        ("a: 1\nb\n", "2:1", "a key without its `:`"),
    ],
)  # fmt: skip
def test_says_in_plain_words_what_is_wrong_and_where(
    text: str, place: str, headline: str, source: object
) -> None:
    [found] = read_document("a.yaml", text.encode(), source).diagnostics  # type: ignore[arg-type]
    assert str(found) == f"a.yaml:{place}: error[SOP105] {headline}"
    assert found.help


def test_a_bracket_that_is_missing_shows_the_one_that_is_open() -> None:
    [found] = read_document("a.yaml", b"a: [1, 2\nb: c\n").diagnostics
    assert [(str(other.span), other.word) for other in found.related] == [
        ("a.yaml:1:4", "the bracket that is open")
    ]


def test_an_escape_beyond_unicode_is_told_by_both_parsers() -> None:
    for source in (libyaml_events, pure_events):
        [found] = read_document("a.yaml", b'a: "\\UFFFFFFFF"', source).diagnostics
        assert found.code == "SOP105"


def test_only_the_first_mistake_in_the_syntax_is_told() -> None:
    assert len(read_document("a.yaml", b"a: @\nb: @\n").diagnostics) == 1


def test_a_file_with_a_mistake_in_its_syntax_keeps_its_lines() -> None:
    document = read_document("a.yaml", b"a: 1\nb: [\n").document
    assert document.data is None
    assert document.line(2) == "b: ["
