"""`sopguide review`: what agents say about procedures, for those who own them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.lines import line, when
from sopguide.cli.log.options import moment, team_option
from sopguide.cli.options import data_option, open_library, trees_option
from sopguide.cli.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.protocol import PathLog
    from sopguide.review.feedback import StepFeedback


@click.group("review")
def command() -> None:
    """Read what agents say about procedures.

    \b
    Examples:
      sopguide review feedback                          all of it, the most remarked step first
      sopguide review feedback --owner account-integrity --since 7d
    """


@command.command("feedback", short_help="Feedback on steps, by owner or SOP.")
@click.option("--owner", metavar="OWNER", help="Only steps of procedures that they own.")
@click.option("--sop", metavar="SOP", help="Only this SOP, or steps it runs elsewhere.")
@click.option(
    "--since",
    metavar="WHEN",
    callback=moment,
    help="Only what was said since: 2026-11-01, 7d, 12h.",
)
@team_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a step.")
@trees_option
@data_option
def feedback(
    owner: str | None,
    sop: str | None,
    since: int | None,
    team: bool,
    as_json: bool,
    trees: Path | None,
    data: Path | None,
) -> int:
    """Show what agents said about steps: unclear, wrong, missing answer, outdated.

    It was redacted before it was kept: what could tell who somebody is shows as its kind in
    brackets. A step that a sub-procedure brings along belongs to that procedure's owner.

    \b
    Examples:
      sopguide review feedback --sop account/hacked
      sopguide review feedback --owner payments --json
    """
    from sopguide.cli.jsontext import write_json
    from sopguide.cli.log.opening import open_path_log, report
    from sopguide.log.remarks import FEEDBACK
    from sopguide.review.feedback import gather

    sops = open_library(trees).sops
    with open_path_log(data, team=team) as log:
        said = [remark for remark in log.remarks.all(FEEDBACK) if remark.at >= (since or 0)]
        found = gather(said, sops, lambda name: _form(log, name), owner=owner, sop=sop)
        for step in found:
            if as_json:
                click.echo(write_json(step.to_json()))
                continue
            for text in _lines(step):
                click.echo(text)
        if not found:
            click.echo("no such feedback", err=True)
        return report(log.damages())


def _form(log: PathLog, name: str) -> dict[str, Any] | None:
    from sopguide.log.faults import LogError
    from sopguide.log.jsontext import loads

    try:
        found = loads(log.form(name))
    except (LogError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _lines(step: StepFeedback) -> Iterator[str]:
    about = ", ".join(f"{code} {times}" for code, times in step.about)
    yield line(f"{step.sop} · {step.step} · {step.owner}: {about}")
    if step.wording:
        yield from table([("", step.wording)])
    rows = []
    for remark in step.remarks:
        version = f"{remark.version}{' (changed since)' if remark.id in step.changed else ''}"
        who = remark.agent if remark.mode == "live" else f"{remark.agent} ({remark.mode})"
        said = " ".join(remark.text.split())
        rows.append(("  ", when(remark.at), str(remark.about), who, version, said))
    yield from table(rows)
    yield ""
