"""What may still come: the outcomes a walk can end in from here, and how many questions at most.

The steps ahead are gone through with what is known and will stay so: where a rule is settled by it,
only that way is followed; where it is not, all are. What later answers have to do with each other
is not looked at, so more may be told than comes true, and never less.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sopguide.walk.beyond import outcomes_beyond
from sopguide.walk.outcome import ENDS, Outcome
from sopguide.walk.path import AGENT, acts_of
from sopguide.walk.search import Search, Unbounded
from sopguide.walk.walk import Walk

BUDGET = 300
"""So many steps are gone through for one answer to "what may come?"."""


@dataclass(frozen=True, slots=True)
class AheadOutcome:
    """Outcomes that may be reached: how they end, whom they hand off to, how many there are."""

    end: str
    to: str | None
    count: int


class Ahead(NamedTuple):
    """What may come: `questions` counts the one that is asked now, instructions and waits too.

    It is None where there is no bound: the procedure may go round, or is too long to say.
    `answered` is how many the agent has answered so far. `to_wait` are the questions until the
    walk ends or somebody else's turn comes, which most loops lead through; None likewise.
    """

    outcomes: tuple[AheadOutcome, ...]
    questions: int | None
    answered: int
    to_wait: int | None


def ahead(walk: Walk, budget: int = BUDGET) -> Ahead:
    """Return what may come from where a walk stands."""
    answered = acts_of(walk.trail.backwards())
    if not walk.is_open:
        reached = [] if walk.outcome is None else [walk.outcome]
        return Ahead(_counted(reached), 0, answered, 0)
    known, forced = _stays_known(walk), frozenset[str]()
    sure = known.keys()
    left = budget
    while True:
        search = Search(walk, known, sure, forced, left)
        try:
            search.go()
        except Unbounded:
            return Ahead(_counted(outcomes_beyond(walk)), None, answered, None)
        changes = search.changes & known.keys()
        if not changes and search.forced <= forced:
            return Ahead(_counted(search.outcomes), search.questions, answered, search.to_wait)
        known = {key: value for key, value in known.items() if key not in changes}
        forced |= search.forced
        left = search.left


def _stays_known(walk: Walk) -> Mapping[str, Any]:
    """Return what is known, without what a limit may still rule out."""
    sources = walk.state.sources
    shaky = {key for key, _ in walk.procedure.relative_limits if sources.get(key) != AGENT}
    if not shaky & walk.facts.keys():
        return walk.facts
    return {key: value for key, value in walk.facts.items() if key not in shaky}


def _counted(outcomes: Iterable[Outcome]) -> tuple[AheadOutcome, ...]:
    counts: dict[tuple[int, str], int] = {}
    for one in outcomes:
        key = (ENDS.index(one.end), one.escalate.to if one.escalate else "")
        counts[key] = counts.get(key, 0) + 1
    return tuple(
        AheadOutcome(ENDS[place], to or None, count)
        for (place, to), count in sorted(counts.items())
    )
