"""Loops that facts make endless: in steps that ask nothing, nothing ever changes."""

from sopguide.proof.diagrams import EVERYTHING, NOTHING
from sopguide.proof.explore import Explored, Explorer
from sopguide.proof.steps import Place


def endless(explorer: Explorer, found: Explored) -> dict[Place, int]:
    """Return the combinations that go round for ever in steps that ask nothing.

    They are what is left of each loop when everything that can leave it has left.
    """
    stay = {
        place: combinations
        for place, combinations in found.rounds.items()
        if _goes_by_itself(explorer, place)
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
    return [
        frozenset(loop)
        for loop in nx.strongly_connected_components(graph)
        if len(loop) > 1 or any(graph.has_edge(place, place) for place in loop)
    ]


def _goes_by_itself(explorer: Explorer, place: Place) -> bool:
    step = explorer.steps.step(place.sop, place.step)
    return step.kind in ("decide", "do") and not step.sets and step.go is not None


def _staying(explorer: Explorer, place: Place, stay: dict[Place, int]) -> int:
    """With which combinations the rules of a place lead to one from which nothing leaves."""
    step, space = explorer.steps.step(place.sop, place.step), explorer.domain.space
    left, found = EVERYTHING, NOTHING
    for rule in step.go.rules if step.go else ():
        held = space.both(left, explorer.domain.set_of(rule.holds))
        after = stay.get(Place(place.sop, rule.to, place.caller), NOTHING)
        found = space.either(found, space.both(held, after))
        left = space.without(left, held)
    return found
