"""Clocks in their compiled form: what runs, from when, for how long, and on whose say-so.

A clock is known by an id made from its words, so that a record of a walk can name it. Its limit
stays as typed: how long a month or a business day is, only a date can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from sopguide.facts import fact as kinds
from sopguide.facts.calendar import holidays_of
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.expressions import article
from sopguide.facts.fault import Fault
from sopguide.facts.lengths import longest, shortest
from sopguide.graph import codes
from sopguide.graph.ticket_places import refuse_slip
from sopguide.source.step_models import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.conditions import Conditions
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.report import Reporter
    from sopguide.graph.sight import Sight
    from sopguide.graph.uses import Uses

Form = dict[str, Any]

_TICKET = re.compile(r"ticket(?:\.[A-Za-z0-9_-]+)+")
_WORDS = re.compile(r"[a-z0-9]+")
_LONGEST_ID = 40


class Clocks:
    """Compiles the clocks of one SOP."""

    def __init__(self, sight: Sight, conditions: Conditions, uses: Uses, report: Reporter) -> None:
        self._sight = sight
        self._conditions = conditions
        self._uses = uses
        self._report = report

    def compile(self, written: Clock | tuple[Clock, ...], path: Path) -> list[Form]:
        """The clocks of an SOP or a step, in the author's order."""
        names: Counter[str] = Counter()
        found = []
        for clock, place in _each(written, path):
            name = _name(clock)
            names[name] += 1
            again = f"--{names[name]}" if names[name] > 1 else ""
            found.append({"id": f"{name}{again}"} | self._form(clock, place))
        return found

    def _form(self, clock: Clock, path: Path) -> Form:
        form: Form = {"limit": clock.limit, "authority": clock.authority}
        if clock.title is not None:
            form["title"] = clock.title
        if clock.source is not None:
            form["from"] = self._start(clock.source, (*path, "from"))
        limit = self._duration(clock.limit, (*path, "limit"))
        if clock.warn is not None:
            form["warn"] = clock.warn
            self._check_warning(clock.warn, limit, (*path, "warn"))
        if clock.condition is not None:
            condition = self._conditions.parse(clock.condition, (*path, "if"))
            for fact in condition.facts:
                self._uses.facts.setdefault(fact, (*path, "if"))
            form["if"] = condition.form
        if clock.zone is not None:
            form["zone"] = clock.zone
        if clock.calendar is not None:
            holidays = clock.calendar.holidays
            form["calendar"] = self._calendar(holidays, (*path, "calendar", "holidays"))
        return form

    def _duration(self, text: str, path: Path) -> Duration | None:
        found = parse_duration(text)
        if isinstance(found, Fault):
            self._error(codes.WRONG_DURATION, path, found.message, found.help)
            return None
        if found == Duration():
            headline = f"`{text.strip()}` is no time at all"
            self._error(codes.WRONG_DURATION, path, headline, "write for example `48h` or `10bd`")
            return None
        return found

    def _check_warning(self, text: str, limit: Duration | None, path: Path) -> None:
        warn = self._duration(text, path)
        if warn is not None and limit is not None and shortest(warn) >= longest(limit):
            headline = f"`warn: {text.strip()}` is not shorter than the limit `{limit}`"
            advice = "leave it out to be warned when a quarter of the limit is left"
            self._error(codes.WRONG_DURATION, path, headline, advice)

    def _start(self, text: str, path: Path) -> str:
        """A place in the ticket, or a fact that is a date or a time."""
        if text == "ticket" or text.startswith("ticket."):
            if _TICKET.fullmatch(text) is None:
                headline = f"`{text}` names no place in the ticket"
                self._error(codes.WRONG_VALUE, path, headline, "write it as `ticket.received`")
            refuse_slip(text, path, self._report)
            return text
        fact = self._sight.scope.fact(text)
        if fact is None:
            self._sight.unknown_fact(text, path)
        elif fact.type not in kinds.TIMES:
            headline = f"`{text}` is {article(fact.type)}, and a clock runs from a date or a time"
            self._error(codes.WRONG_VALUE, path, headline, "or from the ticket: `ticket.received`")
        else:
            self._uses.facts.setdefault(text, path)
        return text

    def _calendar(self, holidays: str, path: Path) -> Form:
        """Whose holidays are no business days: a country's, or those of the country of a fact."""
        if not holidays[:1].islower():
            check_holidays(holidays, path, self._report)
            return {"holidays": holidays}
        if self._sight.scope.fact(holidays) is None:
            self._sight.unknown_fact(holidays, path)
        else:
            self._uses.facts.setdefault(holidays, path)
        return {"fact": holidays}

    def _error(self, code: str, path: Path, headline: str, advice: str | None) -> None:
        self._report.error(code, self._report.span(path), headline, advice)


def check_holidays(country: str, path: Path, report: Reporter) -> None:
    """Tell of a country without a calendar."""
    if holidays_of(country) is None:
        headline = f"no holidays are known for `{country}`"
        advice = "write a country's code: `US`, `DE-BY`"
        report.error(codes.WRONG_VALUE, report.span(path), headline, advice)


def _each(written: Clock | tuple[Clock, ...], path: Path) -> Iterator[tuple[Clock, Path]]:
    if isinstance(written, Clock):
        yield written, path
    else:
        yield from ((clock, (*path, place)) for place, clock in enumerate(written))


def _name(clock: Clock) -> str:
    """An id from a clock's own words."""
    words = _WORDS.findall((clock.title or clock.authority).casefold())
    return "-".join(words)[:_LONGEST_ID].strip("-") or "clock"
