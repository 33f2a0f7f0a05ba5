from __future__ import annotations

from tests.tui.fakes import ENDED, PROOF, SENIOR, FakeDesk, make_offer
from tests.tui.running import WIDE, lines_of, row_of, text_of, walking


async def test_shows_outcome_label_reply_and_what_is_left_to_do() -> None:
    async with walking(ENDED) as (pilot, _):
        text = text_of(pilot)
        assert "✗ rejected" in text
        assert "label  account/hacked/not-verified" in text
        assert "Macro: We could not confirm ownership · en" in text
        assert "[Order #123] ⟦order_id⟧" in text
        assert "Fill in before sending: order_id" in text
        assert "☐  set the label account/hacked/not-verified" in text


async def test_reached_by_an_answer_and_left_by_backspace() -> None:
    async with walking(PROOF, ENDED) as (pilot, walk):
        await pilot.press("4")
        await pilot.pause()
        assert "✗ rejected" in text_of(pilot)
        await pilot.press("backspace")
        await pilot.pause()
        assert walk.calls == [("back", None)]
        assert "Which proof of ownership" in text_of(pilot)


async def test_the_reply_changes_language_and_is_copied() -> None:
    async with walking(ENDED) as (pilot, _):
        await pilot.press("l", "l")
        assert "Hallo Ana" in text_of(pilot)
        await pilot.press("c")
        assert pilot.app.clipboard == "Hallo Ana, …"
        await pilot.press("y")
        assert pilot.app.clipboard == "account/hacked/not-verified"
        assert "The label is on the clipboard" in text_of(pilot)


async def test_no_reply_is_said_to_be_a_decision() -> None:
    async with walking(SENIOR, size=WIDE) as (pilot, _):
        text = text_of(pilot)
        assert "↗ escalated" in text
        assert "Hand off to integrity-senior within 4h" in text
        assert "No reply is sent" in text
        await pilot.press("c")
        assert "There is no reply to copy" in text_of(pilot)


async def test_no_label_to_copy_is_said() -> None:
    assert SENIOR.outcome is not None
    bare = SENIOR._replace(outcome=SENIOR.outcome._replace(label=None))
    async with walking(bare) as (pilot, _):
        await pilot.press("y")
        assert "There is no label to copy at this step" in text_of(pilot)


async def test_what_is_done_is_ticked_by_number_and_by_mouse() -> None:
    async with walking(ENDED) as (pilot, _):
        await pilot.press("1", "9")
        assert "1 ☑" in text_of(pilot)
        await pilot.click(offset=(8, row_of(pilot, "send the reply")))
        assert "2 ☑" in text_of(pilot)
        await pilot.press("1")
        assert "1 ☐" in text_of(pilot)


async def test_a_long_reply_scrolls() -> None:
    async with walking(ENDED, size=(60, 18)) as (pilot, _):
        await pilot.press("down", "pagedown", "up", "pageup")
        assert "Fill in before sending" in text_of(pilot)


async def test_enter_finishes_and_goes_to_the_next_ticket() -> None:
    desk = FakeDesk(offers=(make_offer("account/hacked", "Account taken over"),))
    async with walking(PROOF, ENDED, desk=desk) as (pilot, walk):
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert walk.calls == ["finish"]
        assert "Which procedure does the ticket need?" in text_of(pilot)


async def test_what_could_not_be_stored_is_not_shown_as_done() -> None:
    async with walking(ENDED) as (pilot, walk):
        walk.broken = "not saved: no space left on device"
        await pilot.press("enter")
        assert "not saved: no space left on device" in text_of(pilot)
        assert "✗ rejected" in text_of(pilot)


async def test_path_keys_and_leaving_from_the_end() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("g")
        assert "Enter returns there" in text_of(pilot)
        await pilot.press("escape", "question_mark")
        assert "Copy the reply" in text_of(pilot)
        await pilot.press("escape", "i")
        assert "step refuse" in text_of(pilot)
        await pilot.press("escape", "w")
        await pilot.pause()
        assert walk.calls == [("returning", 0), "help", "suspend"]


async def test_only_keys_that_do_something_here_are_offered() -> None:
    async with walking(SENIOR) as (pilot, _):
        bar = lines_of(pilot)[-1]
        assert bar == " Enter next ticket  y label  1-2 tick  ⌫ back  q leave  ? keys"
        await pilot.press("question_mark")
        assert "Give this walk up" in text_of(pilot)
