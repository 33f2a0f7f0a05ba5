"""Going back: to what the agent answered last, or to any passage where a person can be asked.

Later answers are kept, and given again by themselves where the walk comes to their question once
more and they still fit.
"""

from dataclasses import replace

from sopguide.phrases import Phrase
from sopguide.walk.events import STEP_BACK, STEP_SHOWN, TRIED_OUT, Event, Moment
from sopguide.walk.outcome import recommend
from sopguide.walk.path import Passage, Place
from sopguide.walk.private import carry_over
from sopguide.walk.starting import set_out
from sopguide.walk.walk import Turn, Walk


def go_back(walk: Walk, *, at: Moment, to: int | None = None) -> Turn:
    """Go back to a passage of the path, by its index, or to what the agent answered last."""
    path = walk.path
    if walk.overruled is not None and to in (None, len(path) - 1):
        return _returned(walk, replace(walk, overruled=None), at)
    index = _last_act(path) if to is None else to
    if index is None or not 0 <= index < len(path) or not path[index].can_return:
        return Turn(walk, (), Phrase("there is nothing to go back to"))
    later = {passage.place: passage.answer for passage in path[index:] if passage.is_act}
    stood = _standing_at(walk, index, path[index].place)
    return _returned(walk, replace(stood, kept={**walk.kept, **later}), at)


def index_of(walk: Walk, place: Place) -> int | None:
    """Return the index of a place in the path."""
    for index, passage in enumerate(walk.path):
        if passage.place == place:
            return index
    return None


def stand(walk: Walk, how: str, at: Moment) -> tuple[Event, ...]:
    """Return the events that say where a walk stands again, and how it came to."""
    step, visit, fact = walk.place
    where = {"step": step, "visit": visit} | ({"fact": fact} if fact else {})
    events = [Event(how, where, at), Event(STEP_SHOWN, {"step": step, "visit": visit}, at)]
    if walk.overruled is None and walk.recommended is not None:
        events.append(recommend(walk.step, at))
    return tuple(events)


def _last_act(path: tuple[Passage, ...]) -> int | None:
    for index in range(len(path) - 1, -1, -1):
        if path[index].is_act and path[index].can_return:
            return index
    return None


def _standing_at(walk: Walk, index: int, place: Place) -> Walk:
    """Return the walk as it stood, or would have stood, at a place of its path."""
    after = walk
    for earlier in walk.earlier():
        trail = earlier.trail
        open_here = trail.passage.place == place and not trail.passage.answered
        if trail.length == index + 1 and open_here:
            return earlier
        if trail.length <= index:
            break
        after = earlier
    else:
        return set_out(walk.procedure, walk.origin, walk.held | {place}, TRIED_OUT)[0]
    held = replace(earlier, kept={}, held=earlier.held | {place})
    return held.answer(after.choice, at=TRIED_OUT).walk


def _returned(walk: Walk, stood: Walk, at: Moment) -> Turn:
    back = replace(carry_over(walk, stood), undo_to=walk, redo_to=None)
    return Turn(back, stand(back, STEP_BACK, at))
