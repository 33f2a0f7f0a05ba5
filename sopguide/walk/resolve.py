"""Walking without a person: the facts and answers of one case in, where it ends out.

Instructions count as done; at a wait the next answer is `reply` or `timeout`.
Scenarios, batches and drills all run their cases through here.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sopguide.walk.answering import DONE
from sopguide.walk.case_answers import Answers, Source, answers_from
from sopguide.walk.events import TRIED_OUT
from sopguide.walk.procedure import Procedure
from sopguide.walk.resolution import INVALID, NEEDS, WAITING, Resolution
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given, hold_to_limits
from sopguide.walk.walk import DO, ENDED, STUCK, WAIT, Walk

if TYPE_CHECKING:
    from sopguide.walk.state import Frame

_MOST_DONE = 100


def resolve(
    procedure: Procedure,
    given: Given,
    answers: Answers | None = None,
    *,
    now: datetime,
    strict: bool = False,
) -> Resolution:
    """Walk one case as far as its answers carry.

    `answers` is a mapping by step id or fact name, each entry used once, or a list
    in the order asked, in which nothing may be left over. With `strict`, a given
    fact that does not fit ends the case; else it is asked for, as on a desk.
    """
    given = hold_to_limits(given, procedure, now)
    if strict and given.misfits:
        misfit = given.misfits[0]
        faults = "; ".join(misfit.fault.in_full() for misfit in given.misfits)
        return Resolution(INVALID, fact=misfit.name, reason=faults)
    source = answers_from(answers)
    walk, status, reason = _carry(start(procedure, given, now=now, at=TRIED_OUT).walk, source)
    left = source.left_over()
    if status == ENDED and left:
        status, reason = INVALID, f"{_count(left)} left over when the walk had ended"
    return Resolution.of(walk, status, reason)


class _Rounds:
    """Tells instructions that repeat without anything else happening in between."""

    def __init__(self) -> None:
        self._stood: dict[Frame, list[Walk]] = {}

    def is_new(self, walk: Walk) -> bool:
        """Tell whether the walk has not stood here, knowing the same, since the last answer."""
        stood = self._stood.setdefault(walk.state.frame, [])
        if len(stood) >= _MOST_DONE or any(before.facts == walk.facts for before in stood):
            return False
        stood.append(walk)
        return True


def _carry(walk: Walk, source: Source) -> tuple[Walk, str, str | None]:
    """Answer until nothing more is asked or there is no answer: where that is, and why."""
    rounds = _Rounds()
    while walk.is_open:
        if walk.status == DO:
            if not rounds.is_new(walk):
                where = f"at step `{walk.step.ref}`"
                return walk, STUCK, f"{where}: these steps go round without end"
            walk = walk.answer(DONE, at=TRIED_OUT).walk
            continue
        found = source.take(walk)
        if found is None:
            return walk, WAITING if walk.status == WAIT else NEEDS, None
        turn = walk.answer(found[0], at=TRIED_OUT)
        if turn.refused is not None:
            return walk, INVALID, turn.refused
        walk = turn.walk
        rounds = _Rounds()
    return walk, walk.status, walk.reason


def _count(answers: int) -> str:
    return "1 answer was" if answers == 1 else f"{answers} answers were"
