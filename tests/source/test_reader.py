from __future__ import annotations

import pytest

from sopguide.source import events
from sopguide.source.reader import Source, libyaml_events, pure_events, read_document

BOTH = pytest.mark.parametrize("source", [libyaml_events, pure_events])


def data_of(text: str) -> object:
    reading = read_document("a.yaml", text.encode())
    assert not reading.diagnostics
    return reading.document.data


def said_of(text: str | bytes) -> list[str]:
    """What is said about a text; both parsers say it."""
    raw = text if isinstance(text, bytes) else text.encode()
    said = [
        [str(found) for found in read_document("a.yaml", raw, source).diagnostics]
        for source in (libyaml_events, pure_events)
    ]
    assert said[0] == said[1]
    return said[0]


def test_every_scalar_is_the_text_that_was_typed() -> None:
    text = "no: NO\non: [010, 12:30, 1.10, ~, null, 2026-05-19, .5, 0x1F, 1_000]\nempty:\n"
    assert data_of(text) == {
        "no": "NO",
        "on": ["010", "12:30", "1.10", "~", "null", "2026-05-19", ".5", "0x1F", "1_000"],
        "empty": "",
    }


def test_quotes_blocks_and_folds_are_read_as_yaml_reads_them() -> None:
    text = (
        "a: 'it''s'\nb: \"x\\ty \\u00e9\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\ne: one\n  two\n"
    )
    assert data_of(text) == {
        "a": "it's",
        "b": "x\ty é",
        "c": "one\ntwo\n",
        "d": "one two",
        "e": "one two",
    }


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert data_of("\ufeffa: b\n") == {"a": "b"}


@pytest.mark.parametrize("document", ["---\na: b\n", "%YAML 1.1\n---\na: b\n...\n"])
def test_the_marks_of_one_document_are_allowed(document: str) -> None:
    assert data_of(document) == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: 2\n", "a.yaml:1:4: error[SOP108] anchors and aliases are not part of the language: `&x`"),
        ("a: *x\n", "a.yaml:1:4: error[SOP108] anchors and aliases are not part of the language: `*x`"),
        ("*x : 1\n", "a.yaml:1:1: error[SOP108] anchors and aliases are not part of the language: `*x`"),
        ("[*x]\n", "a.yaml:1:2: error[SOP108] anchors and aliases are not part of the language: `*x`"),
        ("a: !!str yes\n", "a.yaml:1:4: error[SOP109] tags are not part of the language: `!!str`"),
        ("a: !x {b: c}\n", "a.yaml:1:4: error[SOP109] tags are not part of the language: `!x`"),
        ("%TAG ! x\n---\na: b\n", "a.yaml:1:1: error[SOP109] tags are not part of the language: `%TAG`"),
        ("a: 1\n---\nb: [\n", "a.yaml:2:1: error[SOP110] a second document begins in this file"),
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: error[SOP111] key `a` is given twice"),
        ("? [a, {b: c}]\n: 1\nd: e\n", "a.yaml:1:3: error[SOP112] a list or mapping stands where a key should be"),
        ("{a: b}: c\n", "a.yaml:1:1: error[SOP112] a list or mapping stands where a key should be"),
        ("a:\n  <<: {b: c}\n", "a.yaml:2:3: error[SOP113] merge keys are not part of the language"),
        ("", "a.yaml: error[SOP114] the file is empty"),
        ("# nothing yet\n\n", "a.yaml: error[SOP114] the file is empty"),
    ],
)  # fmt: skip
def test_what_the_language_does_not_have_is_an_error_at_its_place(text: str, said: str) -> None:
    assert said_of(text) == [said]


def test_reading_goes_on_after_what_the_language_does_not_have() -> None:
    text = "a: &x {b: 1, b: {c: 2}, d: *x}\n? {e: f}\n: [g]\nh: !t [i]\n<<: j\nk: l\n"
    reading = read_document("a.yaml", text.encode())
    assert [found.code for found in reading.diagnostics] == [
        "SOP108", "SOP111", "SOP108", "SOP112", "SOP109", "SOP113",
    ]  # fmt: skip
    assert reading.document.data == {"a": {"b": "1", "d": ""}, "h": ["i"], "k": "l"}
    assert reading.doubtful == {("a", "d"), (), ("h",)}
    span = reading.document.span(("k",))
    assert (span.line, span.column) == (6, 4)


def test_a_key_given_twice_points_at_the_first() -> None:
    text = "a: {x: 1}\nb:\n  c: 1\n  d: {e: 1}\n  c: {f: [1]}\n  g: 2\n"
    reading = read_document("a.yaml", text.encode())
    [found] = reading.diagnostics
    assert str(found.span) == "a.yaml:5:3"
    assert [(str(other.span), other.word) for other in found.related] == [("a.yaml:3:3", "first")]
    assert reading.document.data == {"a": {"x": "1"}, "b": {"c": "1", "d": {"e": "1"}, "g": "2"}}
    assert str(reading.document.span(("b", "g"))) == "a.yaml:6:6"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a: b\nc: \xff\xfe\n", "a.yaml:2:4: error[SOP103] byte 0xFF is not UTF-8"),
        ("ä: ".encode() + b"\xe4", "a.yaml:1:4: error[SOP103] byte 0xE4 is not UTF-8"),
        (b"a: \xed\xa0\x80", "a.yaml:1:4: error[SOP103] byte 0xED is not UTF-8"),
        ("a: b".encode("utf-16"), "a.yaml: error[SOP103] the file is written in UTF-16, not in UTF-8"),
        ("a: b".encode("utf-16-le"), "a.yaml: error[SOP103] the file is written in UTF-16, not in UTF-8"),
        ("a: ä".encode("utf-16-be"), "a.yaml: error[SOP103] the file is written in UTF-16, not in UTF-8"),
        (b"a: b\nc: d\x00\n", "a.yaml:2:5: error[SOP104] control character U+0000 in the text"),
        (b"a: b\x1b[0m\n", "a.yaml:1:5: error[SOP104] control character U+001B in the text"),
        (b"a: b\x7f\n", "a.yaml:1:5: error[SOP104] control character U+007F in the text"),
        ("a: b\x9b\n".encode(), "a.yaml:1:5: error[SOP104] control character U+009B in the text"),
        ("a: b\ufeff\n".encode(), "a.yaml:1:5: error[SOP104] control character U+FEFF in the text"),
        ("a: b\uffff\n".encode(), "a.yaml:1:5: error[SOP104] control character U+FFFF in the text"),
        (b'a: "b\\0"\n', "a.yaml:1:4: error[SOP104] control character U+0000 in the text"),
        (b'a: 1\n"\\e": "b"\n', "a.yaml:2:1: error[SOP104] control character U+001B in the text"),
        (b'a: "\\x9b" # &\n', "a.yaml:1:4: error[SOP104] control character U+009B in the text"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text_are_errors_at_their_place(raw: bytes, said: str) -> None:
    assert said_of(raw) == [said]


def test_harmless_escapes_are_read() -> None:
    assert data_of('a: "\\x41\\u00e9 \\\\ \\N"\n') == {"a": "Aé \\ \x85"}


@BOTH
@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[{a: ", "{a: ["])
def test_two_hundred_kilobytes_of_brackets_are_too_deep(opening: str, source: Source) -> None:
    reading = read_document("a.yaml", (opening * (200_000 // len(opening))).encode(), source)
    assert [found.code for found in reading.diagnostics] == ["SOP106"]
    assert not reading.readable


def test_sixty_four_levels_are_read_and_sixty_five_are_not() -> None:
    assert data_of("[" * 64 + "]" * 64)
    assert said_of("[" * 65 + "]" * 65) == ["a.yaml:1:65: error[SOP106] nested more than 64 deep"]


@pytest.mark.parametrize(
    "text", ["[" + "a," * 12 + "]", "{a: b, c: d, e: [f, g, h], i: j}", "[[], [], [], [], [], [],[],[],[],[]]"]
)  # fmt: skip
def test_nodes_are_counted_before_they_are_kept(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read_document("a.yaml", text.encode())
    nodes = len(reading.document.offsets) // 2
    monkeypatch.setattr(events, "MAX_NODES", nodes)
    assert not read_document("a.yaml", text.encode()).diagnostics
    monkeypatch.setattr(events, "MAX_NODES", nodes - 1)
    [found] = read_document("a.yaml", text.encode()).diagnostics
    assert found.code == "SOP107"


def test_a_file_full_of_mistakes_is_not_read_to_its_end() -> None:
    reading = read_document("a.yaml", b"a: 1\n" * 5_000)
    assert len(reading.diagnostics) == events.MAX_TROUBLES + 1
    assert str(reading.diagnostics[-1]) == (
        "a.yaml:1002:1: error[SOP118] more than 1,000 mistakes: the rest of the file is not read"
    )
    assert not reading.readable


def test_directives_by_the_thousand_take_no_time() -> None:
    text = "".join(f"%TAG !a{number}! x\n" for number in range(200_000))
    assert said_of(f"{text}---\na: b\n") == [
        "a.yaml:1:1: error[SOP109] tags are not part of the language: `%TAG`"
    ]


def test_lines_may_end_as_on_any_system() -> None:
    for end in ("\n", "\r\n", "\r"):
        reading = read_document("a.yaml", f"a: 1{end}b:{end}  c: [x,{end} y]{end}".encode())
        assert reading.document.data == {"a": "1", "b": {"c": ["x", "y"]}}
        assert str(reading.document.span(("b", "c", 1))) == "a.yaml:4:2"
