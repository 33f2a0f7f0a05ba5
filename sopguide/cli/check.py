"""`sopguide check`: what is wrong in a library, and where.

Findings go to stdout with one summary line. A PATH is a library's folder, or a file, a folder or an
SOP inside one: then the report holds what is found there, and whatever elsewhere keeps those SOPs
from being walked.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.findings import Findings, wants_colour
from sopguide.cli.options import find_cache, trees_option
from sopguide.cli.progress import Progress
from sopguide.cli.report import Report, chosen_files, library_root
from sopguide.cli.watching import Watch, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.library import Library

_EXAMPLES = """
\b
Examples:
  sopguide check                            the library in ./trees
  sopguide check account/hacked             one SOP, and what keeps it from being walked
  sopguide check --watch                    again at every save, until Ctrl+C
  sopguide check --format sarif > sopguide.sarif      for code scanning
  sopguide check --format github            notes at the lines of a pull request
  sopguide check --json                     the same as --format json

\b
Exit codes: 0 clean or only hints, 1 errors or warnings, 2 wrong usage. A watch goes on until
Ctrl+C and ends with 130.
"""


@click.command("check", epilog=_EXAMPLES)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@trees_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How findings are written; text is for people.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--watch", is_flag=True, help="Check again whenever a file of the library changes.")
@click.option("--color/--no-color", "colour", default=None, help="Else as the terminal likes it.")
@click.option("--no-proof", is_flag=True, help="Leave out the proof over all facts (SOP4xx).")
@click.option("--list-codes", is_flag=True, help="List the codes of all rules and stop.")
def command(
    paths: tuple[str, ...],
    trees: Path | None,
    form: str,
    as_json: bool,
    watch: bool,
    colour: bool | None,
    no_proof: bool,
    list_codes: bool,
) -> int:
    """Check a library of procedures and say what is wrong, and where."""
    if list_codes:
        return _list_codes()
    from sopguide.graph.load import load_library

    form = "json" if as_json else form
    if watch and form != "text":
        raise UserError("a watch is for people", "leave out --format, or --watch")
    root = library_root(paths, trees)
    seen = snapshot(root) if watch else {}
    library = load_library(root, find_cache())
    chosen = chosen_files(library, paths)
    colour = wants_colour() if colour is None else colour
    report = _report(library, chosen, proof=not no_proof)
    if not watch:
        _write(report, form, Findings(root, colour=colour))
        return report.code()

    def again() -> Report:
        return _report(load_library(root, None), chosen, proof=not no_proof)

    return Watch(root, again, colour=colour).run(report, seen)


def _write(report: Report, form: str, show: Findings) -> None:
    if form == "json":
        from sopguide.cli.jsontext import write_indented

        click.echo(write_indented(report.json(show)))
    elif form == "sarif":
        from sopguide.cli.jsontext import write_indented
        from sopguide.cli.sarif import sarif
        from sopguide.lint.registry import pages

        click.echo(write_indented(sarif(report.found, show, pages())))
    elif form == "github":
        from sopguide.cli.github import workflow_commands

        for text in workflow_commands(report.found, show):
            click.echo(text)
        click.echo(report.summary(), err=True)
    else:
        for text in show.texts(report.found):
            click.echo(f"{text}\n")
        click.echo(report.summary())


def _report(library: Library, chosen: tuple[str, ...], *, proof: bool) -> Report:
    today = datetime.now(UTC).astimezone().date()
    return Report(library, chosen, today, _prove(library) if proof else None)


def _prove(library: Library) -> tuple[Diagnostic, ...]:
    """Prove the library; a person sees how far it is where it takes a while."""
    from sopguide.proof.check import prove_library

    with Progress("proving") as progress:
        return prove_library(library, find_cache(), progress.show)


def _list_codes() -> Exit:
    from sopguide.lint.registry import pages

    for page in pages():
        click.echo(f"{page.code}  {page.name:<26} {page.headline}")
    return Exit.OK
