"""All files of a library become `Sources`: every model with its place, every mistake of every file.

A broken entry costs its siblings nothing, and its name stays known. The garbage collector rests
while the data are built: it would walk the growing trees over and over, for a third of the time.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from sopguide.facts.names import RESERVED_FACTS, is_id
from sopguide.source import codes, judge
from sopguide.source.files import TRANSLATIONS
from sopguide.source.misfit import Misfit, quoted
from sopguide.source.reader import Reading, read_document
from sopguide.source.sources import Entry, M, Sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopguide.source.document import Document, Path
    from sopguide.source.files import LibraryFile, LibraryFiles
    from sopguide.source.judge import Shape
    from sopguide.source.models import Label, Library, Macro, Scenario, Sop, Table
    from sopguide.source.translations import Catalogue

NO_MACRO = "none"
"""What stands where a step sends no reply."""


def read_files(files: LibraryFiles) -> Sources:
    """Read and validate every file."""
    with collector_at_rest():
        library = _Reader(list(files.diagnostics))
        for file in files.files:
            library.read(file)
        return library.sources()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Build much without the garbage collector walking it again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()  # all there is counts as old now, so that it is not walked at once
            gc.unfreeze()
            gc.enable()


@dataclass
class _Reader:
    diagnostics: list[Diagnostic]
    documents: dict[str, Document] = field(default_factory=dict)
    library: Entry[Library] | None = None
    labels: dict[str, Entry[Label]] = field(default_factory=dict)
    macros: dict[str, Entry[Macro]] = field(default_factory=dict)
    tables: dict[str, Entry[Table]] = field(default_factory=dict)
    sops: dict[str, Entry[Sop]] = field(default_factory=dict)
    scenarios: dict[str, tuple[Entry[Scenario], ...]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    catalogues: list[LibraryFile] = field(default_factory=list)

    def sources(self) -> Sources:
        translations = self._translations() if self.catalogues else {}
        return Sources(
            self.documents,
            self.library,
            self.labels,
            self.macros,
            self.tables,
            self.sops,
            self.scenarios,
            frozenset(self.unsure | _kinds_unread(self.diagnostics)),
            tuple(sorted(self.diagnostics)),
            translations,
        )

    def _translations(self) -> Mapping[str, Mapping[str, Catalogue]]:
        """The catalogues, read when all that they translate is known."""
        from sopguide.source.translations import read_catalogues

        model = self.library.model if self.library else None
        found, told = read_catalogues(self.catalogues, model.locales[0] if model else "", self.sops)
        self.diagnostics += told
        return found

    def read(self, file: LibraryFile) -> None:
        if file.kind == TRANSLATIONS:
            self.catalogues.append(file)
            return
        reading = read_document(file.path, file.data)
        self.documents[file.path] = reading.document
        self.diagnostics += reading.diagnostics
        if file.kind == "sops":
            self.sops[file.id] = self._entry(judge.SOP, file.id, reading)
        elif file.kind == "tables":
            self.tables[file.id] = self._table(file, reading)
        elif file.kind == "library":
            self.library = self._entry(judge.LIBRARY, file.id, reading)
        elif not reading.readable:
            self.unsure.add(file.kind)
        elif file.kind == "macros":
            self._macros(reading)
        elif file.kind == "labels":
            self._labels(reading)
        else:
            self.scenarios[file.id] = (*self._scenarios(file, reading),)

    def _entry(self, shape: Shape[M], name: str, reading: Reading, path: Path = ()) -> Entry[M]:
        document = reading.document
        if not reading.readable:
            return Entry(name, None, document, path, faulty=True)
        judged = judge.judge(shape, document.value(path), path)
        for misfit in judged.misfits:
            self._report(reading, path, misfit)
        faulty = bool(judged.misfits or reading.diagnostics)
        repeated = any(place[: len(path) + 1] == (*path, "steps") for place in reading.repeated)
        return Entry(name, judged.model, document, path, judged.broken, faulty, repeated)

    def _report(self, reading: Reading, above: Path, misfit: Misfit) -> None:
        path = (*above, *misfit.path)
        if any(path[: len(doubt)] == doubt for doubt in reading.doubtful):
            return
        document = reading.document
        related = tuple(
            Related(document.span((*above, *place), key=True), word)
            for place, word in misfit.related
        )
        self.diagnostics.append(
            Diagnostic(
                misfit.code,
                Severity.ERROR,
                document.name_span(path) if misfit.key else document.span(path),
                misfit.headline,
                misfit.help,
                related,
            )
        )

    def _table(self, file: LibraryFile, reading: Reading) -> Entry[Table]:
        if file.id in RESERVED_FACTS:
            self.diagnostics.append(
                Diagnostic(
                    codes.RESERVED_WORD,
                    Severity.ERROR,
                    Span.of_file(file.path),
                    f"`{file.id}` is a reserved word",
                    "rename the file",
                )
            )
        return self._entry(judge.TABLE, file.id, reading)

    def _macros(self, reading: Reading) -> None:
        for name in self._names(reading, (), "macros"):
            if name == NO_MACRO:
                headline, advice = f"`{name}` is a reserved word", "it says that no reply is sent"
                misfit = Misfit((name,), codes.RESERVED_WORD, headline, advice, key=True)
                self._report(reading, (), misfit)
                continue
            entry = self._entry(judge.MACRO, name, reading, (name,))
            if name in self.macros:
                first = self.macros[name].span(key=True)
                self._again(entry.span(key=True), f"macro `{quoted(name)}`", first)
            else:
                self.macros[name] = entry

    def _again(self, place: Span, what: str, first: Span) -> None:
        self.diagnostics.append(
            Diagnostic(
                codes.SAME_ID,
                Severity.ERROR,
                place,
                f"{what} is there already",
                "rename or delete one of the two",
                (Related(first, "first"),),
            )
        )

    def _names(self, reading: Reading, path: Path, what: str) -> list[str]:
        """The keys of a mapping of named things; those that break the grammar are reported."""
        data = reading.document.value(path)
        if not isinstance(data, dict):
            shape = "empty" if data == "" else f"no mapping of {what}"
            headline = f"this is {shape}"
            self._report(reading, (), Misfit(path, codes.WRONG_SHAPE, headline))
            self.unsure.add(what)
            return []
        if not data:
            self._report(reading, (), Misfit(path, codes.EMPTY_TEXT, f"there are no {what} here"))
        for name in data:
            if not is_id(name):
                headline = f"`{quoted(name)}` is no valid id"
                advice = (
                    "an id holds letters, digits, `-` and `_`, and begins with a letter or digit"
                )
                self._report(
                    reading,
                    (),
                    Misfit((*path, name), codes.WRONG_NAME, headline, advice, key=True),
                )
        return [*data]

    def _labels(self, reading: Reading) -> None:
        """A mapping with `title` is a label, any other a group."""
        groups: list[Path] = [()]
        while groups:
            group = groups.pop()
            for name in self._names(reading, group, "labels"):
                path = (*group, name)
                data: Any = reading.document.value(path)
                if isinstance(data, dict) and "title" not in data:
                    groups.append(path)
                else:
                    label = "/".join(map(str, path))
                    self.labels[label] = self._entry(judge.LABEL, label, reading, path)

    def _scenarios(self, file: LibraryFile, reading: Reading) -> Iterator[Entry[Scenario]]:
        data = reading.document.data
        if not isinstance(data, list):
            headline = "the file must be a list of scenarios"
            self._report(reading, (), Misfit((), codes.WRONG_SHAPE, headline, "begin with `- `"))
            return
        first: dict[str, Span] = {}
        for at in range(len(data)):
            entry = self._entry(judge.SCENARIO, file.id, reading, (at,))
            if entry.model is not None:
                name = entry.model.scenario
                place = entry.span("scenario")
                if name in first:
                    self._again(place, f"scenario `{quoted(name)}`", first[name])
                first.setdefault(name, place)
            yield entry


def _kinds_unread(diagnostics: list[Diagnostic]) -> set[str]:
    """The kinds of which some file could not even be opened, or has no id."""
    places = [found.span.file for found in diagnostics if found.span and found.span.whole_file]
    return {place.partition("/")[0].partition(".")[0] for place in places}
