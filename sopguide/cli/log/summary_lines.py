"""The text of `sopguide log summary`: how the walks of an SOP came out, then how long they took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli.lines import count, line, minutes
from sopguide.cli.table import NAMES, named, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopguide.review.summary import OutcomeKey, PathRow, SopSummary, StepRow, TeamRow
    from sopguide.review.summary_figures import Share, Spread

_DASH = "\N{EN DASH}"
_THEN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
_MOST_VERSIONS = 4
_STEP_HEAD = ("step", "median", "p90", "answered", "back", "help")


def summary_lines(found: SopSummary) -> Iterator[str]:
    """One SOP in one mode, and an empty line."""
    whole = found.whole
    mode = "" if found.mode == "live" else f" · {found.mode}"
    yield line(f"{found.sop}{mode} · version {', '.join(found.versions[:_MOST_VERSIONS])}")
    ways = f"{whole.completed} completed, {whole.abandoned} abandoned, {found.open} unfinished"
    walks, agents = count(whole.walks, "walk"), count(whole.agents, "agent")
    yield from named("walks", f"{walks} by {agents}: {ways}")
    yield from _listed("outcomes", [_outcome(*each) for each in found.outcomes])
    why = ", ".join(f"{reason} {times}" for reason, times in found.reasons)
    reasons = f": {why}" if why else ""
    yield from named("overrides", f"{_share(whole.overridden)} other than recommended{reasons}")
    if found.missed:
        which = ", ".join(f"{clock} {walks}" for clock, walks in found.missed)
        yield from named("clocks", f"missed in {_share(found.late)}: {which}")
    per_100 = found.backs_per_100_answers
    often = "" if per_100 is None else f"; {per_100:.1f} per 100 answers"
    yield from named("back-steps", f"in {_share(whole.went_back)} completed walks{often}")
    yield from named("walk time", _spread(whole.time))
    yield from _listed("paths", [_path(row) for row in found.paths])
    if found.more_paths:
        yield from named("", f"… and {count(found.more_paths, 'path')} more")
    if found.slowest:
        rows = [_STEP_HEAD, *map(_step, found.slowest)]
        yield from _listed("slowest", rows, right=range(1, len(_STEP_HEAD) - 1))
    if len(found.teams) > 1:
        yield from _listed("teams", [_team(row) for row in found.teams])
    yield ""


def _outcome(key: OutcomeKey, share: Share) -> tuple[str, ...]:
    end, macro, label, to = key
    parts = (end, label, macro, to and f"to {to}")
    return _share(share), " · ".join(part for part in parts if part)


def _path(row: PathRow) -> tuple[str, ...]:
    part = f"{row.walks.part or 0:.0%}"
    return f"{row.walks.number}", part, _median(row.time), _THEN.join(_shortened(row.path))


def _shortened(path: Sequence[str]) -> Iterator[str]:
    """Steps of a sub-procedure bear its name only where the path enters it."""
    within = ""
    for step in path:
        sop, dot, _ = step.partition("=")[0].rpartition(".")
        yield step[len(sop) :] if dot and sop == within else step
        within = sop


def _step(row: StepRow) -> tuple[str, ...]:
    median, p90 = minutes(row.dwell.median), minutes(row.dwell.p90)
    return row.step, median, p90, str(row.answered), str(row.back), str(row.help)


def _team(team: TeamRow) -> tuple[str, ...]:
    return (
        team.vendor,
        f"{team.completed} of {team.walks} completed",
        f"{team.overridden.number} overridden",
        f"{team.went_back.number} went back",
        f"median {_median(team.time)}",
    )


def _share(share: Share) -> str:
    if share.part is None:
        return f"{_DASH} of 0"
    low, high = share.interval()
    return f"{share.number} of {share.of} ({share.part:.0%}, {low * 100:.0f}{_DASH}{high:.0%})"


def _spread(time: Spread | None) -> str:
    if time is None:
        return "nothing completed yet"
    return f"median {minutes(time.median)}, p90 {minutes(time.p90)} at work (not AHT)"


def _median(time: Spread | None) -> str:
    return _DASH if time is None else minutes(time.median)


def _listed(name: str, rows: Sequence[tuple[str, ...]], right: Iterable[int] = ()) -> Iterator[str]:
    """A table beside a name."""
    for place, text in enumerate(table(rows, right, indent=NAMES + 4)):
        yield f"  {name if place == 0 else '':<{NAMES}}  {text}"
