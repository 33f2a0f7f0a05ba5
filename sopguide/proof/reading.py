"""Compiled tests and tables, read as formulas over the facts that a person can give."""

from collections.abc import Iterator
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.fact import Fact
from sopguide.facts.mentions import facts_in
from sopguide.proof.formulas import (
    NO,
    SIGNS,
    YES,
    Formula,
    Marked,
    Member,
    Truth,
    every,
    opposite,
    some,
)
from sopguide.proof.orders import KINDS, Orders
from sopguide.proof.terms import Constant, Plain, Sum, Term, keys_of
from sopguide.proof.values import Values
from sopguide.walk.procedure import Part, Procedure


class Reader:
    """Reads the conditions of one procedure (`part`) of a compiled SOP."""

    def __init__(self, procedure: Procedure, part: Part, orders: Orders) -> None:
        self._procedure = procedure
        self._part = part
        self._orders = orders
        self._values = Values(procedure, part, orders, self.rows)
        self._limits: dict[str, Formula] = {}
        self._equals: dict[tuple[str, str], Formula] = {}

    def condition(self, form: list[Any], assumed: tuple[str, bool] | None = None) -> Formula:
        """Read a compiled condition; `assumed` names a fact whose tests all hold, or all fail."""
        if form[0] == "test":
            if assumed is not None and form[1] == assumed[0] and asks(form[2]):
                return Truth(assumed[1])
            return self.test(form[1], form[2])
        parts = [self.condition(part, assumed) for part in form[1:]]
        return every(parts) if form[0] == "all" else some(parts)

    def test(self, name: str, form: list[Any], *, holds: bool = True) -> Formula:
        """Read a test of one fact; with `holds` false, what makes it fail though all is known."""
        kind = form[0]
        if kind == "not":
            return self.test(name, form[1], holds=not holds)
        if kind == "and":
            parts = [self.test(name, part, holds=holds) for part in form[1:]]
            return every(parts) if holds else some(parts)
        if kind in ("known", "unknown"):
            known = self._known(self._part.facts[name])
            return known if (kind == "known") is holds else opposite(known)
        if kind == "..":
            low = self._compare(name, ">=", form[1], holds=holds)
            high = self._compare(name, "<=", form[2], holds=holds)
            return every((low, high)) if holds else some((low, high))
        if kind in SIGNS:
            return self._compare(name, kind, form[1], holds=holds)
        fact = self._part.facts[name]
        return some(
            every((when, self._has_value(term), self._literal(is_so, holds=holds)))
            for when, term in self._values.cases(name)
            for is_so in (self._is(fact, term, form),)
        )

    def equals(self, fact: Fact, value: Any) -> Formula:
        """Return where a fact has a value, given as JSON; None for "not known"."""
        name = (fact.name, repr(value))
        found = self._equals.get(name)
        if found is None:
            found = self._equals[name] = self._read_equals(fact, value)
        return found

    def _read_equals(self, fact: Fact, value: Any) -> Formula:
        key = self._part.key(fact)
        if value is None:
            return _null(key, fact)
        if fact.type == kinds.CHOICES:
            chosen = set(value)
            has = [_has(key, item) for item in fact.values if item in chosen]
            others = [opposite(_has(key, item)) for item in fact.values if item not in chosen]
            return every([opposite(_null(key, fact)), *has, *others])
        if fact.type == kinds.TEXT:
            return opposite(_null(key, fact))
        is_so = self._is(fact, self._values.base(fact), ["is", value])
        return every((opposite(_null(key, fact)), is_so))

    def limits(self, fact: Fact) -> Formula:
        """Return where a fact lies within its limits; "not known" always does."""
        if fact.type not in kinds.ORDERED or (fact.minimum is None and fact.maximum is None):
            return YES
        found = self._limits.get(fact.name)
        if found is None:
            found = self._limits[fact.name] = self._read_limits(fact)
        return found

    def _read_limits(self, fact: Fact) -> Formula:
        within = []
        for limit, loose, strict in ((fact.minimum, ">=", ">"), (fact.maximum, "<=", "<")):
            if limit is not None:
                sign = strict if limit.exclusive else loose
                operands = self._values.expression(limit.formula)
                within += [
                    some(
                        (
                            opposite(when),
                            self._no_value(term),
                            self._orders.order(self._values.base(fact), sign, term),
                        )
                    )
                    for when, term in operands
                ]
        key = self._part.key(fact)
        return some((_null(key, fact), every(within)))

    def rows(self, table: str) -> list[Formula]:
        """Return the conditions of a table's rows; the last `else` holds always."""
        rows = self._procedure.form["tables"][table]["rows"]
        return [self.condition(row["if"]) if "if" in row else YES for row in rows]

    def needs(self, name: str) -> tuple[Fact, ...]:
        """Return the facts that a person gives and that a fact's value is made from."""
        return tuple(self._bases(self._part.facts[name], set()))

    def _bases(self, fact: Fact, seen: set[str]) -> Iterator[Fact]:
        if fact.name in seen:
            return
        seen.add(fact.name)
        if fact.formula is not None:
            mentioned = facts_in(fact.formula)
        elif fact.table is not None:
            rows = self._procedure.form["tables"][fact.table]["rows"]
            mentioned = set().union(*(facts_in(row["if"]) for row in rows if "if" in row))
        else:
            yield fact
            return
        for name in sorted(mentioned):
            yield from self._bases(self._part.facts[name], seen)

    def _literal(self, formula: Formula, *, holds: bool) -> Formula:
        return formula if holds else opposite(formula)

    def _known(self, fact: Fact) -> Formula:
        return every(
            every(
                (
                    Marked(("state", key), frozenset({"ticket", "given", "set"})),
                    opposite(_null(key, base)),
                )
            )
            for base in self._bases(fact, set())
            for key in (self._part.key(base),)
        )

    def _is(self, fact: Fact, term: Term, form: list[Any]) -> Formula:
        """Read a test for values (`is`, `in`, `has_any`, `has_all`, `only`) of a fact's term."""
        kind, wanted = form
        if isinstance(term, Plain) and term.fact.type == kinds.CHOICES:
            has = {item: _has(term.key, item) for item in term.fact.values}
            if kind == "only":
                return every(opposite(has[item]) for item in has if item not in wanted)
            parts = [has[item] for item in wanted]
            return some(parts) if kind == "has_any" else every(parts)
        values = wanted if kind == "in" else [wanted]
        if isinstance(term, Plain):
            return Member(("value", term.key), frozenset(values))
        if isinstance(term, Constant):
            return Truth(term.value in values)
        kind = term.kind if isinstance(term, Sum) else KINDS[fact.type]
        return some(
            self._orders.order(term, "=", self._values.literal(value, kind)) for value in values
        )

    def _compare(self, name: str, sign: str, operand: list[Any], *, holds: bool) -> Formula:
        found = []
        for when, left in self._values.cases(name):
            for then, right in self._values.expression(operand):
                order = self._literal(self._orders.order(left, sign, right), holds=holds)
                known = every((self._has_value(left), self._has_value(right)))
                found.append(every((when, then, known, order)))
        return some(found)

    def _has_value(self, term: Term) -> Formula:
        return every(opposite(self._null_at(key)) for key in keys_of(term))

    def _no_value(self, term: Term) -> Formula:
        return some(self._null_at(key) for key in keys_of(term))

    def _null_at(self, key: str) -> Formula:
        fact = self._procedure.fact_at(key)
        return NO if fact is None else _null(key, fact)


def asks(test: list[Any]) -> bool:
    """Tell whether a test of an unknown fact makes the walk ask for it."""
    if test[0] in ("not", "and"):
        return any(asks(part) for part in test[1:])
    return test[0] not in ("known", "unknown")


def _null(key: str, fact: Fact) -> Formula:
    return Marked(("null", key), frozenset({"not known"})) if fact.optional else NO


def _has(key: str, value: str) -> Formula:
    return Marked(("has", key, value), frozenset({"in"}))
