"""Evaluating conditions, tests and expressions in three-valued logic.

A `Linker` turns the parsed JSON forms into functions of a mapping of known
facts. Such a function returns an `Unknown` that names the fact to be asked
for where the known facts leave it open; that is how facts ask for
themselves. A test of a fact that is "not known" (None) fails, under `not`
too; only `known` and `unknown` see it.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from fractions import Fraction
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.arithmetic import Arithmetic, Uncomputable
from sopguide.facts.calendar import Holiday, holidays_of, no_holiday
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fact import Fact
from sopguide.facts.fault import Fault
from sopguide.facts.numbers import exact, parse_decimal
from sopguide.facts.times import as_date, parse_date, parse_time
from sopguide.facts.values import Value, from_json, show

Known = Mapping[str, Any]
"""What is known, by the linker's keys: a value, or None for "not known"."""


class Unknown:
    """The fact that has to be known first."""

    __slots__ = ("fact",)

    def __init__(self, fact: Fact) -> None:
        self.fact = fact


Truth = bool | Unknown | None
"""Holds, does not hold, open; None: fails because a fact is "not known"."""

Test = Callable[[Known], Truth]
Formula = Callable[[Known], Any]
"""Gives a value, None for "not known", or an Unknown."""


class Linker:
    """Binds forms to the facts in sight of one procedure.

    `key` gives a fact's place in the mapping of known facts; `tables` holds the
    compiled tables; `calendar` is the library's (`{"holidays": "US"}`,
    `{"fact": "country"}` or None).
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        key: Callable[[Fact], str],
        tables: Mapping[str, Any],
        zone: tzinfo,
        calendar: Mapping[str, str] | None,
    ) -> None:
        self._facts = facts
        self._key = key
        self._tables = tables
        self._calendar = calendar
        self._zone = zone
        self._values: dict[str, Formula] = {}

    def condition(self, form: list[Any]) -> Test:
        """Return the function that decides a condition."""
        if form[0] == "test":
            return self.test(form[1], form[2])
        parts = [self.condition(part) for part in form[1:]]
        if len(parts) == 1:
            return parts[0]
        return _all_of(parts) if form[0] == "all" else _any_of(parts)

    def value(self, name: str) -> Formula:
        """Return the function that gives a fact's value, computed or known."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = self._link_value(self._facts[name])
        return found

    def test(self, name: str, form: list[Any]) -> Test:
        """Return the function that decides a test of one fact."""
        kind, value, fact = form[0], self.value(name), self._facts[name]
        if kind == "known":
            return lambda known: _has_value(value(known))
        if kind == "unknown":
            return lambda known: not _has_value(value(known))
        if kind == "not":
            inner = self.test(name, form[1])
            return lambda known: _negated(inner(known))
        if kind == "and":
            return _all_of([self.test(name, part) for part in form[1:]])
        if kind in _SIGNS:
            return self._compared(value, _SIGNS[kind], self.expression(form[1]))
        if kind == "..":
            return _all_of(
                [
                    self._compared(value, operator.ge, self.expression(form[1])),
                    self._compared(value, operator.le, self.expression(form[2])),
                ]
            )
        return _lifted(value, self._predicate(kind, form[1], fact))

    def expression(self, form: list[Any]) -> Formula:
        """Return the function that computes an expression."""
        kind = form[0]
        if kind == "fact":
            return self.value(form[1])
        if kind in _CONSTANTS:
            constant = self._constant(kind, form[1])
            return lambda _: constant
        if kind == "round":
            inner = self.expression(form[1])
            places = form[2]
            return self._computed(lambda sums, number: sums.round(number, places), [inner], form)
        parts = [self.expression(part) for part in form[1:]]
        return self._computed(lambda sums, *values: sums.apply(kind, *values), parts, form)

    def _computed(
        self, work: Callable[..., Any], parts: list[Formula], form: list[Any]
    ) -> Formula:
        zone, holiday = self._zone, self._holiday_of(form)

        def compute(known: Known) -> Any:
            calendar = holiday(known)
            if calendar.__class__ is Unknown:
                return calendar
            values = []
            for part in parts:
                value = part(known)
                if value.__class__ is Unknown:
                    return value
                values.append(value)
            if any(value is None for value in values):
                return None
            return work(Arithmetic(zone, calendar), *values)

        return compute

    def _holiday_of(self, form: list[Any]) -> Formula:
        """Return what finds the holiday calendar, where the form counts business days."""
        calendar = self._calendar
        if calendar is None or form[0] not in ("+", "-") or not _counts_business_days(form):
            return lambda _: no_holiday
        if "holidays" in calendar:
            country = calendar["holidays"]
            return lambda _: holidays_of(country) or no_holiday
        place = self.value(calendar["fact"])

        def find(known: Known) -> Any:
            found = place(known)
            if found is None or found.__class__ is Unknown:
                return found or no_holiday
            return holidays_of(found) or no_holiday

        return find

    def _link_value(self, fact: Fact) -> Formula:
        if fact.formula is not None:
            return self._link_formula(fact, self.expression(fact.formula))
        if fact.table is not None:
            return self._link_table(fact, fact.table)
        key, unknown = self._key(fact), Unknown(fact)
        return lambda known: known.get(key, unknown)

    def _link_formula(self, fact: Fact, formula: Formula) -> Formula:
        bounds, zone = self.bounds(fact), self._zone

        def compute(known: Known) -> Any:
            value = formula(known)
            if value is None or value.__class__ is Unknown:
                return value
            if fact.type == kinds.DATE:
                value = as_date(value, zone)
            for bound in bounds:
                missing = bound.missing(known)
                if missing is not None:
                    return missing
                refused = bound.refuse(known, value)
                if refused is not None:
                    raise Uncomputable(f"`{fact.name}` comes to {show(value, fact)}: {refused}")
            return value

        return compute

    def _link_table(self, fact: Fact, table: str) -> Formula:
        rows = []
        for row in self._tables[table]["rows"]:
            condition = self.condition(row["if"]) if "if" in row else _always
            value = from_json(row["value"], fact, self._zone)
            if isinstance(value, Fault):
                raise TypeError(value.message)
            rows.append((condition, value))

        def look_up(known: Known) -> Any:
            for condition, value in rows:
                holds = condition(known)
                if holds is True:
                    return value
                if holds.__class__ is Unknown:
                    return holds
            raise Uncomputable(f"no row of table `{table}` holds for these facts")

        return look_up

    def bounds(self, fact: Fact) -> tuple["Bound", ...]:
        """Return the fact's `min` and `max`, where it has any."""
        limits = ((fact.minimum, operator.ge, operator.gt), (fact.maximum, operator.le, operator.lt))
        return tuple(
            Bound(fact, self.expression(limit.formula), strict if limit.exclusive else loose, self._zone)
            for limit, loose, strict in limits
            if limit is not None
        )

    def _compared(
        self, value: Formula, sign: Callable[[Any, Any], bool], operand: Formula
    ) -> Test:
        zone = self._zone

        def compare(known: Known) -> Truth:
            one = value(known)
            if one is None or one.__class__ is Unknown:
                return one  # type: ignore[no-any-return]
            other = operand(known)
            if other is None or other.__class__ is Unknown:
                return other  # type: ignore[no-any-return]
            return sign(*_alike(one, other, zone))

        return compare

    def _predicate(self, kind: str, wanted: Any, fact: Fact) -> Callable[[Any], bool]:
        if kind == "has_any":
            return lambda value: any(item in value for item in wanted)
        if kind == "has_all":
            return lambda value: all(item in value for item in wanted)
        if kind == "only":
            return lambda value: all(item in wanted for item in value)
        constants = [self._wanted(item, fact) for item in (wanted if kind == "in" else [wanted])]
        if fact.type in (kinds.CHOICE, kinds.YES_NO):
            return frozenset(constants).__contains__
        zone = self._zone
        return lambda value: any(operator.eq(*_alike(value, item, zone)) for item in constants)

    def _wanted(self, data: Any, fact: Fact) -> Any:
        day = parse_date(data) if fact.type in kinds.TIMES else None
        value = from_json(data, fact, self._zone) if day is None else day
        if isinstance(value, Fault):
            raise TypeError(value.message)
        return value

    def _constant(self, kind: str, text: str) -> Value:
        found: Value | Fault | None
        if kind == "number":
            found = parse_decimal(text)
        elif kind == "duration":
            found = parse_duration(text)
        else:
            found = parse_date(text) if kind == "date" else parse_time(text, self._zone)
        if found is None or isinstance(found, Fault):
            raise TypeError(text)
        return found


class Bound:
    """A `min` or `max` of a fact, ready to be held against a value."""

    def __init__(
        self, fact: Fact, limit: Formula, fits: Callable[[Any, Any], Any], zone: tzinfo
    ) -> None:
        self._fact = fact
        self._limit = limit
        self._fits = fits
        self._zone = zone

    def missing(self, known: Known) -> Unknown | None:
        """Return the fact that must be known before the limit is."""
        limit = self._limit(known)
        return limit if isinstance(limit, Unknown) else None

    def refuse(self, known: Known, value: Any) -> str | None:
        """Say why the value lies outside; None where it may stand or the limit is open."""
        limit = self._limit(known)
        if value is None or limit is None or isinstance(limit, Unknown):
            return None
        if self._fits(*_alike(value, limit, self._zone)):
            return None
        return f"it must be {_WORDS[self._fits]} {show(limit, self._fact)}"


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_WORDS: dict[Callable[[Any, Any], Any], str] = {
    operator.ge: "at least",
    operator.gt: "more than",
    operator.le: "at most",
    operator.lt: "less than",
}
_CONSTANTS = ("number", "duration", "date", "time")


def _always(_: Known) -> Truth:
    return True


def _negated(truth: Truth) -> Truth:
    return not truth if isinstance(truth, bool) else truth


def _has_value(value: Any) -> bool:
    """`known` never makes the walk ask: an open fact has no value yet."""
    return value is not None and value.__class__ is not Unknown


def _all_of(parts: list[Test]) -> Test:
    """One failing part settles it; else the first open one leaves it open."""

    def decide(known: Known) -> Truth:
        opened: Truth = True
        for part in parts:
            truth = part(known)
            if truth is True:
                continue
            if truth.__class__ is not Unknown:
                return truth
            if opened is True:
                opened = truth
        return opened

    return decide


def _any_of(parts: list[Test]) -> Test:
    """One holding part settles it; else the first open one leaves it open."""

    def decide(known: Known) -> Truth:
        opened: Truth = False
        for part in parts:
            truth = part(known)
            if truth is True:
                return True
            if opened is False and truth.__class__ is Unknown:
                opened = truth
        return opened

    return decide


def _lifted(value: Formula, predicate: Callable[[Any], bool]) -> Test:
    def decide(known: Known) -> Truth:
        found = value(known)
        if found is None or found.__class__ is Unknown:
            return found  # type: ignore[no-any-return]
        return predicate(found)

    return decide


def _alike(one: Any, other: Any, zone: tzinfo) -> tuple[Any, Any]:
    """Return two values in a form in which they compare: a date against a time as dates."""
    if isinstance(one, date) and isinstance(other, date):
        if isinstance(one, datetime) is not isinstance(other, datetime):
            return as_date(one, zone), as_date(other, zone)
    elif isinstance(one, Fraction) or isinstance(other, Fraction):
        return exact(one), exact(other)
    return one, other


def _counts_business_days(form: list[Any]) -> bool:
    """Tell whether a sum may add business days: a duration constant holds some."""
    return any(
        part[0] == "duration" and "bd" in part[1]
        or part[0] in ("+", "-", "*", "neg", "min", "max")
        and _counts_business_days(part)
        for part in form[1:]
        if isinstance(part, list)
    )
