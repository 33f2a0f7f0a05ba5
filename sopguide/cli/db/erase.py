"""`sopguide db erase`: an agent or a ticket taken out of the team's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count
from sopguide.cli.log.agreeing import agree
from sopguide.cli.log.erasing import erasing
from sopguide.cli.log.opening import open_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.erasing import Extent, Subject


@click.command("erase")
@erasing
def command(
    subjects: Callable[[], list[Subject]],
    dry_run: bool,
    yes: bool,
    as_json: bool,
    data: Path | None,
) -> int:
    """Erase an agent or a ticket from the store, for quality, in the walks that they see.

    What goes and what stays is as for `sopguide log erase`, which does it on the agent's machine:
    erase there too. A ticket is found by the organisation's key, on whatever machine it was walked,
    and by those of this data folder: what another machine shipped under a key of its own, before
    there was one of the organisation, is found with that machine's folder. An agent's name as a
    person goes with `sopguide db user forget`.

    \b
    Examples:
      sopguide db erase --agent ann --dry-run
      sopguide db erase --ticket T-48812 --yes --json
    """
    from sopguide.log.team.address import find_url
    from sopguide.log.team.erasing import erase_all_from_team
    from sopguide.log.team.keys import learn_key

    url = find_url()
    learn_key(url, open_folder(data).ticket_key)
    asked = subjects()
    if not asked:
        raise UserError("say what to erase", "give either --agent or --ticket")
    found = erase_all_from_team(url, asked, only_look=True)
    if not as_json:
        click.echo(f"to erase: {_told(found)}" if found.records else "nothing to erase", err=True)
    if found.records and not dry_run:
        agree(yes, "Erase this for good?")
        found = erase_all_from_team(url, asked)
        if not as_json:
            click.echo(f"erased: {_told(found)}", err=True)
    if as_json:
        echo_json([{"dry_run": dry_run, "walks": len(found.walks), "records": found.records}])
    return Exit.OK


def _told(found: Extent) -> str:
    return f"{count(len(found.walks), 'walk')}, {count(found.records, 'record')}"
