"""The reply is filled in and edited by keyboard, and nothing written is lost."""

from __future__ import annotations

import pytest

from sopguide.desk.reply import draft_of
from sopguide.tui.screens.edit import EditPage
from tests.tui.fakes import ENDED, WAIT
from tests.tui.running import SMALL, WIDE, row_of, text_of, walking

HERE = "we could not confirm [Order #123]"


async def test_each_open_placeholder_is_asked_for_by_name_then_the_text_is_shown() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("m")
        assert "What stands for order_id?  1 of 1" in text_of(pilot)
        await pilot.press(*"A 7", "enter")
        assert f"{HERE} A 7." in text_of(pilot)
        assert "Nothing is changed in the recommended text" in text_of(pilot)
        await pilot.press("escape")
        assert "Fill in before sending" not in text_of(pilot)
        await pilot.press("1", "2", "3", "enter")
        assert walk.applied is not None
        assert (walk.applied.edited, walk.applied.filled) == (False, ("order_id",))


async def test_what_stays_empty_stays_open_in_plain_sight() -> None:
    async with walking(ENDED) as (pilot, _):
        await pilot.press("m", "enter", "escape")
        assert "Fill in before sending: order_id" in text_of(pilot)


async def test_a_value_is_kept_when_the_page_is_closed_and_may_be_changed() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("m", *"A7", "escape")
        assert f"{HERE} A7." in text_of(pilot)
        await pilot.press("m", "end", "backspace", "8", "enter", "escape")
        assert f"{HERE} A8." in text_of(pilot)
        assert draft_of(walk).value("order_id") == "A8"


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "200x60"])
async def test_what_is_changed_is_shown_while_it_is_written(size: tuple[int, int]) -> None:
    async with walking(ENDED, size=size) as (pilot, walk):
        await pilot.press("l", "m", *"Ay ")
        text = text_of(pilot)
        assert "- Hola Ana, …" in text
        assert "+ Ay Hola Ana, …" in text
        await pilot.press("ctrl+s")
        assert "· es · edited" in text_of(pilot)
        await pilot.press("c")
        assert pilot.app.clipboard == "Ay Hola Ana, …"
        await pilot.press("enter", "enter")
        assert walk.applied is not None
        assert walk.applied.edited


async def test_escape_asks_whether_to_keep_what_was_written() -> None:
    async with walking(ENDED) as (pilot, _):
        await pilot.press("l", "m", "X", "escape")
        assert "Keep what you changed in the reply?" in text_of(pilot)
        await pilot.press("escape", "Y", "escape", "y")
        assert "XYHola Ana" in text_of(pilot)
        await pilot.press("m", "Z", "escape", "n")
        assert "XYHola Ana" in text_of(pilot)


async def test_writing_can_be_undone_and_the_recommended_text_taken_again() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "m", "X", "ctrl+z")
        assert isinstance(pilot.app.screen, EditPage)
        assert "Nothing is changed" in text_of(pilot)
        await pilot.press("ctrl+y", "ctrl+s", "m")
        assert "+ XHola Ana" in text_of(pilot)
        await pilot.press("ctrl+o", "ctrl+s")
        assert not draft_of(walk).edited
        assert walk.calls == []


async def test_an_empty_reply_is_refused_and_what_was_there_stays() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "m", "ctrl+a", "ctrl+k", "ctrl+s")
        assert "An empty reply helps nobody" in text_of(pilot)
        await pilot.press("escape", "n")
        assert draft_of(walk).text == "Hola Ana, …"


async def test_what_is_pasted_is_cleaned_and_bounded() -> None:
    from textual.events import Paste

    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "m")
        focused = pilot.app.focused
        assert focused is not None
        focused.post_message(Paste("[red]\x1b[2J\u202e"))
        focused.post_message(Paste("x" * 1_000_000))
        await pilot.pause()
        assert "A reply has at most 20000 characters" in text_of(pilot)
        await pilot.press("y", "ctrl+s")
        assert draft_of(walk).text.startswith("[red]␛[2J\N{REPLACEMENT CHARACTER}xxx")
        assert len(draft_of(walk).text) == 20_000


async def test_the_reply_of_a_wait_is_edited_too() -> None:
    async with walking(WAIT, ENDED) as (pilot, walk):
        await pilot.press("m", *"A7", "enter", "escape")
        assert row_of(pilot, f"{HERE} A7.")
        await pilot.press("c")
        assert "A7" in pilot.app.clipboard
        assert draft_of(walk).ready


async def test_there_is_nothing_to_edit_where_no_reply_is_sent() -> None:
    from tests.tui.fakes import PROOF

    async with walking(PROOF) as (pilot, _):
        await pilot.press("m")
        assert "There is no reply to edit at this step" in text_of(pilot)


async def test_what_is_being_written_outlasts_leaving_the_program() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l", "m", "X")
        await pilot.press("ctrl+q")
        assert walk.calls == ["suspend"]
        assert draft_of(walk).begun == "XHola Ana, …"
        assert draft_of(walk).text == "Hola Ana, …"


async def test_what_was_being_written_is_shown_again_and_may_be_dropped() -> None:
    async with walking(ENDED) as (pilot, walk):
        await pilot.press("l")
        draft_of(walk).begin("Hola, y")
        await pilot.press("m")
        assert "This was written before, and is not kept yet" in text_of(pilot)
        assert "+ Hola, y" in text_of(pilot)
        await pilot.press("escape", "n")
        assert draft_of(walk).begun == "Hola Ana, …"
