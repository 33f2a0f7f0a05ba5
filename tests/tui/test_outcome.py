from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.hand import Applied
from sopguide.desk.settings import Settings
from sopguide.tui import breath
from tests.tui.fakes import ENDED, PROOF, SENIOR, FakeDesk, make_offer
from tests.tui.running import WIDE, lines_of, row_of, text_of, walking, words_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_shows_outcome_label_reply_and_what_is_left_to_do() -> None:
    async with walking(ENDED) as (pilot, _):
        text = text_of(pilot)
        assert "✗ rejected" in text
        assert "label  account/hacked/not-verified" in text
        assert "Macro: We could not confirm ownership · en" in text
        assert "[Order #123] ⟦order_id⟧" in text
        assert "Fill in before sending: order_id" in text
        assert "To do in the helpdesk:   1 ☐ set the label   2 ☐ send the macro   3 ☐ close" in text


async def test_reached_by_an_answer_and_left_by_backspace() -> None:
    async with walking(PROOF, ENDED) as (pilot, walk):
        await pilot.press("4")
        assert "✗ rejected" in text_of(pilot)
        await pilot.press("backspace")
        assert walk.calls == [("back", None)]
        assert "Which proof of ownership" in text_of(pilot)


async def test_the_reply_changes_language_and_is_copied() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "l")
        assert "Hallo Ana" in text_of(pilot)
        await pilot.press("c")
        assert pilot.app.clipboard == "Hallo Ana, …"
        await pilot.press("y")
        assert pilot.app.clipboard == "account/hacked/not-verified"
        assert "The label is on the clipboard" in text_of(pilot)
        await pilot.press("enter", "enter")
        assert walk.applied == Applied("de")


async def test_a_language_that_is_not_the_tickets_says_so() -> None:
    async with walking(ENDED) as (pilot, _):
        assert "confirm ownership · en, not from the ticket" in text_of(pilot)
        await pilot.press("l")
        assert "confirm ownership · es ─" in text_of(pilot)
    async with walking(ENDED, ticket_text={"locale": "en"}) as (pilot, _):
        assert "confirm ownership · en ─" in text_of(pilot)


async def test_of_a_long_title_the_name_is_cut_and_not_the_language() -> None:
    assert ENDED.outcome is not None
    long = ENDED.outcome._replace(macro_title="We could not confirm ownership of this account yet")
    async with walking(ENDED._replace(outcome=long)) as (pilot, _):
        assert "… · en, not from the ticket" in text_of(pilot)
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert "ownership of this account yet · en, not from the ticket" in text_of(pilot)


async def test_a_reply_with_an_open_placeholder_is_copied_only_at_the_second_press() -> None:
    async with walking(ENDED) as (pilot, _):
        await pilot.press("c")
        assert "Not filled in yet: m fills it in, c again copies it as it is" in text_of(pilot)
        assert pilot.app.clipboard == ""
        await pilot.press("c")
        assert "⟦order_id⟧" in pilot.app.clipboard


async def test_a_key_that_is_held_down_warns_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    async with walking(ENDED) as (pilot, walk):
        monkeypatch.setattr(breath, "SECONDS", 1_000_000.0)
        await pilot.press("enter", "enter", "enter")
        assert "Enter again: done all the same" in words_of(pilot)
        await pilot.press("c", "c")
        assert pilot.app.clipboard == ""
        assert walk.calls == []
        monkeypatch.setattr(breath, "SECONDS", 0.0)  # it was let go of, and pressed again
        await pilot.press("enter", "enter")
        assert walk.calls == ["finish"]


async def test_copies_by_the_command_that_was_set(tmp_path: Path) -> None:
    settings = Settings(copy_command="no-such-command-anywhere", copy_file=tmp_path / "clip")
    async with walking(ENDED, settings=settings) as (pilot, _):
        await pilot.press("y")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert (tmp_path / "clip").read_text(encoding="utf-8") == "account/hacked/not-verified"
        text = words_of(pilot)
        assert "The label: `no-such-command-anywhere` failed: No such file" in text
        assert "it is in the file" in text


async def test_where_no_way_works_the_terminal_gets_it(tmp_path: Path) -> None:
    async with walking(ENDED, settings=Settings(copy_file=tmp_path)) as (pilot, _):
        await pilot.press("y")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert pilot.app.clipboard == "account/hacked/not-verified"
        assert "is no file" in words_of(pilot)


async def test_no_reply_is_said_to_be_a_decision() -> None:
    async with walking(SENIOR, size=WIDE) as (pilot, walk):
        text = text_of(pilot)
        assert "↗ escalated" in text
        assert "2 ☐ hand off to integrity-senior within 4h" in text
        assert "No reply is sent" in text
        for key in "cml":
            await pilot.press(key)
            assert "There is no reply to" in text_of(pilot)
        await pilot.press("1", "2", "enter")
        assert walk.calls == ["finish"]
        assert walk.applied is None


async def test_the_hand_off_text_is_copied() -> None:
    async with walking(SENIOR) as (pilot, _):
        assert "Hand off to integrity-senior within 4h" in text_of(pilot)
        await pilot.press("p")
        assert pilot.app.clipboard.startswith(
            "Hand off to integrity-senior within 4h\nTicket: T-48812"
        )
        assert "The hand-off text is on the clipboard" in text_of(pilot)
    async with walking(ENDED) as (pilot, _):
        await pilot.press("p")
        assert "Nobody takes the ticket over at this step" in text_of(pilot)


async def test_an_outcome_that_the_agent_chose_says_so() -> None:
    async with walking(ENDED._replace(overruled="policy-gap")) as (pilot, _):
        assert "Chosen by you: the SOP does not cover this case" in text_of(pilot)


async def test_a_long_reason_is_told_in_full() -> None:
    async with walking(ENDED._replace(overruled="context")) as (pilot, _):
        reason = "something about this ticket that the SOP cannot know"
        assert f"Chosen by you: {reason}" in text_of(pilot)


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
        assert "There is nothing to tick at 9" in text_of(pilot)
        row = row_of(pilot, "send the macro")
        await pilot.click(offset=(lines_of(pilot)[row].index("send the macro"), row))
        assert "2 ☑" in text_of(pilot)
        await pilot.press("1")
        assert "1 ☐" in text_of(pilot)


async def test_ticks_outlast_a_look_back_into_the_procedure() -> None:
    async with walking(PROOF, ENDED) as (pilot, _):
        await pilot.press("4", "1", "backspace", "4")
        assert "1 ☑ set the label   2 ☐ send the macro" in text_of(pilot)


async def test_enter_warns_once_of_what_is_not_ticked_and_what_is_open() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("1", "enter")
        text = words_of(pilot)
        assert "Not ticked: send the macro, close. Not filled in: order_id" in text
        assert walk.calls == []
        await pilot.press("2", "enter")
        assert "Not ticked: close." in text_of(pilot)
        assert walk.calls == []
        await pilot.press("escape", "enter")
        assert walk.calls == ["finish"]


async def test_enter_does_not_warn_where_all_is_done() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "1", "2", "3", "enter")
        assert walk.calls == ["finish"]
        assert walk.applied == Applied("es")


async def test_enter_warns_once_of_a_note_that_is_written_and_not_kept() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "1", "2", "3", "n", *"abc", "escape", "enter")
        assert "Written and not kept: note" in text_of(pilot)
        assert walk.calls == []
        await pilot.press("enter")
        assert walk.calls == ["finish"]


async def test_a_long_reply_scrolls() -> None:
    async with walking(ENDED, size=(60, 18)) as (pilot, _):
        await pilot.press("down", "pagedown", "up", "pageup")
        assert "Fill in before sending" in text_of(pilot)


async def test_enter_finishes_and_goes_to_the_next_ticket() -> None:
    desk = FakeDesk(offers=(make_offer("account/hacked", "Account taken over"),))
    async with walking(PROOF, ENDED, desk=desk) as (pilot, walk):
        await pilot.press("4")
        await pilot.press("enter", "enter")
        assert walk.calls == ["finish"]
        assert "Which procedure does the ticket need?" in text_of(pilot)


async def test_what_could_not_be_stored_is_not_shown_as_done() -> None:
    async with walking(ENDED) as (pilot, walk):
        walk.broken = "not saved: no space left on device"
        await pilot.press("enter", "enter")
        assert "Not saved: no space left on device" in text_of(pilot)
        assert "✗ rejected" in text_of(pilot)


async def test_path_keys_and_leaving_from_the_end() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("g")
        assert "Path" in text_of(pilot)
        await pilot.press("escape", "question_mark")
        assert "Copy the reply" in text_of(pilot)
        await pilot.press("escape", "i")
        assert "step refuse" in text_of(pilot)
        await pilot.press("escape", "w", "2")
        assert walk.calls[-2:] == ["help", "suspend"]


async def test_only_keys_that_do_something_here_are_offered() -> None:
    async with walking(SENIOR) as (pilot, _):
        bar = lines_of(pilot)[-1]
        assert bar.startswith(" Enter done, next ticket  1-2 tick  ⌫ back")
        await pilot.press("question_mark")
        assert "Copy the text for whoever takes the ticket over" in text_of(pilot)
        assert "Copy the reply" not in text_of(pilot)


async def test_hostile_text_in_a_reply_is_shown_as_typed() -> None:
    assert ENDED.outcome is not None
    hostile = "[@click=app.quit]x[/]\x1b[2J\u202e"
    view = ENDED._replace(outcome=ENDED.outcome._replace(label=hostile, macro_title=hostile))
    async with walking(view, size=WIDE) as (pilot, _):
        text = text_of(pilot)
        assert text.count("[@click=app.quit]x[/]␛[2J\N{REPLACEMENT CHARACTER}") == 2
        await pilot.press("y")
        assert "\x1b" not in pilot.app.clipboard
