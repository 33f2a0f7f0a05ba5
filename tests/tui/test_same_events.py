"""The screens decide nothing: a scenario walked by keys leaves the events it leaves without them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from textual.keys import _character_to_key

from sopguide.desk.asking import Asking, Manner
from sopguide.desk.local import LocalDesk
from sopguide.desk.reply import Draft
from sopguide.facts.times import parse_moment
from sopguide.graph.load import load_library
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.review.scenarios import read_scenarios
from sopguide.tui.app import DeskApp
from sopguide.walk.events import Moment
from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_ticket
from sopguide.walk.typed import typed_answers, typed_ticket
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sopguide.review.scenarios import Scenario

ROOT = Path(__file__).parents[2]
LIBRARY = load_library(ROOT / "trees", None)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OF_EACH = 1_000 if os.environ.get("SOPGUIDE_SOAK") else 1
SCENARIOS = [
    scenario
    for sop in sorted(LIBRARY.sops)
    for scenario in list(read_scenarios(sop, LIBRARY.scenarios(sop)))[:OF_EACH]
]
ME = Identity("ana")


class Still:
    """A clock that stands at a moment."""

    def __init__(self, now: datetime) -> None:
        self._at = Moment(int(now.timestamp() * 1000), 0)

    def __call__(self) -> Moment:
        return self._at


def today_of(scenario: Scenario) -> datetime | None:
    return parse_moment(scenario.today, ZoneInfo(LIBRARY.zone)) if scenario.today else None


def answers_of(desk: LocalDesk, scenario: Scenario, now: datetime) -> list[Any]:
    """What the agent answers on the way, in order."""
    procedure = desk.procedure(scenario.sop)
    given = read_ticket(typed_ticket(scenario.ticket, procedure), procedure)
    ended = resolve(procedure, given, typed_answers(scenario.answers, procedure), now=now)
    assert ended.walk is not None
    return [
        passage.answer for passage in ended.walk.path if passage.answered and passage.by == "agent"
    ]


def told(log: LocalLog, walk: str) -> list[tuple[str, Any]]:
    return [(record["type"], record["data"]) for record in log.walk(walk)]


def keys_of(asking: Asking, answer: Any) -> list[str]:
    """What a person presses to give an answer."""
    match asking.manner:
        case Manner.PICK:
            place = [option.value for option in asking.options].index(answer)
            if not asking.filtered:
                return [str(place + 1)]
            return [*typed(asking.options[place].label), "enter"]
        case Manner.MARK:
            return [*marks(asking, set(answer)), "enter"]
        case Manner.TICK:
            return [*(str(n) for n in range(1, len(asking.view.check) + 1)), "enter"]
        case _:
            return [*typed(str(answer)), "enter"]


def marks(asking: Asking, wanted: set[str]) -> list[str]:
    """The marks to set and to take away; what was answered before is marked already."""
    pressed = []
    for number, option in enumerate(asking.options, 1):
        if option.id in wanted - asking.marked:
            asking.choose(option)
            pressed.append(str(number))
    for number, option in enumerate(asking.options, 1):
        if option.id in asking.marked - wanted:
            asking.choose(option)
            pressed.append(str(number))
    return pressed


def typed(text: str) -> list[str]:
    return [_character_to_key(character) for character in text]


async def walk_by_keys(pilot: Pilot[str], app: DeskApp, answers: list[Any]) -> str:
    walk = app._walk
    assert isinstance(walk, LoggedWalk)
    for answer in answers:
        await pilot.press(*keys_of(Asking(walk.view()), answer))
    assert walk.view().status == ENDED
    await pilot.pause()
    while app._walk is walk:
        await pilot.press("1", "2", "3", "4", "enter")
    return walk.id


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.sop}:{one.line}")
async def test_a_scenario_leaves_the_same_events_with_and_without_screens(
    scenario: Scenario, tmp_path: Path
) -> None:
    now = today_of(scenario) or NOW
    clock = Still(now)
    with LocalLog(tmp_path / "bare") as bare, LocalLog(tmp_path / "seen") as seen:
        desk = LocalDesk(LIBRARY, bare, ME, clock=clock)
        ticket = typed_ticket(scenario.ticket, desk.procedure(scenario.sop))
        answers = answers_of(desk, scenario, now)
        walk = desk.open(scenario.sop, ticket)
        assert isinstance(walk, LoggedWalk)
        for answer in answers:
            assert walk.answer(answer) is None
        assert walk.finish(Draft(walk).applied) is None

        app = DeskApp(LocalDesk(LIBRARY, seen, ME, clock=clock), sop=scenario.sop, ticket=ticket)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            name = await walk_by_keys(pilot, app, answers)
        assert told(seen, name) == told(bare, walk.id)
