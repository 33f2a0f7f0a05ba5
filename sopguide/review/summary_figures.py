"""The few figures that summaries are made of, each by its usual definition."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_Z = 1.959963984540054  # 95 %, two-sided


def percentile(values: Sequence[float], share: float) -> float:
    """Between the two nearest values, as `percentile_cont` in SQL gives it."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


class Spread(NamedTuple):
    """Times in seconds: how many, the middle one, and the one that 90 % do not exceed."""

    number: int
    median: float
    p90: float

    def to_json(self) -> dict[str, Any]:
        return {
            "count": self.number,
            "median_s": round(self.median, 3),
            "p90_s": round(self.p90, 3),
        }


def spread(seconds: Sequence[float]) -> Spread | None:
    """None where there is nothing to tell of."""
    if not seconds:
        return None
    return Spread(len(seconds), percentile(seconds, 0.5), percentile(seconds, 0.9))


class Share(NamedTuple):
    """So many of so many, with the 95 % interval of Wilson (1927), which holds for few as well."""

    number: int
    of: int

    @property
    def part(self) -> float | None:
        return self.number / self.of if self.of else None

    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        part, weight = self.number / self.of, _Z * _Z / self.of
        middle = part + weight / 2
        reach = _Z * sqrt(part * (1 - part) / self.of + weight / (4 * self.of))
        low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
        return max(0.0, min(low, part)), min(1.0, max(high, part))  # rounding aside

    def to_json(self) -> dict[str, Any]:
        low, high = self.interval()
        return {
            "count": self.number,
            "of": self.of,
            "share": None if self.part is None else round(self.part, 4),
            "ci95": [round(low, 4), round(high, 4)],
        }
