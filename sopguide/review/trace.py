"""What a walk passed through: for every step it left, by which answer and by which rule.

The log names no rules, since their places change when an SOP is edited. They are found again by
holding the rules against the facts that the walk knew there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.review.routes import Place, Route
    from sopguide.walk.path import Passage
    from sopguide.walk.walk import Walk


class Leaving(NamedTuple):
    """A step that a walk came to; how it went on, where it did."""

    place: Place
    answer: Any
    by: str
    route: Route | None
    to: str | None
    """The step that came next."""
    walk: Walk
    """What was known when the step was left."""

    @property
    def because(self) -> tuple[str, ...]:
        """The reasons written at the step, at the answer and at the rule."""
        answers = {one["id"]: one for one in self.place.form.get("answers", ())}
        given = answers.get(self.answer, {}) if isinstance(self.answer, str) else {}
        rule = self.route.because if self.route else ()
        return (*self.place.form.get("because", ()), *given.get("because", ()), *rule)


class _Visit(NamedTuple):
    """All passages of one visit to a step: the facts that rules asked for, then its own."""

    first: int
    passages: Sequence[Passage]

    @property
    def step(self) -> str:
        return self.passages[0].step

    @property
    def own(self) -> Passage:
        return next((one for one in self.passages if not one.asked), self.passages[-1])


def trace(walk: Walk, found: Mapping[str, Place]) -> Iterator[Leaving]:
    """Every step of the walk's path, in order."""
    visits = list(_visits(walk.path))
    walks = list(walk.earlier())[::-1]
    callers: list[Place] = []
    for visit, after in zip(visits, [*visits[1:], None], strict=True):
        place, own = found[visit.step], visit.own
        if after is None:
            yield Leaving(place, own.answer, own.by, None, None, walk)
            return
        known = _walk_at(walks, after.first)
        if place.kind == "run":
            callers.append(place)
            yield Leaving(place, None, own.by, None, after.step, known)
        elif place.kind == "return":
            yield Leaving(place, None, own.by, None, after.step, known)
            caller, name = callers.pop(), place.form["return"]
            route = _route(known, caller, name, after.step)
            yield Leaving(caller, name, own.by, route, after.step, known)
        else:
            route = _route(known, place, own.answer, after.step)
            yield Leaving(place, own.answer, own.by, route, after.step, known)


def _visits(path: Sequence[Passage]) -> Iterator[_Visit]:
    first = 0
    for place in range(1, len(path) + 1):
        here = (path[first].step, path[first].visit)
        if place == len(path) or (path[place].step, path[place].visit) != here:
            yield _Visit(first, path[first:place])
            first = place


def _walk_at(walks: Sequence[Walk], index: int) -> Walk:
    """The earliest of the walks whose path has come so far: it knew what the rules then saw."""
    return next(walk for walk in walks if _length(walk) > index)


def _length(walk: Walk) -> int:
    return walk.state.trail.length if walk.state.trail else 0


def _route(walk: Walk, place: Place, answer: Any, to: str) -> Route | None:
    """The way that was taken: of those by this answer to that step, the first whose rule held."""
    named = [route for route in place.routes if route.answer is not None and route.answer == answer]
    ways = named or [route for route in place.routes if route.answer is None]
    going = [route for route in ways if route.to == to]
    if len(going) < 2:  # noqa: PLR2004 (nothing to choose from)
        return going[0] if going else None
    return next(route for route in going if _holds(walk, place, route))


def _holds(walk: Walk, place: Place, route: Route) -> bool:
    if route.condition is None:
        return True
    test = walk.procedure.part(place.sop).linker.condition(route.condition)
    return test(walk.facts) is True
