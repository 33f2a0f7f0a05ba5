"""Whatever becomes of a file, reading gives findings in it: never a traceback, never a crash.

`SOPGUIDE_SOAK=1` runs for long.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopguide.graph.build import build
from sopguide.graph.library import Library
from sopguide.lint import run
from sopguide.source.files import LibraryFile, LibraryFiles, read_library
from sopguide.source.read import read_files
from sopguide.source.reader import libyaml_events, pure_events, read_document
from tests.fuzz.accidents import SEEDS, SOAK, TREES, mutated

if TYPE_CHECKING:
    from sopguide.diagnostics import Span
    from sopguide.source.document import Document

LONG = settings(
    max_examples=20_000 if SOAK else 150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _in_range(span: Span, data: bytes) -> bool:
    """Whether a span lies in the file, and ends where it starts or later."""
    if span.whole_file:
        return True
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff")
    lengths = [len(line) for line in lines.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    starts, ends = (span.line, span.column), (span.end_line, span.end_column)
    return starts <= ends and all(
        1 <= line <= len(lengths) and 1 <= column <= lengths[line - 1] + 2
        for line, column in (starts, ends)
    )


@LONG
@given(mutated())
def test_a_mutated_file_gives_findings_in_range(file: tuple[str, bytes]) -> None:
    name, data = file
    kind, _, rest = name.removesuffix(".yaml").partition("/")
    one = LibraryFile(name, kind, rest or kind, data, sha256(data).hexdigest())
    library = b"name: x\nlocales: [en]\n"
    other = LibraryFile("library.yaml", "library", "library", library, "")
    files = (one,) if kind == "library" else (one, other)
    sources = read_files(LibraryFiles(TREES, files))
    for found in sources.diagnostics:
        assert found.code.startswith("SOP1")
        assert found.headline
        assert "\n" not in found.headline
        assert found.span is not None
        for span in (found.span, *(related.span for related in found.related)):
            assert _in_range(span, data if span.file == name else library), (found, span)
        sources.documents[name].line(found.span.line)


SMALL = [
    file
    for file in read_library(TREES).files
    if file.path.split("/")[-1].partition(".")[0]
    not in {"copyright", "safety", "privacy", "payments"}
    and not file.path.startswith(
        ("sops/copyright", "sops/safety", "sops/privacy", "sops/payments", "scenarios/")
    )
]


@settings(LONG, max_examples=5_000 if SOAK else 40)
@given(mutated(), st.integers(0, len(SMALL) - 1))
def test_a_library_with_a_mutated_file_is_compiled_and_checked(
    file: tuple[str, bytes], at: int
) -> None:
    name, data = file
    files = {each.path: each for each in SMALL}
    kind, _, rest = name.removesuffix(".yaml").partition("/")
    files[name] = LibraryFile(name, kind, rest or kind, data, "")
    order = [files[path] for path in sorted(files)]
    sources = read_files(LibraryFiles(TREES, tuple(order[at:] + order[:at])))
    library = Library(TREES, build(sources, run))
    for found in library.diagnostics:
        assert str(found)
        assert found.span is None or _in_range(found.span, files[found.span.file].data)


@LONG
@given(mutated())
def test_both_parsers_give_equal_nodes(file: tuple[str, bytes]) -> None:
    name, data = file
    fast, pure = (read_document(name, data, source) for source in (libyaml_events, pure_events))
    if fast.document.data is None or pure.document.data is None:
        return  # they differ on what is YAML in some corners, and in their words about it
    assert fast.document.data == pure.document.data
    assert _covered(fast.document) == _covered(pure.document)
    assert fast.diagnostics == pure.diagnostics


def _covered(document: Document) -> list[tuple[int, int] | None]:
    """Where each node lies; an empty one has no text, and may stand before or after blanks."""
    pairs = zip(document.offsets[::2], document.offsets[1::2], strict=True)
    return [(start, end) if start < end else None for start, end in pairs]


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_both_parsers_give_equal_nodes_for_every_shipped_file(name: str) -> None:
    fast, pure = (
        read_document(name, SEEDS[name], source) for source in (libyaml_events, pure_events)
    )
    assert fast == pure
    assert fast.readable
    assert not fast.diagnostics


@settings(max_examples=20_000 if SOAK else 100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_stop_the_reader(data: bytes) -> None:
    for source in (libyaml_events, pure_events):
        for found in read_document("a.yaml", data, source).diagnostics:
            assert found.span is not None
            assert _in_range(found.span, data)
