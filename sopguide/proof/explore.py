"""Carrying every combination of facts through the steps, to a fixed point.

At each place lies the set of combinations with which a walk can come to it. A
fact that nobody has asked for yet counts with the value that would be
answered, so rules are plain conditions; only what tests `known`, what `set`
may change, and what a loop asks again needs to know more than values.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from sopguide.facts.fact import CHOICES, Fact
from sopguide.proof.diagrams import EVERYTHING, NOTHING
from sopguide.proof.domain import Domain
from sopguide.proof.formulas import Dimension, Formula, literals
from sopguide.proof.steps import Given, Path, Place, Step, Steps, Way
from sopguide.walk.procedure import Procedure

_MOST_PLACES = 20_000


class TooLargeError(Exception):
    """The SOP with all that it runs has more places than can be explored."""


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
    rounds: dict[Place, int]


class Explorer:
    """Explores one compiled SOP, with the sub-procedures it runs in their places."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.steps = Steps(procedure)
        self.root = procedure.sop
        self.first = Place(self.root, procedure.root.start)
        self._onward: dict[Place, list[Place]] = {}
        self._find_places()
        self._tracked = self._find_tracked()
        self.asked_again = self._find_asked_again()
        formulas, more = list(self._formulas()), list(self._more_dimensions())
        self.moves = self.steps.orders.moves
        self.domain = Domain(procedure, formulas, more, self.moves)

    # The places

    def _find_places(self) -> None:
        waiting = [self.first]
        while waiting:
            place = waiting.pop()
            if place in self._onward:
                continue
            if len(self._onward) >= _MOST_PLACES:
                raise TooLargeError
            self._onward[place] = list(dict.fromkeys(self._next_places(place)))
            waiting += self._onward[place]

    def _next_places(self, place: Place) -> Iterator[Place]:
        step = self.steps.step(place.sop, place.step)
        if step.kind == "run":
            yield Place(step.form["run"], self._start(step), place)
        elif step.kind == "return":
            yield from self._back(place, step)
        else:
            for way in step.ways():
                for rule in way.rules:
                    yield Place(place.sop, rule.to, place.caller)

    def _start(self, step: Step) -> str:
        return self.procedure.part(step.form["run"]).start

    def _back(self, place: Place, step: Step) -> Iterator[Place]:
        caller = place.caller
        if caller is None:
            return
        ran = self.steps.step(caller.sop, caller.step)
        way = ran.by.get(step.form["return"], ran.go)
        for rule in way.rules if way else ():
            yield Place(caller.sop, rule.to, caller.caller)

    # The dimensions

    def _formulas(self) -> Iterator[Formula]:
        for step in list(self.steps.known()):
            yield from self._formulas_of(step)

    def _formulas_of(self, step: Step) -> Iterator[Formula]:
        reader = self.steps.reader(step.part.sop)
        facts: dict[str, Fact] = {}
        for way in step.ways():
            for rule in way.rules:
                yield rule.holds
                facts.update({step.part.key(fact): fact for fact in rule.asks})
        for given in (*step.sets, *(g for _, sets in step.answers.values() for g in sets)):
            yield given.formula
            yield reader.limits(given.fact)
        if step.fact is not None:
            facts.update({step.part.key(f): f for f in reader.needs(step.fact.name)})
            for answer in step.answers:
                yield reader.equals(step.fact, answer)
        for fact in facts.values():
            yield reader.limits(fact)

    def _more_dimensions(self) -> Iterator[Dimension]:
        for key in self._tracked:
            yield ("state", key)
        for ref in sorted(self.asked_again):
            yield ("visited", ref)
        for key, fact in self._mentioned().items():
            if fact.type == CHOICES:
                yield from (("has", key, value) for value in fact.values)
            if fact.optional:
                yield ("null", key)

    def _mentioned(self) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        for step in self.steps.known():
            reader = self.steps.reader(step.part.sop)
            facts = [fact for way in step.ways() for rule in way.rules for fact in rule.asks]
            if step.fact is not None:
                facts += reader.needs(step.fact.name)
            facts += [given.fact for given in step.sets]
            facts += [given.fact for _, sets in step.answers.values() for given in sets]
            found.update({step.part.key(fact): fact for fact in facts})
        return found

    def _find_tracked(self) -> dict[str, Fact]:
        """The facts of which it matters whether they are known, and who gave them."""
        found: dict[str, Fact] = {}
        for step in self.steps.known():
            for given in (*step.sets, *(g for _, sets in step.answers.values() for g in sets)):
                found[given.key] = given.fact
            for way in step.ways():
                for rule in way.rules:
                    for literal in literals(rule.holds):
                        if literal.dimension[0] == "state":
                            key = literal.dimension[1]
                            fact = self.procedure.fact_at(key)
                            if fact is not None:
                                found[key] = fact
        return found

    def _find_asked_again(self) -> frozenset[str]:
        """The questions that one walk can come to more than once."""
        import networkx as nx

        graph: nx.DiGraph[Place] = nx.DiGraph()
        graph.add_edges_from(
            (place, after) for place, onward in self._onward.items() for after in onward
        )
        graph.add_nodes_from(self._onward)
        looped = {
            place
            for loop in nx.strongly_connected_components(graph)
            if len(loop) > 1 or any(graph.has_edge(place, place) for place in loop)
            for place in loop
        }
        count: dict[str, int] = {}
        for place in self._onward:
            step = self.steps.step(place.sop, place.step)
            if step.kind == "ask":
                ref = step.part.ref(step.id)
                count[ref] = count.get(ref, 0) + (2 if place in looped else 1)
        return frozenset(ref for ref, times in count.items() if times > 1)

    def keys_asked_again(self) -> frozenset[str]:
        """The facts that one walk can be asked for more than once."""
        return frozenset(
            step.key
            for step in self.steps.known()
            if step.fact is not None and step.part.ref(step.id) in self.asked_again
        )

    # The exploration

    def explore(self, *, whole: bool = False) -> Explored:
        """Carry the combinations through all places until nothing new comes to any.

        What no later step looks at is let go on the way, unless `whole` combinations
        are wanted, to make a ticket of.
        """
        idle = {} if whole else self._find_idle()
        found = Explored(self.domain, self.steps, {}, {}, {}, {}, {}, {})
        came: dict[Place, int] = {}
        waiting: deque[Place] = deque()

        def arrive(place: Place, combinations: int) -> None:
            known = came.get(place, NOTHING)
            for dimension in idle.get(place, ()):
                combinations = self.domain.space.freed(combinations, dimension)
            both = self.domain.space.either(known, combinations)
            if both != known:
                came[place] = both
                if place not in waiting:
                    waiting.append(place)

        arrive(self.first, self._at_start())
        while waiting:
            place = waiting.popleft()
            for after, combinations in self._pass(place, came[place], found):
                arrive(after, combinations)
        for place, combinations in came.items():
            if place.caller is None:
                found.came[place.step] = combinations
        found.rounds = came
        return found

    def endless(self, found: Explored) -> dict[Place, int]:
        """Return the combinations that go round for ever in steps that ask nothing.

        They are what is left of each loop when everything that can leave it has left.
        """
        stay = {
            place: combinations
            for place, combinations in found.rounds.items()
            if self._goes_by_itself(place)
        }
        changed = True
        while changed:
            changed = False
            for place, combinations in stay.items():
                left = self._staying(place, stay)
                left = self.domain.space.both(combinations, left)
                changed = changed or left != combinations
                stay[place] = left
        return {place: left for place, left in stay.items() if left != NOTHING}

    def endless_loops(self, found: Explored) -> list[frozenset[Place]]:
        """Return the loops in which some combinations go round for ever."""
        import networkx as nx

        staying = self.endless(found)
        graph: nx.DiGraph[Place] = nx.DiGraph()
        graph.add_edges_from(
            (place, after) for place in staying for after in self._onward[place] if after in staying
        )
        return [
            frozenset(loop)
            for loop in nx.strongly_connected_components(graph)
            if len(loop) > 1 or any(graph.has_edge(place, place) for place in loop)
        ]

    def _goes_by_itself(self, place: Place) -> bool:
        step = self.steps.step(place.sop, place.step)
        return step.kind in ("decide", "do") and not step.sets and step.go is not None

    def _staying(self, place: Place, stay: dict[Place, int]) -> int:
        """With which combinations the rules of a place lead to one from which nothing leaves."""
        step, space = self.steps.step(place.sop, place.step), self.domain.space
        left, found = EVERYTHING, NOTHING
        for rule in step.go.rules if step.go else ():
            held = space.both(left, self.domain.set_of(rule.holds))
            after = stay.get(Place(place.sop, rule.to, place.caller), NOTHING)
            found = space.either(found, space.both(held, after))
            left = space.without(left, held)
        return found

    def _find_idle(self) -> dict[Place, tuple[int, ...]]:
        """For each place, the dimensions that neither it nor any later place looks at."""
        live = {place: self._used_at(place) for place in self._onward}
        changed = True
        while changed:
            changed = False
            for place, onward in reversed(self._onward.items()):
                before = len(live[place])
                for after in onward:
                    live[place] |= live[after]
                changed = changed or len(live[place]) > before
        every = range(len(self.domain.dimensions))
        return {place: tuple(d for d in every if d not in used) for place, used in live.items()}

    def _used_at(self, place: Place) -> set[int]:
        step = self.steps.step(place.sop, place.step)
        used = self._looked_at(step)
        if step.kind == "return" and place.caller is not None:
            used |= self._looked_at(self.steps.step(place.caller.sop, place.caller.step))
        return used

    def _looked_at(self, step: Step) -> set[int]:
        """The dimensions that a step's questions, rules, limits and settings look at or change."""
        index, dimensions = self.domain.index, set(self._dimensions_of(step))
        if step.fact is not None:
            ref = ("visited", step.part.ref(step.id))
            dimensions |= {ref} & index.keys()
        for dimension in list(dimensions):
            if dimension[0] == "gap":
                dimensions |= {("value", key) for key in dimension[1:]}
        return {index[dimension] for dimension in dimensions if dimension in index}

    def _dimensions_of(self, step: Step) -> Iterator[Dimension]:
        for formula in self._formulas_of(step):
            for literal in literals(formula):
                yield literal.dimension
        sets = (
            *step.sets,
            *(given for _, given_sets in step.answers.values() for given in given_sets),
        )
        keys = [given.key for given in sets]
        if step.fact is not None:
            keys += [
                step.part.key(f) for f in self.steps.reader(step.part.sop).needs(step.fact.name)
            ]
        keys += [
            step.part.key(fact) for way in step.ways() for rule in way.rules for fact in rule.asks
        ]
        for key in keys:
            yield ("state", key)
        if step.fact is not None and step.fact.type == CHOICES:
            yield from (("has", step.key, value) for value in step.fact.values)
        if step.fact is not None and not step.fact.computed:
            yield from (("value", step.key), ("null", step.key))

    def _at_start(self) -> int:
        domain, combinations = self.domain, self.domain.possible
        for key in self._tracked:
            states = ("unknown", "ticket") if self._may_be_given(key) else ("unknown",)
            combinations = domain.space.both(combinations, domain.mark(("state", key), *states))
        for ref in self.asked_again:
            new = domain.mark(("visited", ref), "new")
            combinations = domain.space.both(combinations, new)
        return combinations

    def _may_be_given(self, key: str) -> bool:
        """The ticket can give what belongs to it: the library's facts and the SOP's own."""
        fact = self.procedure.fact_at(key)
        return ":" not in key or (fact is not None and fact.source is not None)

    def _pass(self, place: Place, came: int, found: Explored) -> Iterator[tuple[Place, int]]:
        step = self.steps.step(place.sop, place.step)
        own = place.caller is None
        came = self._set(step.sets, came, found if own else None)
        if step.kind == "ask":
            yield from self._pass_question(place, step, came, found if own else None)
        elif step.kind == "run":
            yield Place(step.form["run"], self._start(step), place), self._afresh(step, came)
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
        ref = step.part.ref(step.id)
        if ref in self.asked_again:
            again = space.both(came, domain.mark(("visited", ref), "again"))
        first = space.without(came, again)
        if step.form.get("confirm"):
            again, first = came, NOTHING
        known = NOTHING
        if step.key in self._tracked:
            known = space.both(first, domain.mark(("state", step.key), "ticket", "given", "set"))
        fresh = space.without(first, known)
        anew = domain.forget(again, step.key) if again != NOTHING else NOTHING
        asked = space.either(fresh, anew)
        limits = self.steps.reader(step.part.sop).limits(fact)
        asked = space.both(asked, domain.set_of(limits))
        if step.key in self._tracked:
            asked = domain.marked(asked, ("state", step.key), "given")
        result = space.either(asked, known)
        if ref in self.asked_again:
            result = domain.marked(result, ("visited", ref), "again")
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
                left, anew = self._ask_for(step, way, index, left)
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

    def _ask_for(self, step: Step, way: Way, index: int, came: int) -> tuple[int, list[int]]:
        """Ask for what a rule may need, within its limits.

        Return what goes on at this rule, and what begins anew with the first rule,
        because an earlier one tests whether the fact is known.
        """
        domain, space, anew = self.domain, self.domain.space, []
        reader = self.steps.reader(step.part.sop)
        for fact in way.rules[index].asks:
            came = space.both(came, domain.set_of(reader.limits(fact)))
            state = ("state", step.part.key(fact))
            if state not in domain.index:
                continue
            unknown = space.both(came, domain.mark(state, "unknown"))
            asked = domain.marked(unknown, state, "given")
            if any(_looks_at(rule.holds, state) for rule in way.rules[: index + 1]):
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
        prefix = f"{step.form['run']}:"
        domain = self.domain
        keys = {
            key
            for dimension in domain.dimensions
            if dimension[0] != "visited"
            for key in dimension[1:]
            if key.startswith(prefix)
        }
        for key in sorted(keys):
            came = domain.forget(came, key)
            if key in self._tracked:
                states = ("unknown", "ticket") if self._may_be_given(key) else ("unknown",)
                freed = domain.space.freed(came, domain.index[("state", key)])
                came = domain.space.both(freed, domain.mark(("state", key), *states))
        return came


def _looks_at(formula: Formula, dimension: Dimension) -> bool:
    return any(literal.dimension == dimension for literal in literals(formula))
