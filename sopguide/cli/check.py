"""`sopguide check`: what is wrong in a library, and where.

Findings go to stdout with one summary line. A PATH is a library's folder, or a file, a folder or an
SOP inside one: then the report holds what is found there, and whatever elsewhere keeps those SOPs
from being walked.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.findings import Findings, wants_colour
from sopguide.cli.options import LIBRARY_FILE, find_cache, find_sop, find_trees, trees_option
from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sopguide.graph.library import Entry, Library


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@trees_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--color/--no-color", "colour", default=None, help="Else as the terminal likes it.")
@click.option("--no-proof", is_flag=True, help="Leave out the proof over all facts (SOP4xx).")
@click.option("--list-codes", is_flag=True, help="List the codes of all rules and stop.")
def command(
    paths: tuple[str, ...],
    trees: Path | None,
    as_json: bool,
    colour: bool | None,
    no_proof: bool,
    list_codes: bool,
) -> int:
    """Check a library of procedures and say what is wrong, and where."""
    if list_codes:
        return _list_codes()
    from sopguide.graph.load import load_library

    root = _root(paths, trees)
    library = load_library(root, find_cache())
    today = datetime.now(UTC).astimezone().date()
    proved = () if no_proof else _prove(library, today)
    report = _Report(library, paths, today, proved)
    show = Findings(root, colour=wants_colour() if colour is None else colour)
    if as_json:
        click.echo(orjson.dumps(report.json(show), option=orjson.OPT_INDENT_2))
    else:
        for text in show.texts(report.found):
            click.echo(text)
            click.echo()
        click.echo(report.summary())
    return report.code()


class _Report:
    """The findings of what was asked for, and their count."""

    def __init__(
        self, library: Library, paths: Sequence[str], today: date, proved: Sequence[Diagnostic]
    ) -> None:
        self._library = library
        self._chosen = [_inside(library, path) for path in paths if not _same(path, library.root)]
        self.sops = [entry for entry in library.sops.values() if self._holds(entry.file)]
        every = sorted((*library.findings(today), *proved), key=lambda each: each.place)
        self.found = tuple(self._findings(every))

    def _findings(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        keeping = {d for entry in self.sops for d in self._library.diagnostics_of(entry.id)}
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
        counts = [
            _count(sum(d.severity is severity for d in self.found), severity.value)
            for severity in Severity
        ]
        told = ", ".join(count for count in counts if not count.startswith("0 "))
        if self.code() is Exit.FINDINGS:
            files = len({d.span.file for d in self.found if d.span})
            return f"{told} in {_count(files, 'file')}"
        if self._chosen and not self.sops:
            return told or "clean"
        steps = _count(sum(entry.steps for entry in self.sops), "step")
        return f"{_count(len(self.sops), 'SOP')}, {steps}: {told or 'clean'}"

    def json(self, show: Findings) -> dict[str, Any]:
        """The same for a script."""
        return {
            "library": self._library.name,
            "sops": len(self.sops),
            "steps": sum(entry.steps for entry in self.sops),
            "errors": sum(d.severity is Severity.ERROR for d in self.found),
            "warnings": sum(d.severity is Severity.WARNING for d in self.found),
            "hints": sum(d.severity is Severity.HINT for d in self.found),
            "diagnostics": show.rows(self.found),
        }


def _prove(library: Library, today: date) -> tuple[Diagnostic, ...]:
    """Prove the library; a person sees how far it is where it takes a while."""
    from sopguide.proof.check import prove_library

    if not sys.stderr.isatty():
        return prove_library(library, find_cache(), today)
    with click.progressbar(length=len(library.sops), label="proving", file=sys.stderr) as bar:

        def show(done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        return prove_library(library, find_cache(), today, show)


def _root(paths: Sequence[str], trees: Path | None) -> Path:
    """The one library that all paths lie in."""
    roots = {root for path in paths if (root := _library_of(Path(path)))}
    if trees is not None or not roots:
        return find_trees(trees)
    if len(roots) > 1:
        raise UserError("the paths lie in several libraries", "check one library at a time")
    return roots.pop()


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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _list_codes() -> Exit:
    from sopguide.lint.registry import pages

    for page in pages():
        click.echo(f"{page.code}  {page.name:<26} {page.headline}")
    return Exit.OK
