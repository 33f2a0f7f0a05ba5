"""What `sopguide check` found in what it was asked about, and how much of it there is.

A report is a value: renderers write it as text, JSON, SARIF or annotations, and the watch compares
two of them. Nothing here writes anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.lines import count
from sopguide.cli.options import LIBRARY_FILE, find_sop, find_trees
from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sopguide.cli.findings import Findings
    from sopguide.graph.library import Entry, Library


class Report:
    """The findings about the `chosen` files and folders of a library; about all, where none is.

    `proved` is what the proof found, None where nothing was proved.
    """

    def __init__(
        self,
        library: Library,
        chosen: Sequence[str],
        today: date,
        proved: Iterable[Diagnostic] | None = None,
    ) -> None:
        self.library = library
        self._chosen = chosen
        self.sops = [entry for entry in library.sops.values() if self._holds(entry.file)]
        every = library.findings(today, proved or (), unjudged=_unproved(proved))
        self.found = tuple(self._findings(every))

    def _findings(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        keeping = {d for entry in self.sops for d in self.library.diagnostics_of(entry.id)}
        for diagnostic in found:
            file = diagnostic.span.file if diagnostic.span else ""
            blocks = diagnostic in keeping and diagnostic.severity is Severity.ERROR
            if self._holds(file) or blocks:
                yield diagnostic

    def _holds(self, file: str) -> bool:
        chosen = self._chosen
        return not chosen or any(file == c or file.startswith(c + "/") for c in chosen)

    def code(self) -> Exit:
        """What the command ends with: hints cost nothing."""
        serious = any(d.severity is not Severity.HINT for d in self.found)
        return Exit.FINDINGS if serious else Exit.OK

    def summary(self) -> str:
        """One line: what was checked, or what was found."""
        counts = [count(self._count(severity), severity.value) for severity in Severity]
        told = ", ".join(one for one in counts if not one.startswith("0 "))
        if self.code() is Exit.FINDINGS:
            files = len({d.span.file for d in self.found if d.span})
            return f"{told} in {count(files, 'file')}"
        if self._chosen and not self.sops:
            return told or "clean"
        steps = count(sum(entry.steps for entry in self.sops), "step")
        return f"{count(len(self.sops), 'SOP')}, {steps}: {told or 'clean'}"

    def json(self, show: Findings) -> dict[str, Any]:
        """The same for a script."""
        return {
            "library": self.library.name,
            "sops": len(self.sops),
            "steps": sum(entry.steps for entry in self.sops),
            "errors": self._count(Severity.ERROR),
            "warnings": self._count(Severity.WARNING),
            "hints": self._count(Severity.HINT),
            "diagnostics": show.rows(self.found),
        }

    def _count(self, severity: Severity) -> int:
        return sum(d.severity is severity for d in self.found)


def _unproved(proved: Iterable[Diagnostic] | None) -> frozenset[str]:
    """The codes of which nothing is known: those of the proof, where it was left out."""
    if proved is not None:
        return frozenset()
    from sopguide.proof.codes import CODES

    return frozenset(code for code, _ in CODES.values())


def library_root(paths: Sequence[str], trees: Path | None) -> Path:
    """The one library that all paths lie in."""
    roots = {root for path in paths if (root := _library_of(Path(path)))}
    if trees is not None or not roots:
        return find_trees(trees)
    if len(roots) > 1:
        raise UserError("the paths lie in several libraries", "check one library at a time")
    return roots.pop()


def chosen_files(library: Library, paths: Sequence[str]) -> tuple[str, ...]:
    """What the paths mean, as the library names its files; nothing where they mean all of it."""
    return tuple(_inside(library, path) for path in paths if not _same(path, library.root))


def _library_of(path: Path) -> Path | None:
    if not path.exists():
        return None
    for folder in (path, *path.parents, *path.absolute().parents):
        if (folder / LIBRARY_FILE).is_file():
            return folder
    return None


def _same(path: str, root: Path) -> bool:
    return Path(path).exists() and Path(path).samefile(root)


def _inside(library: Library, path: str) -> str:
    """A path as the library's own files are named; an SOP's id does as well."""
    place = Path(path)
    if not place.exists():
        place = library.root / path
    if not place.exists():
        return _entry(library, path).file
    inner, root = place.resolve(), library.root.resolve()
    if not inner.is_relative_to(root):
        raise UserError(f"this lies outside the library {library.root}: {path}")
    return inner.relative_to(root).as_posix()


def _entry(library: Library, path: str) -> Entry:
    try:
        return find_sop(library, path)
    except UserError as unknown:
        raise UserError(f"no file, folder or SOP is named `{path}`", unknown.help) from None
