"""Going back before it is done: which later answers each answer that could be given would keep.

Going back keeps what was answered later, and gives it again where the walk comes to its question
once more. Here that is tried out on the walk as a value; nothing is changed and nothing is logged.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sopguide.facts.fact import CHOICE, YES_NO
from sopguide.walk.back import go_back
from sopguide.walk.events import TRIED_OUT
from sopguide.walk.path import AGENT, Passage

if TYPE_CHECKING:
    from sopguide.walk.walk import Walk

MOST = 12
"""So many answers of a question are tried out at most."""

Say = Callable[[Passage], str]
"""The wording of the answer given at a passage."""


class Kept(NamedTuple):
    """An answer from before going back, which is given again where its question comes up."""

    step: str
    label: str
    answer: str


class Return(NamedTuple):
    """One answer that could be given there: which later ones it would keep, and which not.

    `now` is the answer that stands; what is `left` waits in case its question comes up after all.
    """

    answer: str
    now: bool
    stays: tuple[str, ...]
    left: tuple[str, ...]


def kept(walk: "Walk", say: Say) -> tuple[Kept, ...]:
    """Return the answers that wait for their question, in the order they were given."""
    found = []
    for place, answer in walk.kept.items():
        if place != walk.place:
            fact = place.fact or _fact_of(walk, place.step)
            passage = Passage(place.step, "ask", place.visit, AGENT, fact, answer, answered=True)
            passage = passage._replace(asked=bool(place.fact))
            found.append(Kept(place.step, passage.name, say(passage)))
    return tuple(found)


def returns(walk: "Walk", to: int, say: Say) -> tuple[Return, ...]:
    """Return what would come of going back to a passage of the path, for each answer there."""
    path = walk.path
    turn = go_back(walk, at=TRIED_OUT, to=to)
    if turn.refused is not None:
        return ()
    later = [each for each in path[to + 1 :] if each.is_act]
    here = path[to]
    found = []
    for answer in _answers(turn.walk, here):
        went = turn.walk.answer(answer, at=TRIED_OUT)
        if went.refused is None:
            again = {each.place for each in went.walk.path[to + 1 :] if each.kept}
            stays = tuple(each.name for each in later if each.place in again)
            left = tuple(each.name for each in later if each.place not in again)
            found.append(
                Return(say(here._replace(answer=answer)), answer == here.answer, stays, left)
            )
    return tuple(found)


def _answers(walk: "Walk", here: Passage) -> list[object]:
    """The answer that stands first, then the others that can be listed."""
    need = walk.need
    if need is None or need.type not in (CHOICE, YES_NO):
        return [here.answer]
    return [here.answer, *(value for value in need.values if value != here.answer)][:MOST]


def _fact_of(walk: "Walk", ref: str) -> str | None:
    part, step = walk.procedure.locate(ref)
    form = part.form["steps"].get(step, {})
    name = form.get("fact")
    return str(name) if name else None
