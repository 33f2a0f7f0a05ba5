"""When what has to be done in time is due: exact instants, from a walk and its ticket.

Hours are elapsed time. Days and months are days of the calendar in the clock's zone, and what began
at three in the afternoon is due at three; a date without a time counts to the end of its day.
Business days leave out weekends and the holidays of the clock's calendar; while the country whose
holidays count is not known, no day is a holiday, so that nothing is due later than it may be.

A clock belongs to what it is written on: that of the SOP applies in the whole walk, that of a
sub-procedure while it is run, that of a step until it is done, and each only where its `if:` holds
by what is known. Nothing here reads a clock: whether the time is over, `countdown` tells to whoever
gives it the time.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.calendar import (
    Holiday,
    OutOfRangeError,
    add,
    holidays_of,
    no_holiday,
)
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fault import Fault
from sopguide.facts.times import as_date, find_zone, midnight, parse_date, parse_time
from sopguide.walk.procedure import Part
from sopguide.walk.step import Form
from sopguide.walk.ticket import look_up
from sopguide.walk.walk import Walk

if TYPE_CHECKING:
    from sopguide.walk.state import Frame

_TICKET = "ticket."
_ALL_BUT_A_QUARTER = 4

NOT_IN_TICKET, NO_TIME, NOT_KNOWN, NO_DATE = "not-in-ticket", "no-time", "not-known", "no-date"
"""Why a clock does not run: the ticket has nothing there, or no time; a fact has no value; the
calendar ends."""


class Missing(NamedTuple):
    """Why a clock does not run: a code, and the place in the ticket or the fact."""

    why: str
    name: str


class Due(NamedTuple):
    """One clock that applies: when it runs out and when to warn, in UTC.

    Without a time to run from both are None, and `missing` says what there is none of. `id` is
    what events name it by; `step` is where it was written, None for that of an SOP.
    """

    id: str
    title: str
    at: datetime | None
    warn: datetime | None
    authority: str
    step: str | None
    missing: Missing | None = None


def due(walk: Walk, ticket: Mapping[str, Any], language: str | None = None) -> tuple[Due, ...]:
    """Return the clocks that apply now, the first to run out first; those not running last."""
    words = walk.procedure.words(language or walk.procedure.locales[0])
    found = []
    for part, step, form in _clocks(walk):
        if _applies(walk, part, form):
            title = form.get("title")
            said = words.say(title, part.sop, step or "clock") if title else form["authority"]
            prefix = "" if part is walk.procedure.root and step is None else f"{_ref(part, step)}."
            name = f"{prefix}{form['id']}"
            found.append(_due(_Clock(walk, part, form), ticket, name, said, step))
    return tuple(sorted(found, key=lambda one: (one.at is None, one.at or _NEVER)))


def _clocks(walk: Walk) -> Iterator[tuple[Part, str | None, Form]]:
    """Yield the clocks of where the walk stands, and of all that it was run from."""
    frame: Frame | None = walk.state.frame
    while frame is not None:
        part = walk.procedure.part(frame.sop)
        yield from ((part, None, form) for form in part.form.get("clocks", ()))
        yield from (
            (part, frame.step, form) for form in part.form["steps"][frame.step].get("clock", ())
        )
        frame = frame.caller


def _ref(part: Part, step: str | None) -> str:
    return part.sop if step is None else part.ref(step)


def _applies(walk: Walk, part: Part, form: Form) -> bool:
    if "if" not in form:
        return True
    try:
        return part.linker.condition(form["if"])(walk.facts) is True
    except Uncomputable:
        return False


class _Clock:
    """One clock, with whose days it counts."""

    def __init__(self, walk: Walk, part: Part, form: Form) -> None:
        self.form = form
        self._walk = walk
        self._part = part
        self.zone: tzinfo = find_zone(form.get("zone", "")) or walk.procedure.zone

    def start(self, ticket: Mapping[str, Any]) -> date | datetime | Missing:
        """Return what the limit is counted from."""
        place: str | None = self.form.get("from")
        if place is None:
            return self._walk.origin.now
        if place.startswith(_TICKET):
            return self._in_ticket(look_up(ticket, place), place)
        try:
            found = self._part.linker.value(place)(self._walk.facts)
        except Uncomputable:
            found = None
        return found if isinstance(found, date) else Missing(NOT_KNOWN, place)

    def _in_ticket(self, data: Any, place: str) -> date | datetime | Missing:
        """Return a time or a date of the ticket; without an offset it is in the library's zone."""
        if data is None or data == "":
            return Missing(NOT_IN_TICKET, place)
        text = data.strip() if isinstance(data, str) else ""
        found = parse_date(text) or parse_time(text, self._walk.procedure.zone)
        return found or Missing(NO_TIME, place)

    @property
    def holiday(self) -> Holiday:
        """Return whose holidays are no business days."""
        library = self._walk.procedure.form["library"]
        calendar = self.form.get("calendar") or library.get("calendar", {})
        country = calendar.get("holidays")
        if "fact" in calendar:
            country = self._part.linker.value(calendar["fact"])(self._walk.facts)
        return (holidays_of(country) if isinstance(country, str) else None) or no_holiday

    def moved(self, when: date | datetime, by: Duration) -> datetime:
        """Return the instant so long after a moment, or after the end of a day."""
        holiday = self.holiday if by.business else no_holiday
        if not isinstance(when, datetime):
            days = Duration(by.months, by.days, 0, by.business)
            last = as_date(add(when, days, self.zone, holiday), self.zone)
            when = midnight(last + timedelta(days=1), self.zone)
            by = Duration(seconds=by.seconds)
        found = add(when, by, self.zone, holiday)
        return _instant(found, self.zone)


def _due(clock: _Clock, ticket: Mapping[str, Any], name: str, title: str, step: str | None) -> Due:
    start = clock.start(ticket)
    form = clock.form
    authority = form["authority"]
    if isinstance(start, Missing):
        return Due(name, title, None, None, authority, step, start)
    try:
        at = clock.moved(start, _duration(form["limit"]))
        if "warn" in form:
            warn = clock.moved(at, -_duration(form["warn"]))
        else:
            warn = at - (at - clock.moved(start, Duration())) / _ALL_BUT_A_QUARTER
    except (OutOfRangeError, OverflowError):
        missing = Missing(NO_DATE, form.get("from", ""))
        return Due(name, title, None, None, authority, step, missing)
    return Due(name, title, at, warn, authority, step)


def _instant(when: date | datetime, zone: tzinfo) -> datetime:
    return (when if isinstance(when, datetime) else midnight(when, zone)).astimezone(UTC)


def _duration(text: str) -> Duration:
    found = parse_duration(text)
    if isinstance(found, Fault):
        raise TypeError(found.message)
    return found


_NEVER = datetime.max.replace(tzinfo=UTC)
