"""Loops that facts make endless: in steps that ask nothing, only what they set changes.

They may lead through sub-procedures, which begin with facts of their own each time.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sopguide.proof.diagrams import EVERYTHING, NOTHING
from sopguide.proof.explore import Explored, Explorer
from sopguide.proof.formulas import Formula
from sopguide.proof.steps import Given, Place, Rule
from sopguide.walk.events import TRIED_OUT
from sopguide.walk.walk import DO, STUCK, Walk

_TWICE = 2
_MOST_DONE = 500


def endless(
    explorer: Explorer, found: Explored, within: frozenset[Place] | None = None
) -> dict[Place, int]:
    """Return the combinations that go round for ever in steps that ask nothing.

    They are what is left of each loop when everything that can leave it has left; of one
    loop alone, those that stay `within` it.
    """
    asked = never_from_the_ticket(explorer)
    stay = {
        place: explorer.domain.space.both(combinations, asked)
        for place, combinations in found.rounds.items()
        if (within is None or place in within) and _goes_by_itself(explorer, place)
    }
    before: dict[Place, list[Place]] = {place: [] for place in stay}
    for place in stay:
        for after in explorer.places.onward[place]:
            if after in stay:
                before[after].append(place)
    waiting = dict.fromkeys(reversed(stay))
    while waiting:
        place = next(iter(waiting))
        del waiting[place]
        left = explorer.domain.space.both(stay[place], _staying(explorer, place, stay))
        if left != stay[place]:
            stay[place] = left
            waiting.update(dict.fromkeys(before[place]))
    return {place: left for place, left in stay.items() if left != NOTHING}


def endless_loops(explorer: Explorer, found: Explored) -> list[frozenset[Place]]:
    """Return the loops in which some combinations go round for ever."""
    import networkx as nx

    staying = endless(explorer, found)
    graph: nx.DiGraph[Place] = nx.DiGraph()
    graph.add_edges_from(
        (place, after)
        for place in staying
        for after in explorer.places.onward[place]
        if after in staying
    )
    loops = [
        frozenset(loop)
        for loop in nx.strongly_connected_components(graph)
        if len(loop) > 1 or any(graph.has_edge(place, place) for place in loop)
    ]
    return [loop for loop in loops if endless(explorer, found, loop)]


def never_ends(walk: Walk, steps: set[str]) -> bool:
    """Tell whether a walk goes round for ever by itself, through some of these steps."""
    stood: Counter[Any] = Counter()
    while walk.status == DO and stood.total() < _MOST_DONE:
        facts = tuple(sorted((key, str(value)) for key, value in walk.facts.items()))
        mark = (walk.state.frame, facts)
        if stood[mark] == _TWICE:
            return any(walk.state.visits.get(step, 0) > 1 for step in steps)
        stood[mark] += 1
        turn = walk.answer("done", at=TRIED_OUT)
        if turn.refused is not None:
            return False
        walk = turn.walk
    return walk.status == STUCK and walk.step.ref in steps and "round" in (walk.reason or "")


def never_from_the_ticket(explorer: Explorer) -> int:
    """Return what there is without an SOP's own facts from a ticket, if they name no place in it.

    A helpdesk does not know them: they count rounds or remember the way.
    """
    domain, procedure = explorer.domain, explorer.procedure
    found = EVERYTHING
    for key in explorer.places.tracked:
        fact = procedure.fact_at(key)
        if fact is not None and fact.own and fact.source is None:
            given = domain.mark(("state", key), "ticket")
            found = domain.space.without(found, given)
    return found


def _goes_by_itself(explorer: Explorer, place: Place) -> bool:
    return explorer.steps.step(place.sop, place.step).kind in ("decide", "do", "run", "return")


def _staying(explorer: Explorer, place: Place, stay: dict[Place, int]) -> int:
    """With which combinations a place leads to one from which nothing leaves."""
    step = explorer.steps.step(place.sop, place.step)
    if step.kind == "run":
        first = Place(step.form["run"], explorer.places.start_of(step), place)
        found = _before_own(explorer, explorer.own_keys(step), stay.get(first, NOTHING))
    elif step.kind == "return" and place.caller is not None:
        caller = place.caller
        ran = explorer.steps.step(caller.sop, caller.step)
        way = ran.by.get(step.form["return"], ran.go)
        found = _following(explorer, caller, way.rules if way else (), stay)
    else:
        found = _following(explorer, place, step.go.rules if step.go else (), stay)
    return _before_sets(explorer, step.sets, found)


def _following(
    explorer: Explorer, place: Place, rules: Iterable[Rule], stay: dict[Place, int]
) -> int:
    """With which combinations rules lead on to a place from which nothing leaves."""
    space, left, found = explorer.domain.space, EVERYTHING, NOTHING
    for rule in rules:
        held = space.both(left, explorer.domain.set_of(rule.holds))
        after = stay.get(Place(place.sop, rule.to, place.caller), NOTHING)
        found = space.either(found, space.both(held, after))
        left = space.without(left, held)
    return found


def _before_sets(explorer: Explorer, sets: tuple[Given, ...], after: int) -> int:
    """With which combinations the settings of a step lead to some of those after it."""
    domain = explorer.domain
    for given in reversed(sets):
        state = ("state", given.key)
        kept = domain.mark(state, "ticket", "given")
        changed = _always(explorer, [given.key], [given.formula], "set", after)
        after = domain.space.either(
            domain.space.both(kept, after), domain.space.without(changed, kept)
        )
    return after


def _before_own(explorer: Explorer, keys: list[str], after: int) -> int:
    """With which combinations a sub-procedure stays, whatever its own facts come to be."""
    return _always(explorer, keys, [], None, after) if keys else after


def _always(
    explorer: Explorer, keys: list[str], formulas: list[Formula], mark: str | None, after: int
) -> int:
    """With which combinations new values of facts, whichever they are, lie in `after`."""
    domain, space = explorer.domain, explorer.domain.space
    new, places = domain.possible, set[int]()
    for formula in formulas:
        new = space.both(new, domain.set_of(formula))
    for key in keys:
        state = ("state", key)
        places.update(domain.of_fact(key))
        if state in domain.index:
            places.add(domain.index[state])
            marks = (mark,) if mark else explorer.states_at_first(key)
            new = space.both(new, domain.mark(state, *marks))
    outside = space.without(new, after)
    for place in places:
        outside = space.freed(outside, place)
    return space.without(EVERYTHING, outside)
