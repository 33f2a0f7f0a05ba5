"""`sopguide log rebuild`: the finished walks, made anew from the journals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.lines import count
from sopguide.cli.log.opening import open_log, report
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("rebuild")
@data_option
def command(data: Path | None) -> int:
    """Make the finished walks anew from the journals.

    Answers stay what they were; a damaged file is made good, and the original kept in `damaged/`.

    \b
    Example:
      sopguide log rebuild
    """
    with open_log(data) as log:
        click.echo(f"{count(log.rebuild(), 'finished walk')} made anew", err=True)
        return report(log.damages())
