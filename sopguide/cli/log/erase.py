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
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sopguide.log.erasing import Extent, Subject
    from sopguide.log.erasures import Gone
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder


@click.command("erase")
@erasing
@click.option("--damaged", is_flag=True, help="Delete what names it in damaged/, too.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    subjects: Callable[[], list[Subject]],
    damaged: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    data: Path | None,
) -> int:
    """Erase an agent or a ticket; reports count what they counted, and the chain still holds.

    Of an agent the name goes, and their notes and feedback. Of a ticket its name, its facts, every
    answer that is a number or a date or that the agent did not choose, and what was noted on its
    walks. Unfinished walks are abandoned first. Originals in damaged/ that name it are told, and
    deleted with --damaged; so are imported logs, which `sopguide log imports --remove` takes away.

    A journal that a running process writes is done when that process ends. Without --agent and
    --ticket, goes on with what is not done yet. What was shipped to the team's store is erased
    there, by `sopguide db erase`.

    \b
    Examples:
      sopguide log erase --agent ann --dry-run
      sopguide log erase --agent ann --damaged
      sopguide log erase --ticket T-48812 --yes --json
    """
    from sopguide.log.erasures import go_on, put_down

    asked = subjects()
    if not asked and dry_run:
        raise UserError("nothing to look for", "name --agent or --ticket")
    folder = open_folder(data)
    damages: list[Damage] = []
    left = _Left(folder, ctx.params["agent"] or ctx.params["ticket"])
    if asked:
        found = [_measure(folder, subject, damages) for subject in asked]
        for subject, _ in found:
            left.look_for(subject)
        _tell_extent([each for _, each in found], as_json and dry_run)
        if dry_run:
            return left.tell(report(damages))
        there = [(subject, each) for subject, each in found if any(each.counts().values())]
        if there or (damaged and left.originals):
            agree(yes, "Erase this for good?")
        for subject, extent in there:
            put_down(folder, subject, extent.counts())
    gone = go_on(folder, damages)
    for each in gone:
        left.look_for(each.erasure.subject)
    if damaged:
        left.delete()
    return left.tell(_tell_gone(folder, gone, damages, as_json))


def _measure(folder: DataFolder, subject: Subject, damages: list[Damage]) -> tuple[Subject, Extent]:
    """How much there is, and the subject with the walks that it is found in."""
    from dataclasses import replace

    from sopguide.log.erasing import extent
    from sopguide.log.local import LocalLog
    from sopguide.log.remarks import Remarks

    LocalLog(folder.root).close()  # what ended is folded, and put away
    found = extent(folder, Remarks(folder.remarks), subject, damages)
    return replace(subject, walks=frozenset(found.walks)), found


def _tell_extent(found: Sequence[Extent], as_json: bool) -> None:
    """All of it; under each key of a ticket there are other walks."""
    counts = {name: sum(each.counts()[name] for each in found) for name in found[0].counts()}
    if as_json:
        echo_json([{"dry_run": True, **counts}])
        return
    told = ", ".join(count(counts[name], name[:-1]) for name in counts)
    click.echo(f"to erase: {told}" if any(counts.values()) else "nothing to erase", err=True)


def _tell_gone(folder: DataFolder, gone: list[Gone], damages: list[Damage], as_json: bool) -> Exit:
    from sopguide.log.erasures import under_way
    from sopguide.log.team.address import is_named

    waiting = {erasure.id for erasure in under_way(folder, damages)}
    if as_json:
        echo_json(_json(each, done=each.erasure.id not in waiting) for each in gone)
    if not as_json and any(each.erasure.id not in waiting for each in gone):
        click.echo("erased; `sopguide log acts` shows that it was done", err=True)
        if is_named(folder.root):
            click.echo("what was shipped is erased by `sopguide db erase`", err=True)
    for each in gone:
        for name in each.held:
            tell(f"{name} is being written: what is in it goes when that process ends")
    found = report(damages)
    return Exit.FINDINGS if waiting else found


class _Left:
    """What still names whom or what is erased, and is no part of the log."""

    def __init__(self, folder: DataFolder, named: str | None) -> None:
        self._folder = folder
        self._named = named
        self.originals: dict[Path, Subject] = {}

    def look_for(self, subject: Subject) -> None:
        from sopguide.log.elsewhere import originals_naming

        for path in originals_naming(self._folder, subject):
            self.originals.setdefault(path, subject)

    def delete(self) -> None:
        from sopguide.log.elsewhere import delete_originals

        for subject in dict.fromkeys(self.originals.values()):
            its = [path for path, of in self.originals.items() if of == subject]
            delete_originals(self._folder, subject, its)
        self.originals = {}

    def tell(self, found: Exit) -> Exit:
        """Told for the person to see to; `found` is what all else came to."""
        from sopguide.log.elsewhere import imports_naming, may_sign_in

        imports = [] if self._named is None else imports_naming(self._folder, self._named)
        signs_in = self._named is not None and may_sign_in(self._folder, self._named)
        for path in self.originals:
            tell(f"{path} was set aside as damaged and names it: --damaged deletes it")
        for name in imports:
            what = f"the imported log `{name}` names it"
            tell(f"{what}: `sopguide log imports --remove {name}` takes it away")
        if signs_in:
            what = f"{self._folder.users} lets them sign in"
            tell(f"{what}: `sopguide serve user remove {self._named}` ends that")
        return Exit.FINDINGS if self.originals or imports or signs_in else found


def _json(gone: Gone, *, done: bool) -> dict[str, Any]:
    erasure = gone.erasure
    return {
        "erasure": erasure.id,
        "by": erasure.subject.by,
        "done": done,
        **erasure.counts,
        "held": list(gone.held),
    }
