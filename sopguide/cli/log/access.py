"""`sopguide log access`: all that the log holds on one agent, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import line, when
from sopguide.cli.log.opening import open_log, report
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option, find_data, open_library, trees_option
from sopguide.cli.table import named, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.access import Access


@click.command("access")
@click.option("--agent", metavar="NAME", required=True, help="On whom.")
@json_option
@trees_option
@data_option
def command(agent: str, as_json: bool, trees: Path | None, data: Path | None) -> int:
    """Tell all that the log of this machine holds on an agent (GDPR Art. 15).

    Their walks and what they wrote, what each kind is for and how long it is kept, who receives it,
    and the files in which their name stands, also imported logs of other systems. With --json,
    every record.

    \b
    Examples:
      sopguide log access --agent ann
      sopguide log access --agent ann --json > ann.json
    """
    from sopguide.log.access import access
    from sopguide.log.folder import DataFolder

    retention = open_library(trees).retention
    folder = DataFolder(find_data(data))
    with open_log(data) as log:
        found = access(log, folder, agent)
        recipients = _recipients(found, folder.root)
        if as_json:
            echo_json([found.to_json(retention, recipients)])
        else:
            for text in _lines(found, retention, recipients):
                click.echo(text)
        return report(log.damages())


def _recipients(found: Access, data: Path) -> list[str]:
    from sopguide.log.team.address import is_named

    told = [f"{vendor} (whom they worked for)" for vendor in found.vendors]
    return [*told, "the team's store, to which this machine ships"] if is_named(data) else told


def _lines(found: Access, retention: dict[str, Any], recipients: list[str]) -> Iterator[str]:
    from sopguide.log.access import PURPOSES

    yield line(f"What this log holds on {found.agent}")
    yield ""
    rows = [("kind", "held", "kept for", "what for")]
    for kind, number in found.counts().items():
        kept = retention.get(kind, {}).get("keep", "no end set")
        rows.append((kind, f"{number:,}", kept, PURPOSES[kind]))
    yield from table(rows, right={1})
    if found.walks:
        yield ""
        head = [("walk", "last step", "as", "SOP", "came to")]
        walks = ((w.walk, when(w.last), w.mode, w.sop, w.status) for w in found.walks)
        yield from table([*head, *walks])
    for remark in found.remarks:
        yield ""
        yield from named(remark.kind, f"{when(remark.at)} · {remark.sop} · {remark.step}")
        yield from named("", remark.text)
    yield ""
    yield from named("receives", "; ".join(recipients) or "nobody")
    yield from named("lies in", ", ".join(found.places) or "no file")
    yield from named("erase", f"sopguide log erase --agent {found.agent}")
