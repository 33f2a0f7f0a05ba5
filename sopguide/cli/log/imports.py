"""`sopguide log imports`: the logs of other systems that were imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.jsontext import echo_json
from sopguide.cli.log.import_faults import faults_told
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option, find_data

if TYPE_CHECKING:
    from pathlib import Path


@click.command("imports", short_help="List the logs that were imported, or remove one.")
@click.option("--remove", metavar="NAME", help="Take this one away instead.")
@json_option
@data_option
def command(remove: str | None, as_json: bool, data: Path | None) -> int:
    """List the logs that were imported, or remove one. With --json, one JSON object a line.

    \b
    Examples:
      sopguide log imports
      sopguide log imports --remove tickets
    """
    from sopguide.cli.log.import_lines import list_lines
    from sopguide.log.importing.kept import Imports

    imports = Imports(find_data(data))
    with faults_told():
        if remove is not None:
            imports.remove(remove)
            click.echo(f"the imported log `{remove}` is gone", err=True)
            return 0
        found = imports.all()
    if as_json:
        echo_json({"name": one.name, "source": one.source, **one.counts} for one in found)
        return 0
    for text in list_lines(found):
        click.echo(text)
    if not found:
        click.echo("no log was imported", err=True)
    return 0
