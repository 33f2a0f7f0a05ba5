"""`sopguide log compact`: journals that are only kept, made small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count
from sopguide.cli.log.opening import open_log, report
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("compact")
@json_option
@data_option
def command(as_json: bool, data: Path | None) -> int:
    """Compress the journals of which every walk has ended; the bytes inside stay the same.

    Those older than 30 days are compacted by themselves.

    \b
    Example:
      sopguide log compact
    """
    with open_log(data) as log:
        done = log.compact()
        if as_json:
            echo_json([done._asdict()])
        else:
            size = f": {done.before:,} bytes are now {done.after:,}" if done.journals else ""
            click.echo(f"{count(done.journals, 'journal')} compacted{size}", err=True)
        return report(log.damages())
