"""Libraries for tests, written as an author would type them.

`library` compiles a mapping of file names to texts; what a test does not care about has defaults: a
`library.yaml` with a name and a locale, a macro and a label named `done`, and the keys an SOP needs.
Defaults are added below the text, so lines and columns stay those of the text.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.graph.build import build
from sopguide.graph.compile_sop import compile_sop
from sopguide.graph.library import Library
from sopguide.graph.symbols import Symbols
from sopguide.lint import run
from sopguide.proof.entered import entered_steps
from sopguide.source.files import LibraryFile, LibraryFiles
from sopguide.source.read import read_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.graph.decision_graph import DecisionGraph
    from sopguide.source.sources import Sources

SOP = "sops/example.yaml"
DAY = date(2026, 11, 1)
UNUSED = frozenset({"SOP509", "SOP510", "SOP511", "SOP512", "SOP513"})
_LIBRARY = {"name": "Test", "locales": "[en]"}
LIBRARY = "name: Test\nlocales: [en]\n"
MACROS = "done: {title: Done, status: live, body: {en: All done.}}\n"
LABELS = "done: {title: Done, macros: [done, none]}\n"
_DEFAULTS = {"library.yaml": LIBRARY, "macros/standard.yaml": MACROS, "labels.yaml": LABELS}
_HEAD = {
    "title": "Example",
    "version": "1.0.0",
    "status": "live",
    "owner": "tests",
    "about": "An example.",
}


def library(files: Mapping[str, str]) -> Library:
    """The compiled library of these files."""
    return Library(Path("trees"), build(sources(files), run, entered_steps))


def found(files: Mapping[str, str] | str, *, unused: bool = False) -> list[str]:
    """What `sopguide check` finds, one line each; a text is one SOP.

    What nothing uses is told on request: few examples use all that they declare.
    """
    files = {SOP: files} if isinstance(files, str) else files
    told = library(files).findings(DAY)
    return [str(each) for each in told if unused or each.code not in UNUSED]


def compile_text(text: str, file: str = SOP, **more: str) -> DecisionGraph:
    """The decision graph of an SOP."""
    read = sources({file: text, **more})
    entry = read.sops[file.removeprefix("sops/").removesuffix(".yaml")]
    assert entry.model is not None, read.diagnostics
    return compile_sop(entry, entry.model, Symbols(read)).graph


def form(text: str, **more: str) -> dict[str, object]:
    """The compiled form of an SOP."""
    return library({SOP: text, **more}).form("example")


def sources(files: Mapping[str, str]) -> Sources:
    """The files as they are read, with what every test would repeat."""
    texts = _DEFAULTS | {name: complete(name, text) for name, text in files.items()}
    read = [_file(name, text) for name, text in sorted(texts.items()) if text]
    return read_files(LibraryFiles(Path("trees"), tuple(read)))


def complete(name: str, text: str) -> str:
    """A file's text, with the keys an SOP or a library needs below it; an empty one stays so."""
    wanted = _HEAD if name.startswith("sops/") else _LIBRARY if name == "library.yaml" else {}
    keys = {line.partition(":")[0] for line in text.splitlines()}
    missing = [f"{key}: {value}\n" for key, value in wanted.items() if key not in keys]
    return text.rstrip("\n") + "\n" + "".join(missing) if text and missing else text


def split(text: str) -> dict[str, str]:
    """An example of several files: a line such as `# sops/example.yaml` begins each."""
    files: dict[str, list[str]] = {}
    name = SOP
    for line in text.splitlines(keepends=True):
        if line.startswith("# ") and line.rstrip().endswith((".yaml", ".po")):
            name = line[2:].rstrip()
        files.setdefault(name, []).append(line)
    return {name: "".join(lines) for name, lines in files.items()}


def _file(name: str, text: str) -> LibraryFile:
    data = text.encode()
    stem = name.removesuffix(".yaml").removesuffix(".po").replace("/LC_MESSAGES/", "/")
    kind, _, rest = stem.partition("/")
    return LibraryFile(name, kind, rest or stem, data, sha256(data).hexdigest())
