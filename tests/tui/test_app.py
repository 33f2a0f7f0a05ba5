from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from sopguide.desk.settings import Settings
from sopguide.tui.app import DeskApp
from sopguide.tui.drawing import elapsed
from sopguide.walk.view import Choice
from tests.tui.fakes import (
    DO,
    ENDED,
    PROOF,
    TELL,
    WAIT,
    FakeDesk,
    FakeWalk,
    make_offer,
    make_parked,
    make_view,
)
from tests.tui.running import at_the_desk, row_of, text_of, walking

if TYPE_CHECKING:
    from textual.app import App

OFFERS = (make_offer("account/hacked", "Account taken over"),)
COLOUR = make_view(choices=(Choice("red", "Red"), Choice("blue", "Blue")))
TWO = (make_parked("w1"), make_parked("w2", None))


async def test_unfinished_walks_are_offered_first() -> None:
    desk = FakeDesk(FakeWalk(DO), parked=TWO, offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        assert "Unfinished walks: 2" in text_of(pilot)
        assert "T-1 · account/hacked 3.1.0 · Account taken over" in text_of(pilot)
        await pilot.press("down", "enter")
        assert desk.calls == [("resume", "w2")]
        assert "end all other sessions" in text_of(pilot)


async def test_a_number_points_at_an_unfinished_walk_and_no_more() -> None:
    desk = FakeDesk(FakeWalk(DO), parked=TWO)
    async with at_the_desk(desk) as pilot:
        await pilot.press("2", "9")
        assert desk.calls == []
        await pilot.press("enter")
        assert desk.calls == [("resume", "w2")]


async def test_an_unfinished_walk_is_resumed_by_two_clicks() -> None:
    desk = FakeDesk(FakeWalk(DO), parked=TWO)
    async with at_the_desk(desk) as pilot:
        row = row_of(pilot, "2  account/hacked")
        await pilot.click(offset=(10, row))
        assert desk.calls == []
        await pilot.click(offset=(10, row))
        assert desk.calls == [("resume", "w2")]


async def test_a_resumed_walk_may_stand_at_its_end() -> None:
    async with at_the_desk(FakeDesk(FakeWalk(ENDED), parked=TWO)) as pilot:
        await pilot.press("enter")
        assert "✗ rejected" in text_of(pilot)


async def test_the_time_goes_on_where_it_was_left() -> None:
    walk = FakeWalk(DO)
    walk.spent = 161.5
    async with at_the_desk(FakeDesk(walk, parked=TWO)) as pilot:
        await pilot.press("enter")
        assert "T-48812   02:41" in text_of(pilot)


async def test_a_walk_that_cannot_go_on_says_why() -> None:
    async with at_the_desk(FakeDesk("it is walked elsewhere", parked=TWO)) as pilot:
        await pilot.press("enter")
        assert "It is walked elsewhere" in text_of(pilot)


async def test_skipping_goes_to_the_sop_that_was_named() -> None:
    desk = FakeDesk(FakeWalk(PROOF), parked=TWO)
    async with at_the_desk(desk, sop="account/hacked", ticket={"id": "T-3"}) as pilot:
        await pilot.press("escape")
        assert desk.calls == [("open", "account/hacked", {"id": "T-3"})]
        assert "Which proof of ownership" in text_of(pilot)


async def test_unfinished_walks_are_not_offered_where_not_wanted() -> None:
    async with at_the_desk(FakeDesk(parked=TWO, offers=OFFERS), resume=False) as pilot:
        assert "Which procedure" in text_of(pilot)


async def test_tickets_that_wait_for_others_are_not_offered_before_they_are_asked_for() -> None:
    waiting = (make_parked("w1", reason="waiting"), make_parked("w2", reason="handover"))
    desk = FakeDesk(FakeWalk(DO), parked=waiting, offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        assert "Which procedure does the ticket need?" in text_of(pilot)
        await pilot.press("ctrl+r")
        assert "hand-over · 2 h 13 min" in text_of(pilot)


async def test_a_walk_is_given_up_only_when_said_twice() -> None:
    desk = FakeDesk(parked=TWO, offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press("x")
        assert "Give up this walk?" in text_of(pilot)
        await pilot.press("n")
        assert len(desk.kept) == 2
        await pilot.press("x", "y")
        assert "Unfinished walks: 1" in text_of(pilot)
        await pilot.press("question_mark", "escape", "x", "y")
        assert "Which procedure" in text_of(pilot)


async def test_in_the_list_of_parked_walks_changed_keys_do_what_they_say() -> None:
    desk = FakeDesk(parked=TWO, offers=OFFERS)
    async with at_the_desk(desk, settings=Settings(keys={"give-up": "D"})) as pilot:
        assert "D give up  Esc new ticket  q leave  ? keys" in text_of(pilot)
        await pilot.press("x")
        assert "Give up this walk?" not in text_of(pilot)
        await pilot.press("n")  # a note, and no note can be written here
        assert "Esc closes this list, then n" in text_of(pilot)
        await pilot.press("D", "y")
        assert "Unfinished walks: 1" in text_of(pilot)
        await pilot.press("/", *"queue last", "enter")
        assert "Esc closes this list, then ^N" in text_of(pilot)


async def test_a_walk_that_cannot_be_given_up_says_why() -> None:
    desk = FakeDesk(parked=TWO)
    desk.broken = "disk full"
    async with at_the_desk(desk) as pilot:
        await pilot.press("x", "y")
        assert "Disk full" in text_of(pilot)


async def test_leaving_keeps_the_walk() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("q")
        assert walk.calls == ["suspend"]
        assert pilot.app.return_value == (
            "The walk of T-48812 in account/hacked is kept and offered at the next start."
        )


async def test_leaving_with_control_q_while_typing() -> None:
    desk = FakeDesk(offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press(*"quest", "ctrl+q")
        assert pilot.app.return_value is None


async def test_leaving_that_cannot_be_noted_says_so() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.broken = "disk full"
        await pilot.press("q")
        assert pilot.app.return_value is not None
        assert "disk full" in pilot.app.return_value


async def test_parking_goes_to_the_next_ticket_or_says_why_not() -> None:
    async with walking(PROOF, desk=FakeDesk(offers=OFFERS)) as (pilot, walk):
        walk.broken = "disk full"
        await pilot.press("w", "1")
        assert "Disk full" in text_of(pilot)
        walk.broken = None
        await pilot.press("w", "1")
        assert "Which procedure" in text_of(pilot)


async def test_help_that_cannot_be_noted_still_opens() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.broken = "disk full"
        await pilot.press("i")
        assert "Policy: CG-ACC-3" in text_of(pilot)
        await pilot.press("escape")
        assert "Disk full" in text_of(pilot)


async def test_giving_up_that_cannot_be_noted_says_so() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.broken = "disk full"
        await pilot.press("x", "y")
        assert "Disk full" in text_of(pilot)


async def test_the_clock_runs_on_the_ticket() -> None:
    walk, now = FakeWalk(PROOF, WAIT, ENDED), [0.0]
    desk = FakeDesk(walk)
    app = DeskApp(desk, sop="account/hacked", clock=lambda: now[0])
    async with app.run_test(size=(80, 24)) as pilot:
        walk.spent, now[0] = 161.0, 61.0
        app._tick()
        await pilot.pause()
        assert "02:41 · step 01:01" in text_of(pilot)
        await pilot.press("1")
        app._tick()
        await pilot.pause()
        assert "02:41 · waiting" in text_of(pilot)
        await pilot.press("g")
        app._tick()
        await pilot.press("escape", "1")
        assert "02:41" in text_of(pilot)


def test_time_is_minutes_and_seconds() -> None:
    assert [elapsed(each) for each in (-1, 59.9, 61, 6000)] == ["00:00", "00:59", "01:01", "100:00"]


def press_at_once(app: App[str], *keys: str) -> None:
    """Keys that come before anything can be drawn in between."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_keys_pressed_ahead_answer_one_question_each() -> None:
    async with walking(PROOF, COLOUR, DO, TELL) as (pilot, walk):
        press_at_once(pilot.app, "2", "2", "1", "2")
        await pilot.pause()
        assert walk.given == ["receipt", "blue"]
        assert "☐" not in text_of(pilot)  # both ticks were set at the checklist


async def test_an_enter_pressed_ahead_does_not_finish_what_was_not_seen() -> None:
    async with walking(TELL, ENDED) as (pilot, walk):
        press_at_once(pilot.app, "enter", "enter")
        await pilot.pause()
        assert walk.given == ["done"]
        assert "finish" not in walk.calls
        assert "✗ rejected" in text_of(pilot)


async def test_an_enter_pressed_twice_begins_one_walk() -> None:
    desk = FakeDesk(FakeWalk(PROOF), offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press("down")
        press_at_once(pilot.app, "enter", "enter")
        await pilot.pause()
        assert len(desk.calls) == 1


async def test_an_escape_pressed_twice_begins_one_walk() -> None:
    desk = FakeDesk(FakeWalk(PROOF), parked=TWO)
    async with at_the_desk(desk, sop="account/hacked") as pilot:
        press_at_once(pilot.app, "escape", "escape")
        await pilot.pause()
        assert len(desk.calls) == 1


async def test_a_walk_that_goes_on_is_shown_at_once_though_others_are_unfinished() -> None:
    desk = FakeDesk(parked=TWO)
    async with at_the_desk(desk, walk=FakeWalk(DO)) as pilot:
        assert "end all other sessions" in text_of(pilot)
        assert desk.calls == []
