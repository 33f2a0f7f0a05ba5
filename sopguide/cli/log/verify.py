"""`sopguide log verify`: whether anybody changed the log."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count, line
from sopguide.cli.log.opening import folder_to_look_into
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option
from sopguide.cli.progress import Progress
from sopguide.cli.table import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.heads import Head
    from sopguide.log.verifying import Verified


@click.command("verify", short_help="Find what was changed in the log since it was written.")
@click.option(
    "--heads",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="What `sopguide log heads --into` kept; may be given more than once.",
)
@click.option("--team", is_flag=True, help="Against the heads that the team's store has kept.")
@json_option
@data_option
def command(files: tuple[Path, ...], team: bool, as_json: bool, data: Path | None) -> int:
    """Find what was changed in the log since it was written.

    Every record is sealed by its journal's chain: what was edited, taken away, added, doubled or
    moved is told with the first line of the journal that does not hold. That the end of a journal
    was cut off, or all of it made anew or removed, shows only against heads that were kept where
    whoever writes the log cannot change them. Finished walks are held against their records, and
    the compiled forms that walks refer to against their names.

    \b
    Examples:
      sopguide log verify --heads /var/lib/audit/ana.jsonl
      sopguide log verify --team --json
    """
    from sopguide.log.heads import read_heads
    from sopguide.log.verifying import verify

    damages: list[Damage] = []
    heads = [head for file in files for head in read_heads(file, damages)]
    folder = folder_to_look_into(data, known=bool(heads))
    heads += _of_the_team(folder) if team else []
    with Progress("verifying", hidden=as_json) as progress:
        found = verify(folder, heads, progress=progress.show)
    found.damages[:0] = damages
    if as_json:
        echo_json([_json(found)])
    else:
        for text in _lines(found, asked=team or bool(files)):
            click.echo(text)
    return Exit.OK if found.sound else Exit.FINDINGS


def _of_the_team(folder: DataFolder) -> list[Head]:
    from sopguide.log.heads import all_journals
    from sopguide.log.steps import name_of
    from sopguide.log.team.address import find_url
    from sopguide.log.team.heads import team_heads
    from sopguide.log.team.offsets import read_offsets

    names = {name_of(path) for path in all_journals(folder)}
    return team_heads(find_url(), sorted(names | read_offsets(folder).journals.keys()))


def _json(found: Verified) -> dict[str, Any]:
    damages = [damage._asdict() for damage in found.damages]
    return {"sound": found.sound, **asdict(found), "damages": damages}


def _lines(found: Verified, *, asked: bool) -> Iterator[str]:
    for damage in found.damages:
        yield line(f"{damage}{' (harmless)' if damage.harmless else ''}")
    rows = {
        "records": f"{found.records:,} of {count(found.journals, 'journal')} hold",
        "walks": f"{found.walks:,} finished, told as recorded",
    }
    if found.taken_out:
        rows["erased"] = f"{found.taken_out:,} records without a part; they hold all the same"
    if found.unsealed:
        rows["unsealed"] = f"{found.unsealed:,} records of the time before there were chains"
    if found.expired:
        rows["expired"] = f"{count(found.expired, 'journal')}, of which only the anchor is left"
    if not asked:
        rows["heads"] = "none were given: that the end of a journal was cut off would not show"
    elif found.unproved:
        rows["unproved"] = f"{found.unproved:,} records that are newer than the heads"
    for name, text in rows.items():
        yield from named(name, text)
