"""`sopguide log erase`: an agent or a ticket taken out of the log, chain and counts left whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError, tell
from sopguide.cli.log.keeping import agree, open_folder, report_damages, yes_option
from sopguide.cli.log.opening import echo_json, json_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.erasing import Extent, Subject
    from sopguide.log.erasures import Gone
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder


@click.command("erase")
@click.option("--agent", metavar="NAME", help="Erase who walked.")
@click.option("--ticket", metavar="ID", help="Erase a ticket, by its id in the helpdesk.")
@click.option("--dry-run", is_flag=True, help="Only tell how much there is.")
@yes_option
@json_option
@data_option
def command(
    agent: str | None,
    ticket: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    data: Path | None,
) -> int:
    """Erase an agent or a ticket; reports count what they counted, and the chain still holds.

    Of an agent the name goes, and their notes and feedback. Of a ticket its name, its facts, every
    answer that is a number or a date or that the agent did not choose, and what was noted on its
    walks. Unfinished walks are abandoned first. Damaged originals in damaged/ are only told.

    A journal that a running process writes is done when that process ends. Without --agent and
    --ticket, goes on with what is not done yet. What was shipped to the team's store is erased
    there, by `sopguide db erase`.

    \b
    Examples:
      sopguide log erase --agent ann --dry-run
      sopguide log erase --agent ann
      sopguide log erase --ticket T-48812 --yes --json
    """
    from sopguide.log.erasures import go_on, put_down

    if agent is not None and ticket is not None:
        raise UserError("--agent and --ticket are two erasures", "erase one after the other")
    folder = open_folder(data)
    damages: list[Damage] = []
    found: Extent | None = None
    if agent is not None or ticket is not None:
        subject, found = _measure(folder, agent, ticket, damages)
        _tell_extent(found, as_json and dry_run)
        if dry_run:
            return report_damages(damages)
        if found.counts() and any(found.counts().values()):
            agree(yes, "Erase this for good?")
            put_down(folder, subject, found.counts())
    elif dry_run:
        raise UserError("nothing to look for", "name --agent or --ticket")
    gone = go_on(folder, damages)
    return _tell_gone(folder, gone, damages, as_json)


def _measure(
    folder: DataFolder, agent: str | None, ticket: str | None, damages: list[Damage]
) -> tuple[Subject, Extent]:
    import time
    from dataclasses import replace

    from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject, extent
    from sopguide.log.local import LocalLog
    from sopguide.log.remarks import Remarks

    with LocalLog(folder.root) as log:  # what ended is folded, and put away
        value = agent if agent is not None else log.ticket_hash(ticket or "")
    by = BY_TICKET if agent is None else BY_AGENT
    subject = Subject(by, value, time.time_ns() // 1_000_000)
    found = extent(folder, Remarks(folder.remarks), subject, damages)
    return replace(subject, walks=frozenset(found.walks)), found


def _tell_extent(found: Extent, as_json: bool) -> None:
    from sopguide.cli.lines import count

    if as_json:
        echo_json([{"dry_run": True, **found.counts()}])
        return
    counts = found.counts()
    told = ", ".join(count(counts[name], name[:-1]) for name in counts)
    click.echo(f"to erase: {told}" if any(counts.values()) else "nothing to erase", err=True)


def _tell_gone(folder: DataFolder, gone: list[Gone], damages: list[Damage], as_json: bool) -> Exit:
    from sopguide.log.erasing import still_in
    from sopguide.log.erasures import under_way
    from sopguide.log.team.address import is_named

    waiting = {erasure.id for erasure in under_way(folder, damages)}
    left = [path for each in gone for path in still_in(folder, each.erasure.subject)]
    if as_json:
        echo_json(_json(each, done=each.erasure.id not in waiting) for each in gone)
    for each in gone:
        if each.erasure.id not in waiting and not as_json:
            click.echo("erased; `sopguide log acts` shows that it was done", err=True)
            if is_named(folder.root):
                click.echo("what was shipped is erased by `sopguide db erase`", err=True)
        for name in each.held:
            tell(f"{name} is being written: what is in it goes when that process ends")
    for path in left:
        tell(f"{path} was set aside as damaged and still names it: delete it when looked into")
    found = report_damages(damages)
    return Exit.FINDINGS if waiting or left else found


def _json(gone: Gone, *, done: bool) -> dict[str, Any]:
    erasure = gone.erasure
    return {
        "erasure": erasure.id,
        "by": erasure.subject.by,
        "done": done,
        **erasure.counts,
        "held": list(gone.held),
    }
