"""Walks as rows: what is in the columns, and what each path holds."""

from __future__ import annotations

from sopguide.log.exporting.cases import CASE_COLUMNS, ROW_COLUMNS, Row, cases, iso
from tests.log.exporting.walks import answered, shown, walk, went_back
from tests.log.making import NOON


def test_the_raw_path_has_every_event_in_order() -> None:
    [case] = cases([went_back()])
    assert [(row.activity, row.lifecycle) for row in case.rows] == [
        ("walk.started", "complete"),
        ("reach", "start"),
        ("reach", "complete"),
        ("age", "start"),
        ("step.back", "complete"),
        ("reach", "start"),
        ("reach", "complete"),
        ("route", "start"),
        ("route (amount)", "complete"),
        ("refuse", "start"),
        ("outcome.recommended", "complete"),
        ("outcome.overridden", "complete"),
        ("walk.completed", "complete"),
    ]
    assert [row.seq for row in case.rows] == list(range(13))


def test_the_effective_path_has_the_steps_that_are_left() -> None:
    [case] = cases([went_back()], effective=True)
    assert [(row.seq, row.activity, row.answer) for row in case.rows] == [
        (6, "reach", "no"),
        (8, "route (amount)", "12.50"),
        (9, "refuse", None),
    ]
    assert {row.lifecycle for row in case.rows} == {"complete"}


def test_the_columns_of_a_case_tell_how_it_came_out() -> None:
    [case] = cases([went_back()])
    assert tuple(case.head) == tuple(CASE_COLUMNS)
    assert Row._fields == tuple(ROW_COLUMNS)
    told = {name: case.head[name] for name in ("outcome", "macro", "label", "escalated_to")}
    assert told == {
        "outcome": "escalated",
        "macro": "none",
        "label": "account/senior",
        "escalated_to": "seniors",
    }
    assert (case.head["overridden"], case.head["reason"]) == (True, "vip")
    assert (case.head["started"], case.head["ended"]) == (NOON, NOON + 12_000)
    assert case.rows[3].active_ms == 3000


def test_an_agent_who_took_over_is_named_from_there_on() -> None:
    found = walk(shown("reach"), answered("reach", "no"))
    found.events[2]["agent"] = "bob"
    [case] = cases([found])
    assert [row.agent for row in case.rows] == ["ann", "ann", "bob"]
    [renamed] = cases([found], rename=str.upper)
    assert [row.agent for row in renamed.rows] == ["ANN", "ANN", "BOB"]


def test_an_agent_and_data_that_were_erased_are_empty() -> None:
    found = walk(shown("reach"))
    found.head["agent"] = None
    found.events[1]["data"] = {}
    [case] = cases([found], rename=str.upper)
    assert [(row.agent, row.step) for row in case.rows] == [(None, None)] * 2


def test_a_walk_without_a_row_is_no_case() -> None:
    assert list(cases([walk()], effective=True)) == []


def test_answers_are_told_as_texts() -> None:
    said = [answered("a", ["x", "y"]), answered("b", None), answered("c", True)]
    [case] = cases([walk(*said)])
    assert [row.answer for row in case.rows] == [None, '["x","y"]', "not known", "true"]


def test_times_are_utc_in_milliseconds_whatever_the_clock_said() -> None:
    assert iso(NOON + 7) == "2026-11-22T12:00:00.007Z"
    assert iso(-1) == "1969-12-31T23:59:59.999Z"
    assert iso(10**18) == "9999-12-31T23:59:59.999Z"
    assert iso(-(10**18)) == "0001-01-01T00:00:00.000Z"
