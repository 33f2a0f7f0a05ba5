"""The steps of a compiled SOP with their conditions read as formulas.

Each step is read once, wherever it is run from; a `Place` is a step together
with the `run` steps through which a walk came to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.mentions import facts_in
from sopguide.facts.names import CLOCK_FACTS
from sopguide.proof.formulas import YES, Formula
from sopguide.proof.orders import Orders
from sopguide.proof.reading import Reader, asks
from sopguide.walk.procedure import Part, Procedure

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A step of an SOP, as come to through these places' `run` steps."""

    sop: str
    step: str
    caller: "Place | None" = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: when it holds, where it leads, and the facts it can ask for.

    `known_if_held` and `known_if_not` are those that are known for certain after it;
    `settled` tells, of facts that it tests directly, where it holds and where it can
    hold while they are unknown, and what holds before they are asked for; `open`, of
    silent facts, where what else is known does not rule it out.
    """

    holds: Formula
    to: str
    asks: tuple[Fact, ...] = ()
    known_if_held: frozenset[str] = frozenset()
    known_if_not: frozenset[str] = frozenset()
    settled: dict[str, tuple[Formula, Formula, Formula]] = field(default_factory=dict)
    open: dict[str, Formula] = field(default_factory=dict)
    form: Any = None

    def formulas(self) -> Iterator[Formula]:
        """All that is looked at to try it: a rule that never holds may ask all the same."""
        yield self.holds
        for each in self.settled.values():
            yield from each
        yield from self.open.values()


@dataclass(frozen=True, slots=True)
class Way:
    """A `go`: rules in order; a plain target is a rule that always holds."""

    path: Path
    rules: tuple[Rule, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A `set:` of one fact, to a JSON value."""

    fact: Fact
    key: str
    value: Any
    formula: Formula
    path: Path


@dataclass(slots=True)
class Step:
    """One step, read."""

    part: Part
    id: str
    kind: str
    form: dict[str, Any]
    fact: Fact | None = None
    key: str = ""
    sets: tuple[Given, ...] = ()
    go: Way | None = None
    by: dict[str, Way] = field(default_factory=dict)
    answers: dict[str, tuple[Way | None, tuple[Given, ...]]] = field(default_factory=dict)

    def ways(self) -> Iterator[Way]:
        """Every `go` of the step, in the order written."""
        for way, _ in self.answers.values():
            if way is not None:
                yield way
        yield from self.by.values()
        if self.go is not None:
            yield self.go


class Steps:
    """Reads the steps of an SOP and its sub-procedures, each once."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.orders = Orders(procedure)
        self._readers: dict[str, Reader] = {}
        self._steps: dict[tuple[str, str], Step] = {}

    def reader(self, sop: str) -> Reader:
        """Return what reads the conditions of one procedure."""
        found = self._readers.get(sop)
        if found is None:
            found = self._readers[sop] = Reader(
                self.procedure, self.procedure.part(sop), self.orders
            )
        return found

    def step(self, sop: str, step: str) -> Step:
        """Return one step, read."""
        found = self._steps.get((sop, step))
        if found is None:
            found = self._steps[sop, step] = self._read(self.procedure.part(sop), step)
        return found

    def known(self) -> Iterator[Step]:
        """Every step read so far."""
        yield from self._steps.values()

    def _read(self, part: Part, name: str) -> Step:
        form = part.form["steps"][name]
        path: Path = ("steps", name)
        step = Step(part, name, form["kind"], form)
        reader = self.reader(part.sop)
        if "fact" in form:
            step.fact = part.facts[form["fact"]]
            step.key = part.key(step.fact)
        step.sets = self._sets(reader, part, form.get("set", ()), (*path, "set"))
        word = "decide" if step.kind == "decide" else "go"
        step.go = self._way(reader, part, form.get("go"), (*path, word))
        for back, go in form.get("by", {}).items():
            way = self._way(reader, part, go, (*path, "go", back))
            if way is not None:
                step.by[back] = way
        for answer in form.get("answers", ()):
            place = (*path, "answers", answer["id"])
            way = self._way(reader, part, answer.get("go"), (*place, "go"))
            step.answers[answer["id"]] = (
                way,
                self._sets(reader, part, answer.get("set", ()), (*place, "set")),
            )
        return step

    def _way(self, reader: Reader, part: Part, form: Any, path: Path) -> Way | None:
        if form is None:
            return None
        if isinstance(form, str):
            return Way(path, (Rule(YES, form),), listed=False)
        rules = []
        for rule in form:
            if "if" not in rule:
                rules.append(Rule(YES, rule["to"]))
                continue
            holds = reader.condition(rule["if"])
            form_of = rule["if"]
            certain = (_certain(part, form_of, holds=True), _certain(part, form_of, holds=False))
            needed = _asks(reader, part, form_of)
            direct = {
                part.key(fact): (
                    reader.condition(form_of, (fact.name, False)),
                    reader.condition(form_of, (fact.name, True)),
                    reader.condition(_before(form_of, fact.name)),
                )
                for fact in needed
                if _is_direct(reader, part, form_of, fact)
            }
            still = {
                part.key(fact): reader.condition(_left_open(reader, form_of, fact.name))
                for fact in needed
                if is_silent(fact)
            }
            rules.append(Rule(holds, rule["to"], needed, *certain, direct, still, form_of))
        return Way(path, tuple(rules), listed=True)

    def _sets(self, reader: Reader, part: Part, pairs: Any, path: Path) -> tuple[Given, ...]:
        return tuple(
            Given(
                part.facts[name],
                part.key(part.facts[name]),
                value,
                reader.equals(part.facts[name], value),
                (*path, name),
            )
            for name, value in pairs
        )


def _asks(reader: Reader, part: Part, form: list[Any]) -> tuple[Fact, ...]:
    """The facts that a condition can make the walk ask for, computed ones followed."""
    found: dict[str, Fact] = {}
    for name in sorted(facts_in(without_known(form))):
        if name not in CLOCK_FACTS:
            for fact in reader.needs(name):
                found[part.key(fact)] = fact
    return tuple(found.values())


def _is_direct(reader: Reader, part: Part, form: list[Any], fact: Fact) -> bool:
    """Tell whether a condition tests a fact itself, and nothing that is made from it."""
    if form[0] != "test":
        return all(_is_direct(reader, part, each, fact) for each in form[1:])
    name, key = form[1], part.key(fact)
    if part.facts[name] == fact and form[2][0] == "and" and not all(map(asks, form[2][1:])):
        return False  # `known` among its parts settles what the others leave open
    operands = facts_in(form) - {name}
    made = [] if part.facts[name] == fact else list(reader.needs(name))
    made += [base for operand in operands for base in reader.needs(operand)]
    return all(part.key(base) != key for base in made)


def _before(form: list[Any], name: str) -> list[Any]:
    """The parts of a mapping that stand before a fact: they hold when it is asked for."""
    if form[0] != "all":
        return ["all"]
    before = []
    for part in form[1:]:
        if name in facts_in(without_known(part)):
            break
        before.append(part)
    return ["all", *before]


def is_silent(fact: Fact) -> bool:
    """Tell whether nobody can be asked for a fact where a rule needs it, nor the ticket."""
    worded = fact.ask is not None or fact.source is not None
    return not worded and not fact.computed and fact.name not in CLOCK_FACTS


def _left_open(reader: Reader, form: list[Any], name: str) -> list[Any]:
    """A condition with all that tests a fact left open, as are tests of what is unknown."""
    if form[0] != "test":
        return [form[0], *(_left_open(reader, part, name) for part in form[1:])]
    needed = [fact.name for each in sorted(facts_in(form)) for fact in reader.needs(each)]
    if name in needed:
        return ["all"]
    return ["any", form, *(["test", each, ["unknown"]] for each in needed)]


def _certain(part: Part, form: list[Any], *, holds: bool) -> frozenset[str]:
    """The facts, by key, that must be known for a condition to hold, or to fail."""
    if form[0] == "test":
        fact = part.facts[form[1]]
        return frozenset({part.key(fact)} if asks(form[2]) and not fact.computed else ())
    parts = [_certain(part, each, holds=holds) for each in form[1:]]
    if not parts:
        return frozenset()
    all_needed = (form[0] == "all") is holds
    return frozenset.union(*parts) if all_needed else frozenset.intersection(*parts)


def without_known(form: list[Any]) -> list[Any]:
    """Return a condition less the tests that never ask."""
    if form[0] == "test":
        return form if asks(form[2]) else ["all"]
    return [form[0], *(without_known(part) for part in form[1:])]
