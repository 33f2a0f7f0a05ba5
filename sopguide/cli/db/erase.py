"""`sopguide db erase`: an agent or a ticket taken out of the team's store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.log.keeping import agree, yes_option
from sopguide.cli.options import data_option, find_data

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.erasing import Extent, Subject


@click.command("erase")
@click.option("--agent", metavar="NAME", help="Erase who walked.")
@click.option("--ticket", metavar="ID", help="Erase a ticket, by its id in the helpdesk.")
@click.option("--dry-run", is_flag=True, help="Only tell how much there is.")
@yes_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@data_option
def command(
    agent: str | None,
    ticket: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    data: Path | None,
) -> int:
    """Erase an agent or a ticket from the store, for quality, in the walks that they see.

    What goes and what stays is as for `sopguide log erase`, which does it on the agent's machine:
    erase there too. A ticket is found where its machine has the key of this data folder. Their name
    as a person goes with `sopguide db user forget`.

    \b
    Examples:
      sopguide db erase --agent ann --dry-run
      sopguide db erase --ticket T-48812 --yes --json
    """
    from sopguide.log.team.address import find_url
    from sopguide.log.team.erasing import erase_from_team

    subject = _subject(agent, ticket, data)
    url = find_url()
    found = erase_from_team(url, subject, only_look=True)
    if not as_json:
        click.echo(f"to erase: {_told(found)}" if found.records else "nothing to erase", err=True)
    if found.records and not dry_run:
        agree(yes, "Erase this for good?")
        found = erase_from_team(url, subject)
        if not as_json:
            click.echo(f"erased: {_told(found)}", err=True)
    if as_json:
        from sopguide.cli.jsontext import write_json

        told = {"dry_run": dry_run, "walks": len(found.walks), "records": found.records}
        click.echo(write_json(told))
    return Exit.OK


def _subject(agent: str | None, ticket: str | None, data: Path | None) -> Subject:
    from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject
    from sopguide.log.folder import DataFolder
    from sopguide.log.identity import ticket_hash, ticket_key

    if (agent is None) == (ticket is None):
        raise UserError("say what to erase", "give either --agent or --ticket")
    now = time.time_ns() // 1_000_000
    if agent is not None:
        return Subject(BY_AGENT, agent, now)
    key = ticket_key(DataFolder(find_data(data)).ticket_key)
    return Subject(BY_TICKET, ticket_hash(str(ticket), key), now)


def _told(found: Extent) -> str:
    from sopguide.cli.lines import count

    return f"{count(len(found.walks), 'walk')}, {count(found.records, 'record')}"
