"""`sopguide where`: every use of a macro, label, fact, set, table, SOP or step.

The sources are searched, not the compiled library, so an SOP with mistakes is searched as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.jsontext import write_json
from sopguide.cli.lines import count, line
from sopguide.cli.options import find_trees, nearest, trees_option
from sopguide.facts.names import CLOCK_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sopguide.diagnostics import Span
    from sopguide.graph.references import Definition, References, Use

_KINDS = ("macro", "label", "fact", "set", "table", "sop", "step")
_LOCAL = ("fact", "step")
_EXAMPLES = """
\b
Examples:
  sopguide where account-paused                  who sends this macro, and what else names it
  sopguide where account/hacked/erased           a label
  sopguide where minimum_age --kind fact         a fact of the library
  sopguide where account/hacked.trouble          a fact or a step of one SOP
  sopguide where verify --kind step              every step of that name
  sopguide where identity/verify-owner --json    the same for a script

\b
Exit codes: 0 it exists, whether or not anything uses it; 2 there is no such name.
"""


@click.command("where", epilog=_EXAMPLES)
@click.argument("name")
@click.option("--kind", type=click.Choice(_KINDS), help="Only what is of this kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@trees_option
def command(name: str, kind: str | None, as_json: bool, trees: Path | None) -> int:
    """Find every use of a macro, label, fact, set, table, SOP or step."""
    from sopguide.graph.references import References
    from sopguide.source.files import read_library
    from sopguide.source.read import read_files

    root = find_trees(trees)
    sources = read_files(read_library(root))
    unread = [document.path for document in sources.documents.values() if document.data is None]
    for path in unread:
        click.echo(line(f"not searched, it cannot be read: {root / path}"), err=True)
    references = References(sources)
    found = [*_found(references, name, kind)]
    if not found:
        raise _unknown(references, name, kind)
    if as_json:
        click.echo(write_json({"name": name, "found": [one.json(root) for one in found]}))
    else:
        click.echo("\n\n".join("\n".join(one.lines(root)) for one in found))
    return Exit.OK


class _Found:
    """One thing of that name: its definition, if it has one, and its uses."""

    def __init__(self, kind: str, name: str, references: References) -> None:
        self.kind = kind
        self.name = name
        self.definition = _first(references.definitions, kind, name)
        self.uses = [use for use in references.uses if (use.kind, use.name) == (kind, name)]

    def lines(self, root: Path) -> Iterator[str]:
        yield line(f"{self.kind} `{self.name}`: {self._defined(root)}")
        for use in self.uses:
            yield line(f"  {_place(root, use.span)}: {use.by}: {use.role}")
        yield count(len(self.uses), "use") if self.uses else "nothing uses it"

    def _defined(self, root: Path) -> str:
        if self.definition:
            return _place(root, self.definition.span)
        return "given to every walk" if self.name in CLOCK_FACTS else "not defined anywhere"

    def json(self, root: Path) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "defined": _row(root, self.definition.span) if self.definition else None,
            "uses": [{**_row(root, use.span), "by": use.by, "role": use.role} for use in self.uses],
        }


def _found(references: References, name: str, kind: str | None) -> Iterator[_Found]:
    """Everything of that name; facts and steps of an SOP also without the SOP's name before it."""
    named = _names(references)
    exact = [pair for pair in named if pair[1] == name and kind in (None, pair[0])]
    local = [
        pair
        for pair in named
        if pair[0] in _LOCAL
        and pair[1].endswith(f".{name}")
        and kind in (None, pair[0])
        and (pair[0] == "fact" or kind)
    ]
    for one in exact or local:
        yield _Found(*one, references)


def _names(references: References) -> list[tuple[str, str]]:
    """Every kind and name there is, the kinds in their order."""
    both: tuple[Iterable[Definition | Use], ...] = (references.definitions, references.uses)
    found = {(each.kind, each.name) for part in both for each in part}
    return sorted(found, key=lambda pair: (_KINDS.index(pair[0]), pair[1]))


def _unknown(references: References, name: str, kind: str | None) -> UserError:
    known = {each.name for each in references.definitions if kind in (None, each.kind)}
    if kind in _LOCAL or kind is None:
        local = [each.name for each in references.definitions if each.kind in _LOCAL]
        known |= {each.rpartition(".")[2] for each in local}
    what = {None: "thing of the library", "sop": "SOP"}.get(kind, kind)
    return UserError(f"no {what} is named `{name}`", nearest(name, sorted(known)))


def _first(definitions: Iterable[Definition], kind: str, name: str) -> Definition | None:
    return next((each for each in definitions if (each.kind, each.name) == (kind, name)), None)


def _place(root: Path, span: Span) -> str:
    file = root / span.file
    return str(file) if span.whole_file else f"{file}:{span.line}:{span.column}"


def _row(root: Path, span: Span) -> dict[str, Any]:
    row: dict[str, Any] = {"file": str(root / span.file)}
    if not span.whole_file:
        row |= {"line": span.line, "column": span.column}
        row |= {"end_line": span.end_line, "end_column": span.end_column}
    return row
