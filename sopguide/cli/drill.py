"""`sopguide drill`: practise on scenarios, and see who is ready.

The ticket is shown as it would come in; the procedure asks, line by line, without help or policy
references; then it is said what was right, and where the path left the scenario's.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

import click

from sopguide.cli.drill_lines import grade_lines, results_lines, ticket_lines
from sopguide.cli.exits import Exit, UserError
from sopguide.cli.jsontext import echo_json
from sopguide.cli.lines import line
from sopguide.cli.options import (
    data_option,
    find_data,
    find_sop,
    language_option,
    open_library,
    speak,
    trees_option,
)
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sopguide.drill.grading import Grade
    from sopguide.drill.session import Exercise
    from sopguide.graph.library import Library
    from sopguide.log.local import LocalLog
    from sopguide.review.scenarios import Scenario


@click.command("drill")
@click.argument("sop", required=False)
@trees_option
@data_option
@click.option("--count", type=click.IntRange(1), default=5, show_default=True, help="How many.")
@click.option("--seed", type=int, help="The order of the scenarios; the same seed, the same order.")
@language_option
@click.option("--results", is_flag=True, help="Show a table by person and SOP instead.")
@click.option("--json", "as_json", is_flag=True, help="The results as one JSON object.")
def command(
    sop: str | None,
    trees: Path | None,
    data: Path | None,
    count: int,
    seed: int | None,
    language: str | None,
    *,
    results: bool,
    as_json: bool,
) -> int:
    """Practise on scenarios, and see who is ready.

    Scenarios of SOP, else of all procedures, mixed. Each drill is scored: 55 for the right macro
    and label, 30 for the path, 15 for the time. An error at a critical step fails it.

    \b
    Examples:
      sopguide drill account/hacked
      sopguide drill --count 10 --seed 7
      sopguide drill account/hacked --language es
      sopguide drill --results
    """
    from sopguide.log.team.background import walk_log

    if as_json and not results:
        raise UserError("--json goes with --results")
    with walk_log(find_data(data)) as log:
        if results:
            return _show_results(log, sop, as_json=as_json)
        library = open_library(trees)
        reads = _language(library, language)
        return _drill(log, library, sop, count, seed, reads)


def _language(library: Library, given: str | None) -> str:
    from sopguide.desk.settings import find_config, read_settings

    return speak(library, given, read_settings(find_config()).language)


def _drill(
    log: LocalLog,
    library: Library,
    sop: str | None,
    count: int,
    seed: int | None,
    language: str,
) -> int:
    from sopguide.drill.results import drills, usual_seconds
    from sopguide.drill.session import exercises, shuffled
    from sopguide.log.wanted import Wanted

    ready, failing = exercises(library, _scenarios(library, sop), datetime.now(UTC))
    for scenario in failing:
        told = _("left out, since it fails its own test: {scenario}")
        click.echo(line(told.format(scenario=f"{scenario.sop}: {scenario.name}")), err=True)
    if not ready:
        raise UserError(f"there is nothing to drill in {sop or library.root}")
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    chosen = shuffled(ready, seed)[:count]
    usual = usual_seconds(drills(log.walks(Wanted(mode="drill"))))
    grades = list(_walk_all(log, chosen, usual, language))
    if grades:
        right, middle = sum(grade.right for grade in grades), median(g.score for g in grades)
        told = _("{n} drilled, {right} right, median score {middle} (seed {seed})")
        click.echo(told.format(n=len(grades), right=right, middle=f"{middle:g}", seed=seed))
    return Exit.OK


def _scenarios(library: Library, sop: str | None) -> dict[str, list[Scenario]]:
    from sopguide.review.suite import scenarios_of

    wanted = find_sop(library, sop).id if sop else None
    if wanted and not library.sops[wanted].walkable:
        raise UserError(f"`{wanted}` has errors", "sopguide check shows them")
    found = scenarios_of(library, lambda scenario: wanted in (None, scenario.sop))
    return {sop: some for sop, some in found.items() if library.sops[sop].walkable}


def _walk_all(
    log: LocalLog, chosen: list[Exercise], usual: Mapping[str, float], language: str
) -> Iterator[Grade]:
    """Drill one after another, until the trainee leaves."""
    from sopguide.cli.plain import walk_plain
    from sopguide.cli.plain_desk import Lines
    from sopguide.drill.grading import digest
    from sopguide.drill.session import DrillWalk
    from sopguide.log.identity import current_identity

    lines = Lines()
    for place, exercise in enumerate(chosen, start=1):
        scenario = exercise.scenario
        drill = DrillWalk.of(
            exercise,
            log,
            current_identity(),
            expected_seconds=usual.get(digest(scenario)),
            language=language,
        )
        lines.say(_("Drill {n} of {all}").format(n=place, all=len(chosen)))
        for text in ticket_lines(scenario.ticket):
            lines.say(text)
        try:
            walk_plain(drill, lines.ask, lines.say)
        except (KeyboardInterrupt, click.Abort):
            drill.suspend()
            raise
        if drill.grade is None:
            return
        for text in grade_lines(drill.grade):
            lines.say(text)
        yield drill.grade


def _show_results(log: LocalLog, sop: str | None, *, as_json: bool) -> int:
    from sopguide.drill.results import drills, table
    from sopguide.log.wanted import Wanted

    found = drills(log.walks(Wanted(mode="drill", sop=sop)))
    rows = table(found)
    if as_json:
        echo_json([{"results": [one.to_json() for one in rows]}])
        return Exit.OK
    if not rows:
        of = f" of `{sop}`" if sop else ""
        click.echo(f"no drills{of} yet; `sopguide drill` begins one", err=True)
    for text in results_lines(rows):
        click.echo(text)
    return Exit.OK
