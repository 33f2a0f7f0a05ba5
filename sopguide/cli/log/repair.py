"""`sopguide log repair`: damaged files made good, as far as they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.clean import clean
from sopguide.cli.exits import Exit
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count
from sopguide.cli.log.opening import open_log
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sopguide.log.inspecting import Broken
    from sopguide.log.setting_aside import Kept


@click.command("repair")
@click.option("--dry-run", is_flag=True, help="Only tell what is damaged.")
@json_option
@data_option
def command(dry_run: bool, as_json: bool, data: Path | None) -> int:
    """Make damaged files of the log good, as far as they can be read.

    Every file is looked at. The originals are kept in `damaged/` of the data folder, each with a
    note of what is lost. Of a journal, the lines that can be read stay as they are. With --json,
    one JSON object a file. The exit code is 1 where something is damaged and was not repaired.

    \b
    Examples:
      sopguide log repair --dry-run
      sopguide log repair
    """
    with open_log(data) as log:
        broken = log.inspect()
        kept = {} if dry_run else {each.file: each for each in log.repair(broken)}
        if as_json:
            echo_json(_json(each, kept.get(each.path)) for each in broken)
        else:
            _tell(broken, kept, dry_run=dry_run)
    return Exit.OK if all(each.path in kept for each in broken) else Exit.FINDINGS


def _json(broken: Broken, kept: Kept | None) -> dict[str, Any]:
    return {
        "file": str(broken.path),
        "kind": broken.kind,
        "damages": [{"line": each.line, "cause": each.cause} for each in broken.damages],
        "repaired": kept is not None,
        "original": str(kept.at) if kept else None,
        "lost": list(kept.lost) if kept else None,
    }


def _tell(broken: Sequence[Broken], kept: dict[Path, Kept], *, dry_run: bool) -> None:
    for each in broken:
        for damage in each.damages:
            click.echo(clean(str(damage)))
        if repaired := kept.get(each.path):
            click.echo(clean(f"  repaired; the original is {repaired.at}"))
            for lost in repaired.lost or ("nothing",):
                click.echo(clean(f"  lost: {lost}"))
        elif not dry_run:
            click.echo("  left as it is: a running process has it; quit the desk, and repair again")
    told = f"{count(len(broken), 'damaged file')}, {len(kept)} repaired"
    click.echo(told if broken else "nothing is damaged", err=True)
