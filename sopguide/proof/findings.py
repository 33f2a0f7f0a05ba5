"""What the proof found in one SOP, as values: the kind, the place, the ticket that shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from sopguide.facts.fact import CHOICE, YES_NO
from sopguide.proof.diagrams import NOTHING, TooLargeError
from sopguide.proof.domain import WORDS
from sopguide.proof.endless import endless, endless_loops, never_ends
from sopguide.proof.explore import Explorer, Passing
from sopguide.proof.formulas import Compare, Dimension, literals
from sopguide.proof.numbers import tell_number
from sopguide.proof.orders import Moved
from sopguide.proof.steps import Path, Rule, Step, Way
from sopguide.proof.witness import Goal, find_witness
from sopguide.walk.procedure import Procedure
from sopguide.walk.walk import STUCK

GAP = "gap"
NEVER_HOLDS = "never-holds"
NEVER_GIVEN = "never-given"
SETTLED = "settled"
ENDLESS = "endless"
SET_IGNORED = "set-ignored"
OVERLAP = "overlap"
HAIRLINE = "hairline"
RULES_OVERLAP = "rules-overlap"
NOT_OBTAINABLE = "not-obtainable"
NOT_PROVED = "not-proved"
UNBOUND = "unbound"
LATE = "late"

_OPEN = {
    GAP: "whether a rule holds for all that comes to `{}`",
    NOT_OBTAINABLE: "whether something always gives `{}` before it is needed here",
    ENDLESS: "whether a walk can go round for ever from `{}`",
}
"""What stays open where no ticket was found that shows it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its kind, where it stands in the SOP's file, and what shows it.

    `about` names the fact, answer or step meant; `words` tell the witness; `witness`
    is what `sopguide resolve` takes.
    """

    kind: str
    path: Path
    about: str = ""
    words: str = ""
    witness: dict[str, Any] | None = None


def prove(procedure: Procedure, explorer: Explorer | None = None) -> list[Finding]:
    """Return what the proof finds in one compiled SOP, in the order of its steps."""
    try:
        return list(_Prover(procedure, explorer or Explorer(procedure)).findings())
    except (TooLargeError, RecursionError):
        why = "this SOP and what it runs have too many places, or too many facts that hang together"
        return [Finding(NOT_PROVED, ("steps",), "anything about these steps", why)]


class _Prover:
    def __init__(self, procedure: Procedure, explorer: Explorer) -> None:
        self._procedure = procedure
        self._explorer = explorer
        self._found = explorer.found
        dimensions = explorer.domain.dimensions
        self._keys = {key for each in dimensions if each[0] in ("value", "gap") for key in each[1:]}

    def findings(self) -> Iterator[Finding]:
        """Go through the SOP's own steps."""
        for name in self._found.came:
            step = self._found.steps.step(self._procedure.sop, name)
            yield from self._of_question(step)
            for way in step.ways():
                passing = self._found.passing.get(way.path)
                if passing is not None:
                    yield from self._of_way(step, way, passing)
        yield from self._of_wanting()
        yield from self._of_loops()
        yield from self._of_opaque()
        for path, kept in self._found.kept.items():
            if kept != NOTHING:
                yield Finding(SET_IGNORED, path, str(path[-1]))

    def _of_way(self, step: Step, way: Way, passing: Passing) -> Iterator[Finding]:
        if not way.listed or passing.came == NOTHING:
            return
        for index in range(len(way.rules)):
            if passing.held.get(index, NOTHING) == NOTHING:
                key = "if" if way.rules[index].form is not None else "else"
                yield Finding(NEVER_HOLDS, (*way.path, index, key), way.rules[index].to)
        if passing.left != NOTHING:
            yield self._gap(step, way)
        elif way.rules[-1].form is None:
            yield from self._hairlines(way, passing.held.get(len(way.rules) - 1, NOTHING))

    def _hairlines(self, way: Way, rest: int) -> Iterator[Finding]:
        """Single values between two ranges that only the `else` takes: `< 10` and `> 10`."""
        domain, space = self._found.domain, self._found.domain.space
        used = {literal.dimension for rule in way.rules for literal in literals(rule.holds)}
        for dimension in sorted(used):
            if dimension[0] != "value" or rest == NOTHING or _names_a_value(way, dimension):
                continue
            place = domain.index[dimension]
            cells = domain.cells[place]
            reached = [
                number
                for number in range(len(cells))
                if space.both(rest, space.cube(place, [number])) != NOTHING
            ]
            if len(reached) == 1 and 0 < reached[0] < len(cells) - 1 and cells[reached[0]].point:
                path = (*way.path, len(way.rules) - 1, "else")
                value = tell_number(cells[reached[0]].sample, dimension[1], self._procedure)
                yield Finding(HAIRLINE, path, dimension[1], value)

    def _gap(self, step: Step, way: Way) -> Finding:
        whole = self._explorer.whole
        left = whole.passing[way.path].left
        ref = step.id

        def is_stuck(walk: Any) -> bool:
            return (
                walk.status == STUCK and walk.step.ref == ref and "no rule" in (walk.reason or "")
            )

        return self._shown(GAP, way.path, ref, left, is_stuck)

    def _of_wanting(self) -> Iterator[Finding]:
        """Facts that a rule needs before anything has given them: one finding a fact."""
        told: dict[str, Finding] = {}
        for (path, index, name), wanting in self._found.wanting.items():
            if wanting == NOTHING or (name in told and told[name].kind == NOT_OBTAINABLE):
                continue
            ref = str(path[1])
            whole = self._explorer.whole.wanting[path, index, name]

            def asks(walk: Any, ref: str = ref, name: str = name) -> bool:
                need = walk.need
                return (
                    need is not None and need.name == name and walk.asked and walk.step.ref == ref
                )

            shown = self._shown(NOT_OBTAINABLE, (*path, index, "if"), name, whole, asks)
            if name not in told or shown.kind == NOT_OBTAINABLE:
                told[name] = shown
        yield from told.values()

    def _of_loops(self) -> Iterator[Finding]:
        """One finding a loop: at the first of its steps that a walk comes to."""
        own = [
            loop
            for loop in endless_loops(self._explorer, self._found)
            if any(place.caller is None for place in loop)
        ]
        for loop in own:
            whole = self._explorer.whole
            here = {place for place in loop if place.caller is None}
            names = {place.step for place in here}
            place = next(each for each in whole.rounds if each in here)

            def goes_round(walk: Any, names: set[str] = names) -> bool:
                return never_ends(walk, names)

            staying = endless(self._explorer, whole, loop)[place]
            path = ("steps", place.step)
            yield self._shown(ENDLESS, path, place.step, staying, goes_round)

    def _of_opaque(self) -> Iterator[Finding]:
        """What a rule compares and the proof cannot tell apart is said, never passed over.

        It is told once for the same facts and reason: at the first such rule.
        """
        opaque = self._found.steps.orders.opaque
        tangled = self._tangled()
        told: set[tuple[str, str]] = set()
        for name in self._found.came:
            for way in self._found.steps.step(self._procedure.sop, name).ways():
                for index, rule in enumerate(way.rules):
                    found = [d.dimension for d in literals(rule.holds) if d.dimension in tangled]
                    if found:
                        facts = " and ".join(sorted(_facts_of(found[0], self._keys)))
                        why = opaque.get(found[0][1], "")
                        if (facts, why) in told:
                            continue
                        told.add((facts, why))
                        about = f"what `{facts}` rule out here"
                        yield Finding(NOT_PROVED, (*way.path, index, "if"), about, why)

    def _tangled(self) -> set[Dimension]:
        """The comparisons out of reach that others of the same facts may bear on.

        One alone is no loss: all that can be told of it is its order. So is a family
        of dates moved from the same one, and its distance in days.
        """
        moves = self._explorer.moves
        used = {literal.dimension for rule in self._rules() for literal in literals(rule.holds)}
        orders = [dimension for dimension in used if dimension[0] == "order"]
        return {
            one
            for one, other in product(orders, used)
            if one != other
            and other[0] in ("order", "gap", "value")
            and not _is_related(moves.get(one[1]), other, moves)
            and _facts_of(one, self._keys) & _facts_of(other, self._keys)
        }

    def _rules(self) -> Iterator[Rule]:
        for name in self._found.came:
            for way in self._found.steps.step(self._procedure.sop, name).ways():
                yield from way.rules

    def _of_question(self, step: Step) -> Iterator[Finding]:
        fact, domain = step.fact, self._found.domain
        came = self._found.answered.get(step.id, NOTHING)
        if fact is None or came == NOTHING or fact.computed:
            return
        reader = self._found.steps.reader(self._procedure.sop)
        both = domain.space.both
        if fact.type in (CHOICE, YES_NO) and ("value", step.key) in domain.index:
            place = domain.index[("value", step.key)]
            cells = domain.cells[place]
            possible = [
                cell
                for number, cell in enumerate(cells)
                if both(came, domain.space.cube(place, [number])) != NOTHING
            ]
            if len(possible) == 1 and len(possible[0].values) == 1 and len(fact.values) > 1:
                yield Finding(SETTLED, ("steps", step.id), step.id, possible[0].values[0])
                return
        for answer in step.answers:
            if both(came, domain.set_of(reader.equals(fact, answer))) == NOTHING:
                yield Finding(NEVER_GIVEN, ("steps", step.id, "answers", answer), answer)

    def _shown(self, kind: str, path: Path, about: str, combinations: int, goal: Goal) -> Finding:
        """Return the finding with its witness; where none is found, that it is not proved."""
        domain = self._explorer.whole.domain
        again = self._explorer.places.keys_asked_again()
        witness = find_witness(self._procedure, domain, combinations, goal, again)
        if witness is None:
            return Finding(NOT_PROVED, path, _OPEN[kind].format(about), self._why())
        return Finding(kind, path, about, witness.words, witness.to_json())

    def _why(self) -> str:
        reasons = set(self._found.steps.orders.opaque.values())
        return "; ".join(sorted(reasons)) or "no ticket was found that shows it"


def _names_a_value(way: Way, dimension: Dimension) -> bool:
    """Tell whether a rule names a single value itself: then it is meant."""
    return any(
        isinstance(literal, Compare) and literal.sign == "=" and literal.dimension == dimension
        for rule in way.rules
        for literal in literals(rule.holds)
    )


def _is_related(one: Moved | None, other: Dimension, moves: Mapping[str, Moved]) -> bool:
    """Tell whether the domain knows how the two comparisons bear on each other."""
    if one is None:
        return False
    if other[0] == "order":
        second = moves.get(other[1])
        return second is not None and second.family == one.family
    gap = one.gap
    return other[0] == "gap" and gap is not None and set(other[1:]) == set(gap[:2])


def _facts_of(dimension: Dimension, keys: set[str]) -> set[str]:
    if dimension[0] == "order":
        return {key for key in keys if key in WORDS.findall(dimension[1])}
    return set(dimension[1:])
