"""`sopguide schema`: what an editor needs to complete and check the files of a library."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sopguide.cli.exits import Exit, UserError

_KINDS = ("library", "labels", "macros", "table", "sop", "scenarios")
_EXAMPLES = """
\b
Examples:
  sopguide schema sop > sop.schema.json
  sopguide schema --all trees/.schema            one file for each kind

\b
Then this as the first line of a file in trees/sops/account/ switches it on, in every editor
with the YAML language server:
  # yaml-language-server: $schema=../../.schema/sop.schema.json

\b
Exit codes: 0 written; 2 wrong usage; 3 a file cannot be written.
"""


@click.command("schema", epilog=_EXAMPLES)
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the schema of every kind into this folder.",
)
def command(kind: str | None, folder: Path | None) -> int:
    """Give editors the JSON Schema of each kind of file."""
    if (kind is None) == (folder is None):
        raise UserError("name one kind of file, or a folder for all of them", _usage())
    if folder is None:
        click.echo(_text(str(kind)), nl=False)
        return Exit.OK
    folder.mkdir(parents=True, exist_ok=True)
    for each in _KINDS:
        file = folder / f"{each}.schema.json"
        file.write_text(_text(each), "utf-8")
        click.echo(str(file))
    return Exit.OK


def _text(kind: str) -> str:
    from sopguide.source.schema import schema_of

    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _usage() -> str:
    return f"`sopguide schema sop`, one of {', '.join(_KINDS)}; or `sopguide schema --all DIR`"
