"""Values for a combination of cells: what a person can type into a ticket."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.calendar import OutOfRangeError, add, no_holiday
from sopguide.facts.durations import Duration
from sopguide.facts.fact import Fact
from sopguide.facts.names import CLOCK_FACTS
from sopguide.facts.numbers import plain, write
from sopguide.facts.times import as_date, midnight
from sopguide.proof.cells import Cell
from sopguide.proof.domain import Domain
from sopguide.walk.procedure import Procedure

_EPOCH = date(1970, 1, 1).toordinal()
_TODAY = date(2026, 6, 15)
_MOST_PICKS = 24
_MOVE = re.compile(r"([0-9]+) (months|business days)")
_DISTANCES = (0, 1, -1, 10, 14, 31, 45, 93, 184, 367, 800, 4000, -10, -31, -93, -367, -4000)


def plainest_first(cells: list[Cell]) -> list[int]:
    """Values before "not known", numbers near nought before far ones."""

    def plainness(place: int) -> tuple[int, int, Fraction]:
        cell = cells[place]
        odd = cell.label in ("not known", "again", "set")
        return int(odd), int(cell.low is None and cell.high is not None), abs(cell.sample)

    if any(cell.label for cell in cells):
        return sorted(range(len(cells)), key=plainness)
    return list(range(len(cells)))


def concrete(
    procedure: Procedure, domain: Domain, picked: list[int | None]
) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Yield tickets that lie in the picked cells: today, and JSON values by key."""
    numbers = _Numbers(procedure, domain, picked)
    plain_values = _plain_values(domain, picked)
    known = _known_values(procedure, domain, picked)
    for count, solution in enumerate(numbers.solutions()):
        if count >= _MOST_PICKS:
            return
        today = date.fromordinal(int(solution.pop("today", Fraction(_day(_TODAY)))) + _EPOCH)
        clock = midnight(today, procedure.zone)
        if "now" in solution:
            clock = datetime.fromtimestamp(float(solution.pop("now")) * 86_400, UTC)
        values = {key: _json(number, procedure.fact_at(key)) for key, number in solution.items()}
        yield clock, {**known, **values, **plain_values}


def tell_number(number: Fraction, key: str, procedure: Procedure) -> str:
    """Return a number of a cell as a person writes the value of that fact."""
    return str(_json(number, procedure.fact_at(key)))


def any_values(fact: Fact) -> list[Any]:
    """A few values of a fact that nothing else says anything about."""
    if fact.type in (kinds.CHOICE, kinds.YES_NO):
        return list(fact.values[:8])
    if fact.type == kinds.CHOICES:
        return [[value] for value in fact.values[:8]]
    samples: dict[str, list[Any]] = {
        kinds.TEXT: ["a text"],
        kinds.DATE: [_TODAY.isoformat(), "2026-01-01"],
        kinds.DATETIME: ["2026-06-15T00:00Z"],
        kinds.DURATION: ["1d"],
    }
    return samples.get(fact.type, [0, 1, 5, 20, 100, 1000])


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _plain_values(domain: Domain, picked: list[int | None]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    several: dict[str, list[str]] = {}
    for dimension, cell in zip(domain.dimensions, picked, strict=True):
        if cell is None:
            continue
        found = domain.cells[domain.index[dimension]][cell]
        if dimension[0] == "value" and found.values:
            values[dimension[1]] = found.values[0]
        if dimension[0] == "has" and found.label == "in":
            several.setdefault(dimension[1], []).append(dimension[2])
    values.update(several)
    for dimension, cell in zip(domain.dimensions, picked, strict=True):
        if dimension[0] == "null" and cell == 1:
            values[dimension[1]] = None
    return values


def _known_values(procedure: Procedure, domain: Domain, picked: list[int | None]) -> dict[str, Any]:
    """Any value for a fact of which it only matters that it is known."""
    known = {}
    for dimension, cell in zip(domain.dimensions, picked, strict=True):
        fact = procedure.fact_at(dimension[1]) if dimension[0] == "state" else None
        if fact is not None and cell in (1, 2):
            known[dimension[1]] = any_values(fact)[0]
    return known


class _Numbers:
    """Finds numbers within their cells, with the differences that were picked."""

    def __init__(self, procedure: Procedure, domain: Domain, picked: list[int | None]) -> None:
        self._cells: dict[str, Cell] = {}
        self._gaps: list[tuple[str, str, Cell]] = []
        self._whole: dict[str, bool] = {}
        self._loose: set[str] = set()
        self._moves: set[tuple[str, str]] = set()
        self._zone = procedure.zone
        for dimension, place in zip(domain.dimensions, picked, strict=True):
            if dimension[0] == "order":
                self._loose |= {key for key in domain.numbered if key in dimension[1]}
                self._moves |= set(_MOVE.findall(dimension[1]))
                continue
            if place is None or dimension[0] not in ("value", "gap"):
                continue
            cell = domain.cells[domain.index[dimension]][place]
            if dimension[0] == "gap":
                self._gaps.append((dimension[1], dimension[2], cell))
            elif not cell.values:
                self._cells[dimension[1]] = cell
        for key in [*self._cells, *(k for x, y, _ in self._gaps for k in (x, y)), *self._loose]:
            fact = procedure.fact_at(key)
            if fact is not None and fact.type in kinds.ORDERED:
                self._cells.setdefault(key, Cell())
                self._whole[key] = fact.type in (kinds.INTEGER, kinds.DATE)
                if fact.type in kinds.TIMES and self._cells[key] == Cell():
                    self._loose.add(key)
        self._order = sorted(self._cells, key=self._looseness)

    def _looseness(self, key: str) -> tuple[bool, bool, str]:
        """Points first, then the clock, then the rest: what is fixed decides about what is not."""
        return not self._cells[key].point, key not in CLOCK_FACTS, key

    def solutions(self) -> Iterator[dict[str, Fraction]]:
        """Yield numbers by key; the plainest first."""
        yield from self._extend({}, 0)

    def _extend(self, chosen: dict[str, Fraction], place: int) -> Iterator[dict[str, Fraction]]:
        if place == len(self._order):
            yield dict(chosen)
            return
        key = self._order[place]
        for number in self._candidates(key, chosen):
            chosen[key] = number
            if self._fits(key, chosen):
                yield from self._extend(chosen, place + 1)
            del chosen[key]

    def _candidates(self, key: str, chosen: dict[str, Fraction]) -> list[Fraction]:
        cell = self._cells[key]
        near = Fraction(_day(_TODAY))
        found = [near] if key in CLOCK_FACTS or key in self._loose else []
        for x, y, gap in self._gaps:
            if x == key and y in chosen:
                found += [chosen[y] + each for each in _within(gap)]
            if y == key and x in chosen:
                found += [chosen[x] - each for each in _within(gap)]
        found += _within(cell)
        if key in self._loose:
            base = chosen.get("today", near)
            found += [base + each + step for each in self._moved(base) for step in (0, 1, -1)]
            found += [base + distance for distance in _DISTANCES]
        whole = self._whole.get(key, False)
        return list(
            dict.fromkeys(n for n in found if _holds(cell, n) and (not whole or n == int(n)))
        )

    def _moved(self, base: Fraction) -> list[Fraction]:
        """How far the calendar durations of a comparison lie from a day, both ways."""
        day = date.fromordinal(int(base) + _EPOCH)
        found = []
        for count, unit in sorted(self._moves):
            months = unit == "months"
            duration = Duration(months=int(count)) if months else Duration(business=int(count))
            for way in (duration, -duration):
                with suppress(OutOfRangeError):
                    moved = as_date(add(day, way, self._zone, no_holiday), self._zone)
                    found.append(Fraction((moved - day).days))
        return found

    def _fits(self, key: str, chosen: dict[str, Fraction]) -> bool:
        return all(
            _holds(gap, chosen[x] - chosen[y])
            for x, y, gap in self._gaps
            if key in (x, y) and x in chosen and y in chosen
        )


def _within(cell: Cell) -> list[Fraction]:
    found = [cell.sample]
    if cell.low is not None:
        found += [cell.low + 1, cell.low + Fraction(1, 2)]
    if cell.high is not None:
        found += [cell.high - 1]
    return found


def _holds(cell: Cell, number: Fraction) -> bool:
    if cell.point:
        return number == cell.low
    return (cell.low is None or number > cell.low) and (cell.high is None or number < cell.high)


def _json(number: Fraction, fact: Fact | None) -> Any:
    if fact is None:
        return None
    if fact.type == kinds.DATE:
        return date.fromordinal(int(number) + _EPOCH).isoformat()
    if fact.type == kinds.DATETIME:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(number))
        return moment.isoformat(timespec="minutes").replace("+00:00", "Z")
    if fact.type == kinds.DURATION:
        minutes = int(number * 1440)
        return (
            f"{minutes // 1440}d {minutes % 1440}min" if minutes % 1440 else f"{minutes // 1440}d"
        )
    if fact.type == kinds.INTEGER:
        return int(number)
    return write(plain(number))
