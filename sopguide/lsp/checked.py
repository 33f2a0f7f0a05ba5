"""A library as an editor holds it: read, compiled, and every name in it, unsaved texts included.

A `Checked` is a value, made anew at each change; one is made in a tenth of a second for a library
of a dozen SOPs. While a file is half typed and cannot be read, its names stay as they were last.
Nothing here knows the protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopguide.graph.load import compile_sources
from sopguide.graph.references import Definition, References, Use
from sopguide.source.files import read_library
from sopguide.source.read import read_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sopguide.diagnostics import Span
    from sopguide.graph.library import Library
    from sopguide.source.document import Document
    from sopguide.source.sources import Sources


@dataclass(frozen=True)
class Checked:
    """One state of a library."""

    library: Library
    sources: Sources
    definitions: tuple[Definition, ...]
    uses: tuple[Use, ...]

    def document(self, file: str) -> Document | None:
        """One file as it was read."""
        return self.sources.documents.get(file)

    def at(self, file: str, line: int, column: int) -> Use | Definition | None:
        """The name at a place: the shortest one that covers it."""
        both: tuple[Use | Definition, ...] = (*self.uses, *self.definitions)
        found = [each for each in both if covers(each.span, file, line, column)]
        return min(found, key=lambda each: _size(each.span), default=None)

    def definition(self, kind: str, name: str) -> Definition | None:
        """Where a name is given."""
        same = (each for each in self.definitions if (each.kind, each.name) == (kind, name))
        return next(same, None)

    def uses_of(self, kind: str, name: str) -> list[Use]:
        """Where a name is used."""
        return [each for each in self.uses if (each.kind, each.name) == (kind, name)]

    def named(self, word: str, sop: str | None) -> Definition | None:
        """What a word means where nothing tells what it stands for: names of the SOP first."""
        for name in (f"{sop}.{word}", word):
            for each in self.definitions:
                if each.name == name:
                    return each
        return None

    def names(self, kind: str, sop: str | None = None) -> Iterator[str]:
        """The names of a kind; steps are those of one SOP, and its own facts come first."""
        own = f"{sop}."
        for each in self.definitions:
            if each.kind == kind and each.name.startswith(own):
                yield each.name.removeprefix(own)
        for each in self.definitions:
            if each.kind == kind and "." not in each.name:
                yield each.name

    def sop_of(self, file: str) -> str | None:
        """The SOP that a file holds."""
        for sop, entry in self.sources.sops.items():
            if entry.document.path == file:
                return sop
        return None


def check(root: Path, unsaved: Mapping[str, bytes], before: Checked | None = None) -> Checked:
    """Read and compile the library at `root`; `before` is its state before the last change."""
    sources = read_files(read_library(root, unsaved))
    references = References(sources)
    broken = {path for path, document in sources.documents.items() if document.data is None}
    kept = [each for each in before.definitions if each.span.file in broken] if before else []
    return Checked(
        compile_sources(root, sources),
        sources,
        (*(each for each in references.definitions if each.span.file not in broken), *kept),
        references.uses,
    )


def covers(span: Span, file: str, line: int, column: int) -> bool:
    """Whether a place lies in a span, or at its end."""
    if span.whole_file or span.file != file:
        return False
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return start <= (line, column) <= end


def _size(span: Span) -> tuple[int, int]:
    return span.end_line - span.line, span.end_column - span.column
