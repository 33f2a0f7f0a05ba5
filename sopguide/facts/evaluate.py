"""Evaluating conditions, tests and expressions over known facts.

A `Linker` turns the parsed JSON forms into functions of a mapping of known
facts. Such a function returns an `Unknown` that names the fact to be asked
for where the known facts leave it open; that is how facts ask for
themselves.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.arithmetic import Arithmetic, Uncomputable
from sopguide.facts.calendar import holidays_of, no_holiday
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fact import Fact
from sopguide.facts.fault import Fault
from sopguide.facts.limits import Bound
from sopguide.facts.numbers import parse_decimal
from sopguide.facts.order import alike
from sopguide.facts.times import as_date, parse_date, parse_time
from sopguide.facts.truth import (
    Formula,
    Known,
    Test,
    Truth,
    Unknown,
    all_of,
    always,
    any_of,
    has_value,
    lift,
    negate,
)
from sopguide.facts.values import Value, from_json, show


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
        return all_of(parts) if form[0] == "all" else any_of(parts)

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
            return lambda known: has_value(value(known))
        if kind == "unknown":
            return lambda known: not has_value(value(known))
        if kind == "not":
            inner = self.test(name, form[1])
            return lambda known: negate(inner(known))
        if kind == "and":
            return all_of([self.test(name, part) for part in form[1:]])
        if kind in _SIGNS:
            return self._compared(value, _SIGNS[kind], self.expression(form[1]))
        if kind == "..":
            return all_of(
                [
                    self._compared(value, operator.ge, self.expression(form[1])),
                    self._compared(value, operator.le, self.expression(form[2])),
                ]
            )
        return lift(value, self._predicate(kind, form[1], fact))

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

    def _computed(self, work: Callable[..., Any], parts: list[Formula], form: list[Any]) -> Formula:
        zone, holiday = self._zone, self._holiday_of(form)

        def compute(known: Known) -> Any:
            values = []
            for part in parts:
                value = part(known)
                if value.__class__ is Unknown:
                    return value
                values.append(value)
            if any(value is None for value in values):
                return None
            calendar = no_holiday
            if holiday is not None and _counts_business_days(values):
                calendar = holiday(known)
                if calendar.__class__ is Unknown:
                    return calendar
            return work(Arithmetic(zone, calendar), *values)

        return compute

    def _holiday_of(self, form: list[Any]) -> Formula | None:
        """Return what finds the holiday calendar, where a sum may count business days by it."""
        calendar = self._calendar
        if calendar is None or form[0] not in ("+", "-"):
            return None
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
            return self._within_limits(fact, self.expression(fact.formula))
        if fact.table is not None:
            return self._within_limits(fact, self._link_table(fact, fact.table))
        key, unknown = self._key(fact), Unknown(fact)
        return lambda known: known.get(key, unknown)

    def _within_limits(self, fact: Fact, formula: Formula) -> Formula:
        """Return what gives a computed value of the fact's type, if its limits let it stand."""
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
            condition = self.condition(row["if"]) if "if" in row else always
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

    def bounds(self, fact: Fact) -> tuple[Bound, ...]:
        """Return the fact's `min` and `max`, where it has any."""
        limits = (
            (fact.minimum, operator.ge, operator.gt),
            (fact.maximum, operator.le, operator.lt),
        )
        return tuple(
            Bound(
                fact,
                self.expression(limit.formula),
                strict if limit.exclusive else loose,
                self._zone,
            )
            for limit, loose, strict in limits
            if limit is not None
        )

    def _compared(self, value: Formula, sign: Callable[[Any, Any], bool], operand: Formula) -> Test:
        zone = self._zone

        def compare(known: Known) -> Truth:
            one = value(known)
            if one is None or one.__class__ is Unknown:
                return one
            other = operand(known)
            if other is None or other.__class__ is Unknown:
                return other
            return sign(*alike(one, other, zone))

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
        return lambda value: any(operator.eq(*alike(value, item, zone)) for item in constants)

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


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_CONSTANTS = ("number", "duration", "date", "time")


def _counts_business_days(values: list[Any]) -> bool:
    """Tell whether a sum moves a date by business days."""
    return any(isinstance(value, date) for value in values) and any(
        isinstance(value, Duration) and value.business for value in values
    )
