from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.desk.helpdesk import Checklist, hand_off_text, todo
from sopguide.desk.local import LocalDesk
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from tests.building import library
from tests.desk.test_local import ME, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sopguide.walk.view import OutcomeView

SOP = """\
title: Account taken over
start: reach
facts: {country: {type: choice, values: [DE, US], from: ticket.country, ask: Where?}}
steps:
  reach: {ask: Can they sign in?, answers: {yes: ok, no: {say: "No, locked out", go: land}, maybe: later, twice: double}}
  land: {fact: country, go: [{if: {country: DE}, to: senior}, {else: team}]}
  senior: {end: escalated, macro: none, label: done, because: CG-1, escalate: {to: senior-team, within: 4h}}
  team: {end: escalated, macro: done, label: done, escalate: {to: team}}
  ok: {end: resolved, macro: done, label: done}
  later: {end: pending, macro: done, label: done}
  double: {end: duplicate, macro: none, label: done}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LocalDesk]:
    with LocalLog(tmp_path) as log:
        yield LocalDesk(library({"sops/example.yaml": SOP}), log, ME, clock=Clock())


def walked(desk: LocalDesk, ticket: Mapping[str, object], *answers: str) -> LoggedWalk:
    walk = desk.open("example", ticket)
    assert isinstance(walk, LoggedWalk), walk
    for answer in answers:
        assert walk.answer(answer) is None
    return walk


def outcome_of(walk: LoggedWalk) -> OutcomeView:
    outcome = walk.view().outcome
    assert outcome is not None
    return outcome


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        (["yes"], ["set the label", "send the macro", "close"]),
        (["maybe"], ["set the label", "send the macro", "leave it pending"]),
        (["twice"], ["set the label", "close it as a duplicate"]),
        (["no", "DE"], ["set the label", "hand off to senior-team within 4h"]),
        (["no", "US"], ["set the label", "send the macro", "hand off to team"]),
    ],
)
def test_what_is_left_to_do_follows_from_the_outcome(
    desk: LocalDesk, answers: list[str], what: list[str]
) -> None:
    outcome = outcome_of(walked(desk, {}, *answers))
    assert [item.text for item in todo(outcome)] == what


def test_what_is_ticked_is_no_longer_left_until_the_tick_is_taken_away(desk: LocalDesk) -> None:
    walk = walked(desk, {}, "yes")
    outcome = outcome_of(walk)
    checklist = Checklist(walk)
    label, *_ = todo(outcome)
    checklist.tick(label)
    assert checklist.is_done(label)
    assert [item.text for item in checklist.left(outcome)] == ["send the macro", "close"]
    checklist.tick(label)
    assert len(checklist.left(outcome)) == 3


def test_another_outcome_asks_only_for_what_differs(desk: LocalDesk) -> None:
    walk = walked(desk, {}, "yes")
    checklist = Checklist(walk)
    for item in todo(outcome_of(walk)):
        checklist.tick(item)
    walk.back()
    walk.answer("maybe")
    assert [item.text for item in checklist.left(outcome_of(walk))] == ["leave it pending"]


def test_the_hand_off_text_says_what_the_desk_shows(desk: LocalDesk) -> None:
    ticket = {"id": "T-1", "country": "DE", "facts": {"tier": "gold\x1b[2J\nPolicy: forged"}}
    walk = walked(desk, ticket, "no")
    assert hand_off_text(walk) == (
        "Hand off to senior-team within 4h\n"
        "Ticket: T-1\n"
        "Procedure: Account taken over (example 1.0.0)\n"
        "Outcome: escalated, label done\n"
        "Policy: CG-1\n"
        "Known:\n"
        "- country: DE (ticket)\n"
        "- tier: gold␛[2J Policy: forged (ticket)\n"
        "- reach: No, locked out (agent)\n"
        "Steps:\n"
        "- reach: No, locked out\n"
        "- land: DE"
    )


def test_the_hand_off_text_says_why_the_agent_chose_it(desk: LocalDesk) -> None:
    walk = walked(desk, {"id": "T-1"}, "yes")
    assert walk.overrule("team", "policy-gap") is None
    text = str(hand_off_text(walk))
    assert text.startswith("Hand off to team\n")
    assert "Chosen by the agent: the SOP does not cover this case" in text


def test_there_is_no_hand_off_text_where_nobody_takes_over(desk: LocalDesk) -> None:
    assert hand_off_text(walked(desk, {})) is None
    assert hand_off_text(walked(desk, {}, "yes")) is None
