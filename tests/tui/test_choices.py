"""Another outcome, a hand-off, parking, notes and feedback: each asked for in one or two keys."""

from __future__ import annotations

import pytest

from sopguide.desk.hand import OfferedOutcome
from sopguide.log.remarks import Remarked
from sopguide.tui.app import DeskApp
from tests.tui.fakes import ENDED, PROOF, FakeDesk, FakeWalk
from tests.tui.running import SMALL, WIDE, lines_of, row_of, text_of, walking

OFFERS = (
    OfferedOutcome("done", "resolved", "all-done", "All done", "account/ok", "Fine", None, None),
    OfferedOutcome("no", "rejected", "not-shown", "Not shown", "account/no", "No", None, None),
    OfferedOutcome("senior", "escalated", None, "", "account/high", "", "senior-team", "4h"),
)


@pytest.fixture(params=[SMALL, WIDE], ids=["80x24", "200x60"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param  # type: ignore[no-any-return]


async def test_another_outcome_is_two_numbers_away(size: tuple[int, int]) -> None:
    async with walking(PROOF, size=size) as (pilot, walk):
        walk.offers = OFFERS
        await pilot.press("o")
        text = text_of(pilot)
        assert "Which outcome does this ticket need?" in text
        assert "2  rejected · Not shown" in text
        await pilot.press("2")
        assert "Why: rejected · Not shown · account/no?" in text_of(pilot)
        assert "1  the SOP does not cover this case" in text_of(pilot)
        await pilot.press("4")
        assert walk.calls == [("overrule", "no", "customer-asked")]


async def test_an_outcome_is_found_by_its_words_and_a_reason_is_never_taken_by_a_slip() -> None:
    async with walking(ENDED) as (pilot, walk):
        walk.offers = OFFERS
        await pilot.press("o", *"fine")
        text = text_of(pilot)
        assert "Which outcome in place of: rejected?" in text
        assert "1  resolved · All done" in text
        assert "Not shown" not in text
        await pilot.press("enter", "enter")
        assert "There is no such choice" in text_of(pilot)
        assert walk.calls == []
        await pilot.press("down", "enter")
        assert walk.calls == [("overrule", "done", "policy-gap")]


async def test_the_choice_of_an_outcome_can_be_taken_back_and_left() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.offers = OFFERS
        await pilot.press("o", "1", "backspace")
        assert "Which outcome does this ticket need?" in text_of(pilot)
        await pilot.press("9")
        assert "There is no such choice" in text_of(pilot)
        await pilot.press(*"zzz")
        assert "No outcome has these words" in text_of(pilot)
        await pilot.press("enter", "escape")
        assert "Which proof of ownership" in text_of(pilot)
        assert walk.calls == []


async def test_escalating_offers_those_who_can_take_the_ticket() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.offers = (*OFFERS, OFFERS[0]._replace(id="legal", end="escalated", to="legal"))
        await pilot.press("e")
        assert "Who is to take this ticket over?" in text_of(pilot)
        assert "2  escalated · to legal · All done" in text_of(pilot)
        assert "1  escalated · to senior-team within 4h" in text_of(pilot)
        assert not [line for line in lines_of(pilot) if "resolved · " in line]
        await pilot.click(offset=(12, row_of(pilot, "to senior-team")))
        await pilot.press("1")
        assert walk.calls == [("overrule", "senior", "policy-gap")]


async def test_a_refused_outcome_says_why_where_the_eye_is() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.offers, walk.broken = OFFERS, "not saved: no space left on device"
        await pilot.press("o", "1", "1")
        assert "Not saved: no space left on device" in text_of(pilot)
        assert "Which proof of ownership" in text_of(pilot)


async def test_parking_asks_for_the_reason(size: tuple[int, int]) -> None:
    async with walking(PROOF, size=size) as (pilot, walk):
        await pilot.press("w")
        text = text_of(pilot)
        assert "Why is ticket T-48812 parked?" in text
        assert "1  waiting for the customer" in text
        assert "3  hand-over" in text
        await pilot.press("escape", "w", "7")
        assert "There is no such choice" in text_of(pilot)
        await pilot.press("1")
        assert walk.calls == ["suspend"]


async def test_a_note_is_written_and_kept_with_enter() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("n", *"called 3x", "enter")
        assert walk.calls == [("remark", "note", "called 3x", None)]
        assert "Your note is kept" in text_of(pilot)


async def test_feedback_says_what_about_then_in_words(size: tuple[int, int]) -> None:
    async with walking(PROOF, size=size) as (pilot, walk):
        await pilot.press("f")
        text = text_of(pilot)
        assert "What is amiss with `proof`?" in text
        for row in ("1  unclear", "2  wrong", "3  an answer is missing", "4  outdated"):
            assert row in text
        await pilot.press("3", *"a fax", "enter")
        assert walk.calls == [("remark", "feedback", "a fax", "missing-answer")]
        assert "Kept for the owner of the SOP" in text_of(pilot)


async def test_a_choice_takes_only_its_own_words_and_escape_leaves_it() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("f", "1", "escape", "w", "escape", "e", "escape")
        assert "Which proof of ownership" in text_of(pilot)
        assert walk.calls == []


async def test_feedback_is_chosen_by_arrows_and_by_mouse_too() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("f", "9")
        assert "There is no such choice" in text_of(pilot)
        await pilot.press("down", "enter", "x", "enter")
        await pilot.press("f")
        await pilot.click(offset=(14, row_of(pilot, "outdated")))
        await pilot.press("y", "enter")
        assert [call[3] for call in walk.calls] == ["wrong", "outdated"]


async def test_what_redaction_took_out_is_said() -> None:
    class Redacting(FakeWalk):
        def remark(self, kind: str, text: str, about: str | None = None) -> Remarked | str:
            return Remarked(("e-mail",))

    desk = FakeDesk(Redacting(PROOF))
    async with DeskApp(desk, sop="account/hacked", clock=lambda: 0.0).run_test(size=SMALL) as pilot:
        await pilot.press("n", "x", "enter")
        assert "Taken out: e-mail" in text_of(pilot)


async def test_what_could_not_be_kept_stays_written() -> None:
    async with walking(PROOF) as (pilot, walk):
        walk.broken = "not saved: no space left on device"
        await pilot.press("n", *"abc", "enter")
        assert "Not saved: no space left on device" in text_of(pilot)
        walk.broken = None
        await pilot.press("d", "enter")
        assert walk.calls[-1] == ("remark", "note", "abcd", None)


async def test_closing_a_page_loses_nothing_of_a_remark() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("n", *"abc", "escape", "f", "1", "x", "escape", "n")
        assert "abc" in text_of(pilot)
        await pilot.press("d", "enter", "f", "2", "y", "enter", "n")
        assert [call[2] for call in walk.calls] == ["abcd", "xy"]
        assert "abc" not in text_of(pilot)


async def test_only_numbers_that_are_keys_are_shown() -> None:
    async with walking(PROOF, size=(80, 40)) as (pilot, walk):
        walk.offers = tuple(OFFERS[0]._replace(id=f"o{n}", label=f"l/{n}") for n in range(12))
        await pilot.press("o")
        assert " 9  " in text_of(pilot)
        assert "10  " not in text_of(pilot)


async def test_choices_scroll_on_a_small_terminal() -> None:
    async with walking(PROOF, size=(40, 12)) as (pilot, walk):
        walk.offers = tuple(OFFERS[0]._replace(id=f"o{n}", label=f"l/{n}") for n in range(20))
        await pilot.press("o", *["pagedown"] * 20)
        assert any("▸" in row and row.rstrip(" │╯").endswith("19") for row in lines_of(pilot))
        await pilot.press("enter", "1")
        assert walk.calls == [("overrule", "o19", "policy-gap")]
