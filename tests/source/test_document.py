from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.source.document import Document
from sopguide.source.reader import read_document

TEXT = """\
# a comment
start: proof
steps:
  proof:
    go:
      - if: {age: "13..17"}
        to: minor
      - else: "refuse"
    help: >-
      two
      lines
    why: it''s
    flow: [a, {b: c}]   # another
  last: 'x''y'
"""


def read(text: str) -> Document:
    reading = read_document("a.yaml", text.encode())
    assert not reading.diagnostics
    return reading.document


def stretch(document: Document, *path: str | int, key: bool = False) -> str:
    """The text that a span covers."""
    span = document.span(path, key=key)
    lines = [document.line(number) for number in range(span.line, span.end_line + 1)]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("path", "covered"),
    [
        (("start",), "proof"),
        (("steps", "proof", "go", 0, "if", "age"), '"13..17"'),
        (("steps", "proof", "go", 0, "if"), '{age: "13..17"}'),
        (("steps", "proof", "go", 1), 'else: "refuse"'),
        (("steps", "proof", "go", 0), 'if: {age: "13..17"}\n        to: minor'),
        (("steps", "proof", "flow"), "[a, {b: c}]"),
        (("steps", "proof", "flow", 1, "b"), "c"),
        (("steps", "last"), "'x''y'"),
    ],
)
def test_a_span_covers_what_was_typed(path: tuple[str | int, ...], covered: str) -> None:
    assert stretch(read(TEXT), *path) == covered


def test_a_list_or_mapping_ends_with_the_last_thing_in_it() -> None:
    span = read(TEXT).span()
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 1, 14, 15)


def test_a_key_has_a_place_of_its_own() -> None:
    document = read(TEXT)
    assert stretch(document, "steps", "proof", key=True) == "proof"
    assert stretch(document, "steps", "proof", "go", 0, "if", "age", key=True) == "age"


def test_an_item_of_a_list_is_named_by_its_first_key() -> None:
    document = read(TEXT)
    assert str(document.name_span(("steps", "proof", "go", 0))) == "a.yaml:6:9"
    assert str(document.name_span(("steps", "proof"))) == "a.yaml:4:3"
    assert str(document.name_span(())) == "a.yaml:2:1"
    assert str(document.name_span(("steps", "proof", "flow", 0))) == "a.yaml:13:12"


def test_a_path_that_leads_too_far_ends_at_the_last_node_there_is() -> None:
    document = read(TEXT)
    assert document.span(("steps", "last", "no", 3)) == document.span(("steps", "last"))
    assert document.span(("nowhere",)) == document.span()


def test_a_file_without_data_is_named_as_a_whole() -> None:
    assert Document("a.yaml", "").span(("x",)).whole_file
    assert Document("a.yaml", "").within(("x",), 0, 1).whole_file


def test_part_of_a_text_has_a_place_of_its_own() -> None:
    document = read(TEXT)
    assert str(document.within(("start",), 2, 4)) == "a.yaml:2:10"
    span = document.within(("steps", "proof", "go", 0, "if", "age"), 4)
    assert (span.line, span.column, span.end_column) == (6, 24, 26)


@pytest.mark.parametrize("path", [("steps", "last"), ("steps", "proof", "help"), ("steps",)])
def test_part_of_a_text_that_was_typed_otherwise_is_the_whole_text(path: tuple[str, ...]) -> None:
    document = read(TEXT)
    assert document.within(path, 1, 2) == document.span(path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_part_of_a_block_of_lines_has_a_place_of_its_own(end: str) -> None:
    text = "a: |\n  Hi {{ name }},\n\n    you get {{ amount }}\nb: c\n"
    document = read(text.replace("\n", end))

    value = document.value(("a",))
    for word, place in (("name", "a.yaml:2:9"), ("amount", "a.yaml:4:16")):
        start = value.index(word)
        assert str(document.within(("a",), start, start + len(word))) == place
    assert document.within(("a",), 0, len(value)) == document.span(("a",))


def test_part_of_a_text_beyond_its_end_is_the_whole_text() -> None:
    document = read(TEXT)
    assert document.within(("start",), 3, 99) == document.span(("start",))


def test_values_are_found_by_path() -> None:
    document = read(TEXT)
    assert document.value(("steps", "proof", "flow", 1, "b")) == "c"
    for nowhere in (("x",), ("start", "x"), ("steps", "proof", "flow", 9)):
        assert document.value(nowhere) is None


def test_lines_are_shown_without_their_end() -> None:
    document = Document("a.yaml", "one\r\ntwo\rthree\n\nfive")
    assert [document.line(number) for number in range(7)] == [
        "", "one", "two", "three", "", "five", "",
    ]  # fmt: skip


NODES = st.recursive(
    st.text("ab1", min_size=1, max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", min_size=1), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


def flow(data: object) -> str:
    """Data as YAML between brackets."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    return str(data)


@given(NODES)
def test_every_node_covers_its_own_text(data: object) -> None:
    document = read(flow(data))
    assert document.data == data
    todo: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while todo:
        path, node = todo.pop()
        assert stretch(document, *path) == flow(node)
        if isinstance(node, dict):
            todo += [((*path, key), value) for key, value in node.items()]
            assert all(stretch(document, *path, key, key=True) == key for key in node)
        elif isinstance(node, list):
            todo += [((*path, at), value) for at, value in enumerate(node)]
