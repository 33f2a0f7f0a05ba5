"""`sopguide i18n`: the catalogues that translators work in, with the standard tools of gettext.

Those of a library lie in its folder `locale/`, one for each area of its SOPs and `library` for what
all of them share; `--ui` means those of the program itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit
from sopguide.cli.jsontext import write_indented
from sopguide.cli.lines import line
from sopguide.cli.options import find_trees, trees_option

if TYPE_CHECKING:
    from sopguide.cli.i18n_catalogues import Texts
    from sopguide.source.sources import Sources

_EXAMPLES = """
\b
Examples:
  sopguide i18n update es          begin or bring up to date the Spanish of ./trees
  sopguide i18n status             what is translated, fuzzy and missing, by SOP
  sopguide i18n extract            templates (.pot) for a translation service
  sopguide i18n compile            check the catalogues, write .mo beside them
"""
_UPDATE = """
\b
Examples:
  sopguide i18n update             all languages that the library has
  sopguide i18n update es de       these, begun where they are not there yet
  sopguide i18n update --ui        the program's own words

A text that changed keeps its translation, marked `fuzzy` and not used until somebody has looked.

\b
Exit codes: 0 done; 2 the library or a catalogue has to be mended first.
"""
_EXTRACT = """
\b
Examples:
  sopguide i18n extract                    into locale/messages/ of the library
  sopguide i18n extract --out /tmp/texts   into another folder
  sopguide i18n extract --ui               the program's own words

\b
Exit codes: 0 done; 2 the library has to be mended first.
"""
_COMPILE = """
\b
Examples:
  sopguide i18n compile            check the catalogues of ./trees, write .mo for other programs
  sopguide i18n compile --ui       what the program itself reads

A library needs no .mo of its own: its catalogues are compiled with it.

\b
Exit codes: 0 done; 1 something is wrong in a catalogue; 2 the library has to be mended first.
"""
_STATUS = """
\b
Examples:
  sopguide i18n status             by language and SOP
  sopguide i18n status --ui        the program's own words
  sopguide i18n status --json      for a script

\b
Exit codes: 0 whatever is missing.
"""
_ui = click.option("--ui", is_flag=True, help="The program's own words, not a library's.")


@click.group("i18n", epilog=_EXAMPLES)
def command() -> None:
    """Translate procedures, and the program, with gettext catalogues."""


@command.command("extract", epilog=_EXTRACT)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write them there.")
@_ui
@trees_option
def extract(out: Path | None, trees: Path | None, *, ui: bool) -> int:
    """Write templates: every text that an agent reads, and where it stands."""
    texts = _texts(trees, ui=ui)
    folder = out or texts.folder / "messages"
    folder.mkdir(parents=True, exist_ok=True)
    for domain, text in texts.templates():
        file = folder / f"{domain}.pot"
        file.write_text(text, "utf-8", newline="\n")
        click.echo(str(file))
    return Exit.OK


@command.command("update", epilog=_UPDATE)
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@_ui
@trees_option
def update(languages: tuple[str, ...], trees: Path | None, *, ui: bool) -> int:
    """Bring the catalogues up to date with the texts; begin those of a new language."""
    texts = _texts(trees, ui=ui)
    written = False
    for language in languages or texts.languages:
        for file, old, new in [*texts.update(language)]:
            if new != old:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(new, "utf-8", newline="\n")
                click.echo(str(file))
                written = True
    if not written:
        click.echo("nothing has changed", err=True)
    return Exit.OK


@command.command("compile", epilog=_COMPILE)
@_ui
@trees_option
def compile_(trees: Path | None, *, ui: bool) -> int:
    """Check the catalogues, and write each as programs read it (.mo)."""
    texts = _texts(trees, ui=ui)
    if not ui and _tell_faults(find_trees(trees)):
        return Exit.FINDINGS
    for file, data in texts.compiled():
        file.write_bytes(data)
        click.echo(str(file))
    return Exit.OK


@command.command("status", epilog=_STATUS)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
@_ui
@trees_option
def status(trees: Path | None, *, ui: bool, as_json: bool) -> int:
    """Say what is translated, fuzzy and missing."""
    from sopguide.cli.i18n_status import rows_of_library, rows_of_ui, table, to_json

    rows = rows_of_ui() if ui else rows_of_library(_sources(find_trees(trees)))
    if as_json:
        click.echo(write_indented(to_json(rows)))
    else:
        click.echo("\n".join(map(line, table(rows))) or "nothing is translated yet")
    return Exit.OK


def _tell_faults(root: Path) -> bool:
    """Say what is wrong in the catalogues of a library, if anything is."""
    from sopguide.cli.findings import Findings
    from sopguide.source.files import TRANSLATIONS

    told = _sources(root).diagnostics
    found = [one for one in told if one.span and one.span.file.startswith(f"{TRANSLATIONS}/")]
    for text in Findings(root).texts(found):
        click.echo(f"{text}\n")
    return bool(found)


def _sources(root: Path) -> Sources:
    from sopguide.source.files import read_library
    from sopguide.source.read import read_files

    return read_files(read_library(root))


def _texts(trees: Path | None, *, ui: bool) -> Texts:
    if ui:
        from sopguide.cli.i18n_ui import texts_of_ui

        return texts_of_ui()
    from sopguide.cli.i18n_library import texts_of

    return texts_of(find_trees(trees))
