"""`sopguide log erase`: an agent or a ticket taken out of the log, chain and counts left whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError, tell
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import count
from sopguide.cli.log.agreeing import agree
from sopguide.cli.log.erasing import erasing
from sopguide.cli.log.opening import open_folder, report

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.erasing import Extent, Subject
    from sopguide.log.erasures import Gone
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder


@click.command("erase")
@erasing
def command(
    subject: Subject | None, dry_run: bool, yes: bool, as_json: bool, data: Path | None
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

    if subject is None and dry_run:
        raise UserError("nothing to look for", "name --agent or --ticket")
    folder = open_folder(data)
    damages: list[Damage] = []
    if subject is not None:
        subject, found = _measure(folder, subject, damages)
        _tell_extent(found, as_json and dry_run)
        if dry_run:
            return report(damages)
        if any(found.counts().values()):
            agree(yes, "Erase this for good?")
            put_down(folder, subject, found.counts())
    gone = go_on(folder, damages)
    return _tell_gone(folder, gone, damages, as_json)


def _measure(folder: DataFolder, subject: Subject, damages: list[Damage]) -> tuple[Subject, Extent]:
    """How much there is, and the subject with the walks that it is found in."""
    from dataclasses import replace

    from sopguide.log.erasing import extent
    from sopguide.log.local import LocalLog
    from sopguide.log.remarks import Remarks

    LocalLog(folder.root).close()  # what ended is folded, and put away
    found = extent(folder, Remarks(folder.remarks), subject, damages)
    return replace(subject, walks=frozenset(found.walks)), found


def _tell_extent(found: Extent, as_json: bool) -> None:
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
    found = report(damages)
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
