from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.facts.calendar import holidays_of
from sopguide.walk.clocks import Due, Missing, due
from sopguide.walk.countdown import countdown, missed
from tests.walking import NOW, begin, go, procedure

if TYPE_CHECKING:
    from sopguide.walk.walk import Walk

END = "  done: {end: resolved, macro: done, label: done}\n"
FACTS = (
    "facts:\n"
    "  country: {type: choice, values: [US, GB, IE], from: ticket.country, ask: Which country?}\n"
    "  got: {type: date, from: ticket.got, ask: When did it come?}\n"
)


def walk(clock: str, ticket: dict[str, Any] | None = None, library: str = FACTS) -> Walk:
    text = f"start: one\nclock: {clock}\nsteps:\n  one: {{do: It, go: two}}\n  two: {{do: More, go: done}}\n"
    return begin(procedure(text + END, **{"library.yaml": library}), ticket)


def at(clock: str, ticket: dict[str, Any] | None = None, library: str = FACTS) -> datetime:
    [one] = due(walk(clock, ticket, library), ticket or {})
    assert one.at is not None, one.missing
    return one.at


def from_receipt(limit: str, received: str, more: str = "") -> datetime:
    clock = f"{{limit: {limit}, from: ticket.received, authority: Law{more}}}"
    return at(clock, {"received": received})


def test_a_limit_runs_from_the_time_in_the_ticket() -> None:
    [one] = due(
        walk(
            "{limit: 48h, from: ticket.received, authority: TAKE IT DOWN Act,"
            " title: Intimate image, warn: 6h}"
        ),
        {"received": "2026-11-02T10:00:00+02:00"},
    )

    assert one == Due(
        id="intimate-image",
        title="Intimate image",
        at=datetime(2026, 11, 4, 8, tzinfo=UTC),
        warn=datetime(2026, 11, 4, 2, tzinfo=UTC),
        authority="TAKE IT DOWN Act",
        step=None,
    )


def test_without_a_start_it_runs_from_the_beginning_of_the_walk() -> None:
    assert at("{limit: 2h, authority: Law}") == NOW + timedelta(hours=2)


def test_warning_comes_when_a_quarter_of_the_limit_is_left() -> None:
    [one] = due(walk("{limit: 8h, authority: Law}"), {})

    assert (one.at, one.warn) == (NOW + timedelta(hours=8), NOW + timedelta(hours=6))


@pytest.mark.parametrize(
    ("limit", "received", "then"),
    [
        ("2d", "2026-10-24T12:00+02:00", "2026-10-26T12:00+01:00"),
        ("48h", "2026-10-24T12:00+02:00", "2026-10-26T11:00+01:00"),  # 25 Oct has 25 hours
        ("1d", "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00"),  # 02:30 is left out on the 29th
        ("24h", "2026-03-28T12:00+01:00", "2026-03-29T13:00+02:00"),
        ("1m", "2026-01-31T09:00+01:00", "2026-02-28T09:00+01:00"),
        ("1m", "2026-03-15T09:00+01:00", "2026-04-15T09:00+02:00"),
        ("1d 4h", "2026-10-24T12:00+02:00", "2026-10-25T16:00+01:00"),
    ],
)
def test_days_keep_the_hour_of_the_clock_and_hours_elapse(
    limit: str, received: str, then: str
) -> None:
    found = from_receipt(limit, received, ", zone: Europe/Berlin")

    assert found == datetime.fromisoformat(then)


def test_a_time_without_an_offset_is_in_the_zone_of_the_library() -> None:
    found = from_receipt("48h", "2026-10-24T12:00", ", zone: Europe/Berlin")

    assert found == datetime(2026, 10, 26, 12, tzinfo=UTC)


def test_a_date_counts_to_the_end_of_its_day_in_the_zone_of_the_clock() -> None:
    clock = "{limit: 1m, from: got, authority: GDPR, zone: Europe/Dublin}"

    assert at(clock, {"got": "2026-02-28"}) == datetime(2026, 3, 29, tzinfo=UTC)
    assert from_receipt("2d", "2026-11-02") == datetime(2026, 11, 5, tzinfo=UTC)
    assert from_receipt("2h", "2026-11-02") == datetime(2026, 11, 3, 2, tzinfo=UTC)


def test_business_days_pass_over_the_holidays_of_the_calendar() -> None:
    received = "2026-11-20T15:00-05:00"  # the Friday before Thanksgiving
    zone = ", zone: America/New_York"
    new_york = ZoneInfo("America/New_York")

    plain = from_receipt("10bd", received, zone)
    american = from_receipt("10bd", received, f"{zone}, calendar: {{holidays: US}}")

    assert plain == datetime(2026, 12, 4, 15, tzinfo=new_york)
    assert american == datetime(2026, 12, 7, 15, tzinfo=new_york)


def test_the_calendar_may_be_that_of_a_country_in_the_ticket() -> None:
    clock = "{limit: 3bd, from: ticket.received, authority: Law, calendar: {holidays: country}}"
    received = "2026-11-24T15:00Z"

    there = {"received": received, "country": "US"}
    assert at(clock, there) == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert at(clock, there | {"country": "GB"}) == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert at(clock, {"received": received}) == datetime(2026, 11, 27, 15, tzinfo=UTC)


def test_the_librarys_calendar_and_zone_hold_where_the_clock_names_none() -> None:
    library = f"zone: Asia/Kolkata\ncalendar: {{holidays: US}}\n{FACTS}"
    clock = "{limit: 1bd, from: ticket.received, authority: Law}"

    found = at(clock, {"received": "2026-11-25T15:00"}, library)

    assert found == datetime(2026, 11, 27, 15, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize(
    ("received", "missing"),
    [
        (None, Missing("not-in-ticket", "ticket.received")),
        ("", Missing("not-in-ticket", "ticket.received")),
        ("yesterday", Missing("no-time", "ticket.received")),
        (1790000000, Missing("no-time", "ticket.received")),
        ("9999-12-31T23:00Z", Missing("no-date", "ticket.received")),
    ],
)
def test_a_clock_without_a_time_to_run_from_says_so(received: Any, missing: Missing) -> None:
    clock = "{limit: 48h, from: ticket.received, authority: Law}"
    [one] = due(walk(clock), {"received": received})

    assert (one.at, one.warn, one.missing) == (None, None, missing)
    assert countdown(one, NOW).state == "stopped"
    assert missed([one], NOW) == ()


def test_a_clock_from_a_fact_waits_until_the_fact_is_known() -> None:
    text = (
        "start: one\nclock: {limit: 1d, from: got, authority: Law}\nsteps:\n"
        f"  one: {{fact: got, go: two}}\n  two: {{do: It, go: done}}\n{END}"
    )
    before = begin(procedure(text, **{"library.yaml": FACTS}))

    [stopped] = due(before, {})
    [running] = due(go(before, "2026-11-01"), {})

    assert stopped.missing == Missing("not-known", "got")
    assert running.at == datetime(2026, 11, 3, tzinfo=UTC)


def test_a_clock_applies_only_where_its_condition_holds_by_what_is_known() -> None:
    clock = "{limit: 48h, authority: Law, if: {country: US}}"

    assert [one.title for one in due(walk(clock, {"country": "US"}), {})] == ["Law"]
    assert due(walk(clock, {"country": "GB"}), {}) == ()
    assert due(walk(clock), {}) == ()


def test_the_clock_of_a_step_applies_until_the_step_is_done() -> None:
    text = (
        "start: one\nsteps:\n  one: {do: It, go: two}\n"
        "  two: {do: More, go: three, clock: [{limit: 4h, authority: Law}, {limit: 2h, authority: Law}]}\n"
        f"  three: {{do: Last, go: done}}\n{END}"
    )
    first = begin(procedure(text))
    second = go(first, "done")

    assert due(first, {}) == ()
    assert [(one.id, one.step) for one in due(second, {})] == [
        ("two.law--2", "two"),
        ("two.law", "two"),
    ]
    assert due(go(second, "done"), {}) == ()


def test_the_clocks_of_a_sub_procedure_apply_while_it_is_run() -> None:
    text = (
        "start: one\nsteps:\n  one: {do: It, go: two}\n"
        "  two: {run: sub, go: {ok: three}, clock: {limit: 3h, authority: Rule}}\n"
        f"  three: {{do: Last, go: done}}\n{END}"
    )
    sub = (
        "start: look\nclock: {limit: 2h, authority: Act}\nsteps:\n"
        "  look: {do: Look, go: back, clock: {limit: 1h, authority: Law}}\n  back: {return: ok}\n"
    )
    before = begin(procedure(text, **{"sops/sub.yaml": sub}))
    inside = go(before, "done")

    assert due(before, {}) == ()
    assert [one.id for one in due(inside, {})] == ["sub.look.law", "sub.act", "two.rule"]
    assert due(go(inside, "done"), {}) == ()


def test_the_first_to_run_out_comes_first_and_what_does_not_run_last() -> None:
    clocks = (
        "[{limit: 1h, from: ticket.received, authority: A}, {limit: 2d, authority: B},"
        " {limit: 1d, authority: C}]"
    )

    assert [one.title for one in due(walk(clocks), {})] == ["C", "B", "A"]


def test_a_countdown_runs_warns_and_is_missed() -> None:
    [one] = due(walk("{limit: 8h, authority: Law}"), {})
    states = [
        (countdown(one, NOW + timedelta(hours=hours)).state, hours) for hours in (0, 5, 6, 7, 8, 9)
    ]

    assert [state for state, _ in states] == [
        "running",
        "running",
        "warning",
        "warning",
        "missed",
        "missed",
    ]
    late = countdown(one, NOW + timedelta(hours=9))
    assert late.left_seconds == -3600
    assert missed([one], NOW + timedelta(hours=8)) == (one,)
    assert missed([one], NOW + timedelta(hours=8), {"law"}) == ()
    assert missed([one], NOW) == ()


AMOUNTS = st.integers(1, 60)
BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=BERLIN) + timedelta(minutes=minutes)
)


@settings(deadline=None)
@given(st.sampled_from(["h", "d", "bd", "m", "w", "min"]), AMOUNTS, AMOUNTS, MOMENTS)
def test_a_longer_limit_is_never_due_earlier(
    unit: str, one: int, other: int, received: datetime
) -> None:
    short, long = sorted((one, other))
    more = ", zone: Europe/Berlin"
    for start in (received.isoformat(), received.date().isoformat()):
        first = from_receipt(f"{short}{unit}", start, more)
        last = from_receipt(f"{long}{unit}", start, more)
        assert first <= last
        assert first > received.astimezone(UTC)


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_business_days_are_those_a_person_would_count_off(day: date, count: int) -> None:
    american = holidays_of("US")
    assert american is not None
    worked, then = 0, day
    while worked < count:
        then += timedelta(days=1)
        worked += then.weekday() < 5 and not american(then)

    found = from_receipt(f"{count}bd", day.isoformat(), ", calendar: {holidays: US}")

    assert found == datetime(then.year, then.month, then.day, tzinfo=UTC) + timedelta(days=1)


def test_a_title_is_said_in_the_language_of_the_agent_an_authority_as_it_is() -> None:
    text = (
        "start: one\n"
        "clock: [{limit: 1h, title: Intimate image, authority: TAKE IT DOWN Act},"
        " {limit: 2h, title: Removal, authority: Law}, {limit: 3h, authority: Act}]\n"
        f"steps:\n  one: {{do: It, go: done}}\n{END}"
    )
    spanish = {
        "locale/es/LC_MESSAGES/library.po": 'msgid "Intimate image"\nmsgstr "Imagen íntima"\n'
    }
    of = procedure(text, **spanish, **{"library.yaml": f"locales: [en, es]\n{FACTS}"})

    found = due(begin(of), {}, "es")
    assert [one.title for one in found] == ["Imagen íntima", "(en) Removal", "Act"]
    assert [one.title for one in due(begin(of), {})] == ["Intimate image", "Removal", "Act"]
