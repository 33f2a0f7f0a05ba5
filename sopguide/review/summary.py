"""Where procedures and people go wrong: walks summed up by SOP.

Time never stands alone: beside it are outcomes, overrides and back-steps,
for those who hurry must not look better than those who decide rightly. Drills
are summed up apart from live walks. What is counted, and how, is said in
`summary_walk.py`; further definitions:

- **Handled**: walks that were completed. Times, outcomes, paths and back-steps
  are of these alone.
- **Back-steps**: completed walks with at least one, and the number for each
  100 answers that agents gave.
- **Override**: walks whose outcome the agent chose instead of the SOP's, be it at
  the end or before it, of those of which it is known who chose.
- **Late**: walks, finished or not, in which a time limit was seen to be missed, of all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.document import ABANDONED, COMPLETED, OPEN
from sopguide.review.summary_figures import Share, Spread, spread
from sopguide.review.summary_walk import StepTally, WalkTally
from sopguide.walk.events import CLOCK_MISSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sopguide.log.document import WalkDoc

LIVE = "live"
_MOST = 5  # paths and steps that are listed

OutcomeKey = tuple[str, str, str, str]  # end, macro, label, handed to


class PathRow(NamedTuple):
    """One effective path, and how long its walks took."""

    path: tuple[str, ...]
    walks: Share
    time: Spread | None


class StepRow(NamedTuple):
    """One step over all walks, going back and help included."""

    step: str
    answered: int
    back: int
    help: int
    dwell: Spread


class TeamRow(NamedTuple):
    """The walks of one vendor; in-house is one too."""

    vendor: str
    walks: int
    agents: int
    completed: int
    abandoned: int
    time: Spread | None
    went_back: Share
    overridden: Share


@dataclass(slots=True)
class _Walks:
    """Walks of one SOP, or of one vendor in it, as they come in."""

    statuses: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    versions: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[OutcomeKey] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    paths: dict[tuple[str, ...], list[float]] = field(default_factory=dict)
    steps: dict[str, StepTally] = field(default_factory=dict)
    went_back: int = 0
    backs: int = 0
    answers: int = 0
    overridden: Counter[str] = field(default_factory=Counter)  # by reason
    decided: int = 0
    missed: Counter[str] = field(default_factory=Counter)  # by clock
    late: int = 0

    def add(self, walk: WalkDoc, tally: WalkTally) -> None:
        self.statuses[walk.status] += 1
        self.agents.add(str(walk.head["agent"]))
        self.versions[str(walk.head["version"])] += 1
        clocks = {str(each["data"]["clock"]) for each in walk.events if _is_missed(each)}
        self.missed.update(clocks)
        self.late += bool(clocks)
        for step, found in tally.steps.items():
            self.steps.setdefault(step, StepTally()).add(found)
        if walk.status == COMPLETED:
            self._add_completed(walk, tally)

    def _add_completed(self, walk: WalkDoc, tally: WalkTally) -> None:
        if walk.outcome:
            self.outcomes[_key(walk.outcome)] += 1
        self.times.append(tally.time)
        self.paths.setdefault(tally.path, []).append(tally.time)
        self.went_back += tally.backs > 0
        self.backs += tally.backs
        self.answers += tally.answers
        if walk.overridden or (walk.recommended and walk.applied):
            self.decided += 1
        if walk.overridden:
            self.overridden[str(walk.overridden.get("reason"))] += 1

    def team(self, vendor: str) -> TeamRow:
        completed = self.statuses[COMPLETED]
        return TeamRow(
            vendor,
            self.statuses.total(),
            len(self.agents),
            completed,
            self.statuses[ABANDONED],
            spread(self.times),
            Share(self.went_back, completed),
            Share(self.overridden.total(), self.decided),
        )


@dataclass(frozen=True, slots=True)
class SopSummary:
    """All that is told of one SOP in one mode."""

    sop: str
    mode: str
    versions: tuple[str, ...]  # the most walked first
    whole: TeamRow
    open: int
    reasons: tuple[tuple[str, int], ...]  # of overrides, the commonest first
    late: Share  # walks in which a time limit was missed
    missed: tuple[tuple[str, int], ...]  # walks by the clock they missed, the commonest first
    outcomes: tuple[tuple[OutcomeKey, Share], ...]
    backs_per_100_answers: float | None
    paths: tuple[PathRow, ...]
    more_paths: int
    slowest: tuple[StepRow, ...]
    teams: tuple[TeamRow, ...]

    def to_json(self) -> dict[str, Any]:
        per_100 = self.backs_per_100_answers
        return {
            "sop": self.sop,
            "mode": self.mode,
            "versions": list(self.versions),
            **_team_json(self.whole),
            "unfinished": self.open,
            "override_reasons": dict(self.reasons),
            "late": self.late.to_json(),
            "clocks_missed": dict(self.missed),
            "outcomes": [
                {**dict(zip(("end", "macro", "label", "to"), key, strict=True)), **share.to_json()}
                for key, share in self.outcomes
            ],
            "backs_per_100_answers": None if per_100 is None else round(per_100, 2),
            "paths": [
                {"path": list(row.path), **row.walks.to_json(), "time": _time_json(row.time)}
                for row in self.paths
            ],
            "more_paths": self.more_paths,
            "slowest_steps": [
                {**row._asdict(), "dwell": row.dwell.to_json()} for row in self.slowest
            ],
            "teams": [{"vendor": team.vendor, **_team_json(team)} for team in self.teams],
        }


def summarise(walks: Iterable[WalkDoc]) -> list[SopSummary]:
    """One summary for each SOP and mode: live walks first, then by the SOP's id."""
    groups: dict[tuple[str, str], dict[str, _Walks]] = {}
    wholes: dict[tuple[str, str], _Walks] = {}
    for walk in walks:
        key, vendor = (walk.mode, walk.sop), str(walk.head["vendor"])
        tally = WalkTally(walk)
        wholes.setdefault(key, _Walks()).add(walk, tally)
        groups.setdefault(key, {}).setdefault(vendor, _Walks()).add(walk, tally)
    ordered = sorted(wholes, key=lambda key: (key[0] != LIVE, *key))
    return [_summary(*key, wholes[key], groups[key]) for key in ordered]


def _summary(mode: str, sop: str, whole: _Walks, teams: Mapping[str, _Walks]) -> SopSummary:
    completed = whole.statuses[COMPLETED]
    paths = sorted(whole.paths.items(), key=lambda found: (-len(found[1]), found[0]))
    outcomes = sorted(whole.outcomes.items(), key=lambda found: (-found[1], found[0]))
    return SopSummary(
        sop=sop,
        mode=mode,
        versions=tuple(version for version, _ in whole.versions.most_common()),
        whole=whole.team(""),
        open=whole.statuses[OPEN],
        reasons=tuple(whole.overridden.most_common()),
        late=Share(whole.late, whole.statuses.total()),
        missed=tuple(whole.missed.most_common()),
        outcomes=tuple((key, Share(count, completed)) for key, count in outcomes),
        backs_per_100_answers=100 * whole.backs / whole.answers if whole.answers else None,
        paths=tuple(
            PathRow(path, Share(len(times), completed), spread(times))
            for path, times in paths[:_MOST]
        ),
        more_paths=max(0, len(paths) - _MOST),
        slowest=_slowest(whole.steps),
        teams=tuple(teams[vendor].team(vendor) for vendor in sorted(teams)),
    )


def _slowest(steps: Mapping[str, StepTally]) -> tuple[StepRow, ...]:
    rows = [
        StepRow(step, tally.answered, tally.back, tally.help, dwell)
        for step, tally in steps.items()
        if (dwell := spread(tally.dwells)) is not None
    ]
    rows.sort(key=lambda row: (-row.dwell.median, row.step))
    return tuple(rows[:_MOST])


def _is_missed(event: Mapping[str, Any]) -> bool:
    return bool(event["type"] == CLOCK_MISSED)


def _key(outcome: Mapping[str, Any]) -> OutcomeKey:
    escalate = outcome.get("escalate") or {}
    texts = (outcome.get("end"), outcome.get("macro"), outcome.get("label"), escalate.get("to"))
    end, macro, label, to = (str(text or "") for text in texts)
    return end, macro, label, to


def _time_json(time: Spread | None) -> dict[str, Any] | None:
    return None if time is None else time.to_json()


def _team_json(team: TeamRow) -> dict[str, Any]:
    return {
        "walks": team.walks,
        "agents": team.agents,
        "completed": team.completed,
        "abandoned": team.abandoned,
        "time": _time_json(team.time),
        "went_back": team.went_back.to_json(),
        "overridden": team.overridden.to_json(),
    }
