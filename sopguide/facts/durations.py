"""Durations: `2y 3m 1w 5d 4h 30min` and business days `10bd`.

Years and months are calendar units: their length is settled only when they
are added to a date (`calendar.py`). The difference of two dates remembers
the earlier one, so that it compares with months exactly: from 3 November to
3 November is 1y. Without a date, a month counts as the mean Gregorian month
of 30.436875 days, so that 12m equals 1y; days and hours compare exactly.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering

from sopguide.facts.fault import Fault
from sopguide.facts.times import add_months

# Compiled when a text first needs it: most walks read no duration, and all start with this.
_PART = r"\s*([0-9]+)\s*(y|min|m|w|bd|d|h)(?![A-Za-z0-9])|\s*([0-9]+)(y|min|m|w|bd|d|h)"
_UNITS = ("y", "m", "w", "d", "h", "min", "bd")
_MOST_DIGITS = 6
_DAY = 86_400
_MONTH = 2_629_746  # 400 Gregorian years are 146,097 days and 4,800 months
HELP = "write it as for example `2y 3m 1w 5d 4h 30min`, or `10bd` for business days"


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Duration:
    """A length of time: calendar months, calendar days, exact seconds, business days.

    `since` is the date or time that a difference was counted from.
    """

    months: int = 0
    days: int = 0
    seconds: int = 0
    business: int = 0
    since: date | None = None

    @property
    def length(self) -> int:
        """Seconds, with mean months: the key by which durations compare."""
        return self.months * _MONTH + self.days * _DAY + self.seconds

    def __eq__(self, other: object) -> bool:
        """Durations of one length are equal: `1w` and `7d`."""
        if not isinstance(other, Duration):
            return NotImplemented
        since = self.since or other.since
        return self._measure(since) == other._measure(since)

    def __lt__(self, other: "Duration") -> bool:
        """Order by length; business days only against business days."""
        since = self.since or other.since
        return self._measure(since) < other._measure(since)

    def __hash__(self) -> int:
        """Hash alike what compares equal, without a date to count from."""
        return hash((self.length, self.business))

    def __add__(self, other: "Duration") -> "Duration":
        """Add unit by unit."""
        return Duration(
            self.months + other.months,
            self.days + other.days,
            self.seconds + other.seconds,
            self.business + other.business,
        )

    def __neg__(self) -> "Duration":
        """Turn every unit round."""
        return Duration(-self.months, -self.days, -self.seconds, -self.business)

    def times(self, factor: int) -> "Duration":
        """Return the duration `factor` times over."""
        return Duration(
            self.months * factor, self.days * factor, self.seconds * factor, self.business * factor
        )

    def _measure(self, since: date | None) -> tuple[int, int]:
        """Return what compares: seconds, counted from a date where there is one; business days."""
        if since is None or not self.months:
            return self.length, self.business
        start = since.date() if isinstance(since, datetime) else since
        try:
            day = add_months(start, self.months) + timedelta(days=self.days)
        except (OverflowError, ValueError):
            return self.length, self.business
        gap = timedelta(days=(day - start).days)
        if isinstance(since, datetime):
            moved = since.replace(year=day.year, month=day.month, day=day.day)
            gap = moved.astimezone(UTC) - since.astimezone(UTC)
        return gap.days * _DAY + gap.seconds + self.seconds, self.business

    def __str__(self) -> str:
        """Write it in the units that authors use; `0d` for none."""
        parts = [*_split(self.months, (12, "y"), (1, "m")), *_split(self.days, (1, "d"))]
        parts += _split(self.seconds, (3600, "h"), (60, "min"), (1, "s"))
        parts += _split(self.business, (1, "bd"))
        return " ".join(parts) or "0d"


def parse_duration(text: str) -> Duration | Fault:
    """Read a duration as an author writes it; each unit at most once, in any order."""
    found: dict[str, int] = {}
    place = 0
    stripped = text.rstrip()
    parts = re.compile(_PART)
    while place < len(stripped):
        part = parts.match(stripped, place)
        if part is None:
            return Fault(f"`{text.strip()}` is not a duration", HELP, kind="value")
        number, unit = part[1] or part[3], part[2] or part[4]
        if unit in found:
            return Fault(f"`{text.strip()}` gives `{unit}` twice", HELP, kind="value")
        if len(number) > _MOST_DIGITS:
            return Fault(f"`{text.strip()}` is too long a time", kind="value")
        found[unit] = int(number)
        place = part.end()
    if not found:
        return Fault("a duration is missing here", HELP, kind="value")
    years, months, weeks, days, hours, minutes, business = (found.get(u, 0) for u in _UNITS)
    return Duration(12 * years + months, 7 * weeks + days, 3600 * hours + 60 * minutes, business)


def _split(amount: int, *units: tuple[int, str]) -> list[str]:
    sign, rest, parts = ("-" if amount < 0 else ""), abs(amount), []
    for size, unit in units:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{sign}{count}{unit}")
    return parts
