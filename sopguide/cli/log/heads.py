"""`sopguide log heads`: where the chains of the journals stand, to be kept somewhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import UserError
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count
from sopguide.cli.log.opening import folder_to_look_into, report
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option
from sopguide.cli.progress import Progress
from sopguide.cli.table import table

if TYPE_CHECKING:
    from sopguide.log.faults import Damage
    from sopguide.log.heads import Head

_SHORT = 16  # digits of a chain on a screen


@click.command("heads")
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add those that are new to a file, in which nothing is ever changed.",
)
@json_option
@data_option
def command(into: Path | None, as_json: bool, data: Path | None) -> int:
    """Tell how many records each journal has, and where its chain stands.

    Kept where whoever writes the log cannot change them, heads show when the end of a journal is
    cut off, or all of it made anew. So run this as another user, say every night, into a file of
    theirs; or append what it prints to a medium that only takes additions. A journal that is not
    what the file says is refused, told, and the exit code is 1.

    \b
    Examples:
      sopguide log heads --data /home/ana/.local/share/sopguide --into /var/lib/audit/ana.jsonl
      sopguide log heads --json | ssh audit 'cat >> ana.jsonl'
    """
    from sopguide.log.heads import forward, keep_heads, read_heads, take_heads

    folder = folder_to_look_into(data)
    damages: list[Damage] = []
    if into is not None and into.exists() and not into.is_file():
        raise UserError(f"{into} keeps nothing that is added to it", "name a file")
    known = read_heads(into, damages) if into is not None and into.exists() else []
    with Progress("journals") as progress:
        taken = take_heads(folder, known, progress.show)
    if into is not None:
        new = forward(taken.heads, known)
        keep_heads(into, new)
        click.echo(f"{count(len(new), 'head')} added to {len(known)}", err=True)
    elif as_json:
        echo_json(head._asdict() for head in taken.heads)
    else:
        _show(taken.heads)
    return report([*damages, *taken.refused])


def _show(heads: list[Head]) -> None:
    rows = [(head.journal, f"{head.records:,}", head.chain[:_SHORT]) for head in heads]
    for text in table([("journal", "records", "chain"), *rows] if rows else [], right={1}):
        click.echo(text)
