"""Carrying every combination of facts through the steps, to a fixed point.

At each place lies the set of combinations with which a walk can come to it. A
fact that nobody has asked for yet counts with the value that would be
answered, so rules are plain conditions; only what tests `known`, what `set`
may change, and what a loop asks again needs to know more than values.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sopguide.facts.fact import Fact
from sopguide.proof.diagrams import NOTHING
from sopguide.proof.domain import Domain
from sopguide.proof.formulas import Dimension, Formula, literals
from sopguide.proof.places import Places, Watched
from sopguide.proof.steps import Given, Path, Place, Step, Steps, Way, is_silent
from sopguide.walk.procedure import Procedure


@dataclass(slots=True)
class Passing:
    """What came through one `go`: with which combinations each rule held, and what is left."""

    came: int = NOTHING
    held: dict[int, int] = field(default_factory=dict)
    left: int = NOTHING


@dataclass(slots=True)
class Explored:
    """What the exploration of one SOP found out about its own steps."""

    domain: Domain
    steps: Steps
    came: dict[str, int]
    passing: dict[Path, Passing]
    answered: dict[str, int]
    asked: dict[str, int]
    kept: dict[Path, int]
    wanting: dict[tuple[Path, int, str], int]
    rounds: dict[Place, int]


class Explorer:
    """Explores one compiled SOP, with the sub-procedures it runs in their places."""

    def __init__(
        self,
        procedure: Procedure,
        watched: Watched | None = None,
        conditions: Iterable[tuple[str, list[Any]]] = (),
    ) -> None:
        """`conditions`: what else combinations are told apart by, each with the SOP it is of."""
        self.procedure = procedure
        self.places = Places(procedure, watched or {})
        self.steps = self.places.steps
        self.moves = self.steps.orders.moves
        formulas, more = list(self.places.formulas()), list(self.places.dimensions())
        formulas += [self.steps.reader(sop).condition(form) for sop, form in conditions]
        self.domain = Domain(procedure, formulas, more, self.moves)

    @cached_property
    def found(self) -> Explored:
        """What is found with the least carried on."""
        return self.explore()

    @cached_property
    def whole(self) -> Explored:
        """The same with whole combinations, to make tickets of."""
        return self.explore(whole=True)

    def explore(self, *, whole: bool = False) -> Explored:
        """Carry the combinations through all places until nothing new comes to any.

        What no later step looks at is let go on the way, unless `whole` combinations
        are wanted, to make a ticket of.
        """
        live = {} if whole else self.places.live(self.domain)
        found = Explored(self.domain, self.steps, {}, {}, {}, {}, {}, {}, {})
        came: dict[Place, int] = {}
        waiting: dict[Place, None] = {}
        space = self.domain.space

        def arrive(place: Place, combinations: int) -> None:
            known = came.get(place, NOTHING)
            if not whole:
                for dimension in space.support(combinations) - live[place]:
                    combinations = space.freed(combinations, dimension)
            both = space.either(known, combinations)
            if both != known:
                came[place] = both
                waiting[place] = None

        arrive(self.places.first, self.at_start())
        while waiting:
            place = next(iter(waiting))
            del waiting[place]
            for after, combinations in self.leave(place, came[place], found):
                arrive(after, combinations)
        for place, combinations in came.items():
            if place.caller is None:
                found.came[place.step] = combinations
        found.rounds = came
        return found

    def at_start(self) -> int:
        """Return the combinations that a walk can begin with."""
        domain, combinations = self.domain, self.domain.possible
        for key in self.places.tracked:
            states = domain.mark(("state", key), *self.states_at_first(key))
            combinations = domain.space.both(combinations, states)
        for dimension in domain.dimensions:
            if dimension[0] != "visited":
                continue
            new = domain.mark(dimension, "new")
            combinations = domain.space.both(combinations, new)
        return combinations

    def states_at_first(self, key: str) -> tuple[str, ...]:
        """Return the marks of a fact where its procedure begins.

        The ticket can give what belongs to it: the library's facts and the SOP's own.
        """
        fact = self.procedure.fact_at(key)
        may_be_given = ":" not in key or (fact is not None and fact.source is not None)
        return ("unknown", "ticket") if may_be_given else ("unknown",)

    def leave(
        self, place: Place, came: int, found: Explored | None = None
    ) -> Iterator[tuple[Place, int]]:
        """Yield where a walk goes on to from a place, and with which combinations."""
        step = self.steps.step(place.sop, place.step)
        own = place.caller is None
        came = self._set(step.sets, came, found if own else None)
        if step.kind == "ask":
            yield from self._pass_question(place, step, came, found if own else None)
        elif step.kind == "run":
            yield (
                Place(step.form["run"], self.places.start_of(step), place),
                self._afresh(step, came),
            )
        elif step.kind == "return":
            caller = place.caller
            if caller is not None:
                ran = self.steps.step(caller.sop, caller.step)
                way = ran.by.get(step.form["return"], ran.go)
                if way is not None:
                    yield from self._follow(caller, ran, way, came, found)
        else:
            for way in step.ways():
                yield from self._follow(place, step, way, came, found)

    def _pass_question(
        self, place: Place, step: Step, came: int, found: Explored | None
    ) -> Iterator[tuple[Place, int]]:
        domain, space = self.domain, self.domain.space
        asked, came = self._answer(step, came)
        if found is not None:
            found.asked[step.id] = space.either(found.asked.get(step.id, NOTHING), asked)
            found.answered[step.id] = space.either(found.answered.get(step.id, NOTHING), came)
        left = came
        for answer, (way, sets) in step.answers.items():
            fact = step.fact
            if fact is None:
                break
            reader = self.steps.reader(step.part.sop)
            chosen = space.both(left, domain.set_of(reader.equals(fact, answer)))
            left = space.without(left, chosen)
            chosen = self._set(sets, chosen, found)
            taken = way or step.go
            if taken is not None and chosen != NOTHING:
                yield from self._follow(place, step, taken, chosen, found)
        if step.go is not None and left != NOTHING:
            yield from self._follow(place, step, step.go, left, found)

    def _answer(self, step: Step, came: int) -> tuple[int, int]:
        """Return with what the question is asked, and all that comes of asking or knowing."""
        domain, space, fact = self.domain, self.domain.space, step.fact
        if fact is None:
            return NOTHING, came
        if fact.computed:
            return NOTHING, self._work_out(step, fact, came)
        again = NOTHING
        visited = ("visited", step.part.ref(step.id))
        if step.key in self.places.momentary:
            came = domain.forget(came, step.key)
        elif visited in domain.index:
            again = space.both(came, domain.mark(visited, "again"))
        first = space.without(came, again)
        if step.form.get("confirm"):
            again, first = came, NOTHING
        known = NOTHING
        if step.key in self.places.tracked:
            known = space.both(first, domain.mark(("state", step.key), "ticket", "given", "set"))
        fresh = space.without(first, known)
        anew = domain.forget(again, step.key) if again != NOTHING else NOTHING
        asked = space.either(fresh, anew)
        limits = self.steps.reader(step.part.sop).limits(fact)
        asked = space.both(asked, domain.set_of(limits))
        if step.key in self.places.tracked:
            asked = domain.marked(asked, ("state", step.key), "given")
        result = space.either(asked, known)
        if visited in domain.index:
            result = domain.marked(result, visited, "again")
        return asked, result

    def _work_out(self, step: Step, fact: Fact, came: int) -> int:
        """Ask for all that a computed fact needs."""
        domain = self.domain
        reader = self.steps.reader(step.part.sop)
        for needed in reader.needs(fact.name):
            came = domain.space.both(came, domain.set_of(reader.limits(needed)))
            state = ("state", step.part.key(needed))
            if state in domain.index:
                unknown = domain.space.both(came, domain.mark(state, "unknown"))
                came = domain.space.either(came, domain.marked(unknown, state, "given"))
        return came

    def _follow(
        self, place: Place, step: Step, way: Way, came: int, found: Explored | None
    ) -> Iterator[tuple[Place, int]]:
        space = self.domain.space
        own = place.caller is None and found is not None
        passing = found.passing.setdefault(way.path, Passing()) if own and found else Passing()
        passing.came = space.either(passing.came, came)
        waiting = [came]
        while waiting:
            left = waiting.pop()
            for index, rule in enumerate(way.rules):
                left, anew = self._ask_for(step, way, index, left, found if own else None)
                waiting += anew
                held = space.both(left, self.domain.set_of(rule.holds))
                left = space.without(left, held)
                held = self._drop_unknown(rule.known_if_held, held)
                left = self._drop_unknown(rule.known_if_not, left)
                passing.held[index] = space.either(passing.held.get(index, NOTHING), held)
                if held != NOTHING:
                    yield Place(place.sop, rule.to, place.caller), held
                if left == NOTHING:
                    break
            passing.left = space.either(passing.left, left)

    def _ask_for(
        self, step: Step, way: Way, index: int, came: int, found: Explored | None
    ) -> tuple[int, list[int]]:
        """Ask for what a rule may need, within its limits.

        Return what goes on at this rule, and what begins anew with the first rule,
        because an earlier one tests whether the fact is known.
        """
        domain, space, anew = self.domain, self.domain.space, []
        reader = self.steps.reader(step.part.sop)
        rule = way.rules[index]
        for fact in rule.asks:
            came = space.both(came, domain.set_of(reader.limits(fact)))
            state = ("state", step.part.key(fact))
            if state not in domain.index:
                continue
            unknown = space.both(came, domain.mark(state, "unknown"))
            if state[1] in rule.settled:
                holds, can_hold, before = map(domain.set_of, rule.settled[state[1]])
                came = space.without(came, space.without(space.both(unknown, can_hold), holds))
                unknown = space.both(unknown, before)
            if found is not None and is_silent(fact):
                place = (way.path, index, fact.name)
                known = found.wanting.get(place, NOTHING)
                wanting = space.both(unknown, domain.set_of(rule.open[state[1]]))
                found.wanting[place] = space.either(known, wanting)
            asked = domain.marked(unknown, state, "given")
            if any(_looks_at(each.holds, state) for each in way.rules[: index + 1]):
                anew.append(asked)
            else:
                came = space.either(came, asked)
        return came, [each for each in anew if each != NOTHING]

    def _drop_unknown(self, certain: frozenset[str], came: int) -> int:
        """Leave out what cannot be: a fact that was needed is known."""
        for key in certain:
            if ("state", key) in self.domain.index:
                unknown = self.domain.mark(("state", key), "unknown")
                came = self.domain.space.without(came, unknown)
        return came

    def _set(self, sets: tuple[Given, ...], came: int, found: Explored | None) -> int:
        domain, space = self.domain, self.domain.space
        for given in sets:
            state = ("state", given.key)
            kept = space.both(came, domain.mark(state, "ticket", "given"))
            if found is not None:
                by_agent = space.both(kept, domain.mark(state, "given"))
                other = space.without(by_agent, domain.set_of(given.formula))
                known = found.kept.get(given.path, NOTHING)
                found.kept[given.path] = space.either(known, other)
            changed = domain.forget(space.without(came, kept), given.key)
            changed = space.both(changed, domain.set_of(given.formula))
            came = space.either(kept, domain.marked(changed, state, "set"))
        return came

    def _afresh(self, step: Step, came: int) -> int:
        """A sub-procedure's own facts start afresh."""
        domain = self.domain
        for key in self.own_keys(step):
            came = domain.forget(came, key)
            if key in self.places.tracked:
                freed = domain.space.freed(came, domain.index[("state", key)])
                states = domain.mark(("state", key), *self.states_at_first(key))
                came = domain.space.both(freed, states)
        return came

    def own_keys(self, step: Step) -> list[str]:
        """Return the facts of its own that the sub-procedure of a step begins with anew."""
        prefix = f"{step.form['run']}:"
        keys = {
            key
            for dimension in self.domain.dimensions
            if dimension[0] != "visited"
            for key in dimension[1:]
            if key.startswith(prefix)
        }
        return sorted(keys)


def _looks_at(formula: Formula, dimension: Dimension) -> bool:
    return any(literal.dimension == dimension for literal in literals(formula))
