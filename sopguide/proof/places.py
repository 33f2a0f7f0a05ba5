"""The places of an SOP: every step, wherever it is run from, and what it looks at.

From here come the dimensions of the proof: which facts and comparisons there are,
of which facts it matters whether they are known, and what no later step looks at.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from sopguide.facts.fact import CHOICES, Fact
from sopguide.proof.diagrams import TooLargeError
from sopguide.proof.domain import WORDS, Domain
from sopguide.proof.formulas import Dimension, Formula, literals
from sopguide.proof.steps import Place, Step, Steps, is_silent
from sopguide.walk.procedure import Procedure

_MOST_PLACES = 20_000

Watched = Mapping[tuple[str, str], Mapping[str, Fact]]
"""For a step, by SOP and id, the facts by key of which it matters there whether they are known."""


class Places:
    """Every place of one compiled SOP.

    `onward` holds what may follow each; `tracked` the facts of which it matters
    whether they are known, and who gave them; `asked_again` the questions that one
    walk can come to more than once; `momentary` the facts that only their own question
    looks at, so that nothing of them has to be carried on.
    """

    def __init__(self, procedure: Procedure, watched: Watched) -> None:
        self.procedure = procedure
        self._watched = watched
        self._formulas: dict[tuple[str, str], list[Formula]] = {}
        self._used: dict[tuple[str, str], frozenset[Dimension]] = {}
        self.steps = Steps(procedure)
        self.first = Place(procedure.sop, procedure.root.start)
        self.onward: dict[Place, list[Place]] = {}
        self._find_places()
        self.tracked = self._find_tracked()
        self.asked_again = self._find_asked_again()
        self.momentary = self._find_momentary()

    def _find_places(self) -> None:
        waiting = [self.first]
        while waiting:
            place = waiting.pop()
            if place in self.onward:
                continue
            if len(self.onward) >= _MOST_PLACES:
                raise TooLargeError
            self.onward[place] = list(dict.fromkeys(self._next_places(place)))
            waiting += self.onward[place]

    def _next_places(self, place: Place) -> Iterator[Place]:
        step = self.steps.step(place.sop, place.step)
        if step.kind == "run":
            yield Place(step.form["run"], self.start_of(step), place)
        elif step.kind == "return":
            yield from self._back(place, step)
        else:
            for way in step.ways():
                for rule in way.rules:
                    yield Place(place.sop, rule.to, place.caller)

    def start_of(self, step: Step) -> str:
        return self.procedure.part(step.form["run"]).start

    def _back(self, place: Place, step: Step) -> Iterator[Place]:
        caller = place.caller
        if caller is None:
            return
        ran = self.steps.step(caller.sop, caller.step)
        way = ran.by.get(step.form["return"], ran.go)
        for rule in way.rules if way else ():
            yield Place(caller.sop, rule.to, caller.caller)

    def formulas(self) -> Iterator[Formula]:
        for step in list(self.steps.known()):
            yield from self._formulas_of(step)

    def _formulas_of(self, step: Step) -> list[Formula]:
        name = (step.part.sop, step.id)
        found = self._formulas.get(name)
        if found is None:
            found = self._formulas[name] = list(dict.fromkeys(self._read_formulas(step)))
        return found

    def _read_formulas(self, step: Step) -> Iterator[Formula]:
        reader = self.steps.reader(step.part.sop)
        facts: dict[str, Fact] = {}
        for way in step.ways():
            for rule in way.rules:
                yield from rule.formulas()
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

    def dimensions(self) -> Iterator[Dimension]:
        for key in self.tracked:
            yield ("state", key)
        for step in self.steps.known():
            ref = step.part.ref(step.id)
            if ref in self.asked_again and step.key not in self.momentary:
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
        found = {key: fact for facts in self._watched.values() for key, fact in facts.items()}
        for step in self.steps.known():
            for given in (*step.sets, *(g for _, sets in step.answers.values() for g in sets)):
                found[given.key] = given.fact
            for way in step.ways():
                for rule in way.rules:
                    for literal in chain.from_iterable(map(literals, rule.formulas())):
                        if literal.dimension[0] == "state":
                            key = literal.dimension[1]
                            fact = self.procedure.fact_at(key)
                            if fact is not None:
                                found[key] = fact
        return found | {key: fact for key, fact in self._mentioned().items() if is_silent(fact)}

    def _find_asked_again(self) -> frozenset[str]:
        """The questions that one walk can come to more than once."""
        import networkx as nx

        graph: nx.DiGraph[Place] = nx.DiGraph()
        graph.add_edges_from(
            (place, after) for place, onward in self.onward.items() for after in onward
        )
        graph.add_nodes_from(self.onward)
        looped = {
            place
            for loop in nx.strongly_connected_components(graph)
            if len(loop) > 1 or any(graph.has_edge(place, place) for place in loop)
            for place in loop
        }
        count: dict[str, int] = {}
        for place in self.onward:
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

    def _find_momentary(self) -> frozenset[str]:
        users: dict[str, set[tuple[str, str]]] = {}
        compared: set[str] = set()
        for step in self.steps.known():
            for dimension in self._dimensions_of(step):
                if dimension[0] == "order":
                    compared |= set(WORDS.findall(dimension[1]))
                elif dimension[0] == "gap":
                    compared |= set(dimension[1:])
                else:
                    users.setdefault(dimension[1], set()).add((step.part.sop, step.id))
        return frozenset(
            step.key
            for step in self.steps.known()
            if step.fact is not None
            and users.get(step.key) == {(step.part.sop, step.id)}
            and step.key not in compared
            and step.key not in self.tracked
        )

    def live(self, domain: Domain) -> dict[Place, set[int]]:
        """For each place, the dimensions that it or a later place looks at.

        Those of momentary facts are left out: their question opens them anew.
        """
        before: dict[Place, list[Place]] = {place: [] for place in self.onward}
        for place, onward in self.onward.items():
            for after in onward:
                before[after].append(place)
        live = {place: self._used_at(place, domain) for place in self.onward}
        waiting = dict.fromkeys(reversed(self.onward))
        while waiting:
            place = next(iter(waiting))
            del waiting[place]
            for earlier in before[place]:
                if not live[place] <= live[earlier]:
                    live[earlier] |= live[place]
                    waiting[earlier] = None
        return live

    def _used_at(self, place: Place, domain: Domain) -> set[int]:
        step = self.steps.step(place.sop, place.step)
        used = self._looked_at(step, domain)
        if step.kind == "return" and place.caller is not None:
            used |= self._looked_at(self.steps.step(place.caller.sop, place.caller.step), domain)
        return used

    def _looked_at(self, step: Step, domain: Domain) -> set[int]:
        """The dimensions that a step's questions, rules, limits and settings look at or change."""
        index, dimensions = domain.index, set(self._dimensions_of(step))
        if step.fact is not None:
            ref = ("visited", step.part.ref(step.id))
            dimensions |= {ref} & index.keys()
        for dimension in list(dimensions):
            if dimension[0] == "gap":
                dimensions |= {("value", key) for key in dimension[1:]}
        return {
            index[dimension]
            for dimension in dimensions
            if dimension in index and not self.momentary.issuperset(dimension[1:2])
        }

    def _dimensions_of(self, step: Step) -> frozenset[Dimension]:
        name = (step.part.sop, step.id)
        found = self._used.get(name)
        if found is None:
            found = self._used[name] = frozenset(self._read_dimensions(step))
        return found

    def _read_dimensions(self, step: Step) -> Iterator[Dimension]:
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
        for key in self._watched.get((step.part.sop, step.id), ()):
            yield from (("state", key), ("null", key))
        if step.fact is not None and step.fact.type == CHOICES:
            yield from (("has", step.key, value) for value in step.fact.values)
        if step.fact is not None and not step.fact.computed:
            yield from (("value", step.key), ("null", step.key))
