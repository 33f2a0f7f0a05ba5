from __future__ import annotations

from tests.tui.fakes import AGE, DO, PROOF, FakeDesk, FakeWalk, make_offer
from tests.tui.running import at_the_desk, row_of, text_of, walking

OFFERS = (
    make_offer("account/hacked", "Account taken over"),
    make_offer("payments/refund", "LIVE gift refund", keywords=("coins",)),
)


async def test_a_command_is_found_and_done() -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press("slash")
        assert "Write a note on this walk" in text_of(pilot)
        await pilot.press(*"policy", "enter")
        assert "Policy: CG-ACC-3" in text_of(pilot)
        assert "account/hacked 3.1.0, step proof" in text_of(pilot)


async def test_a_step_of_the_path_is_gone_to() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("slash", *"sign in", "enter")
        assert walk.calls[-1] == ("back", 0)


async def test_a_step_that_cannot_be_gone_to_says_why() -> None:
    async with walking(PROOF) as (pilot, _):
        for sought, said in (
            ("refuse", "`refuse` is not on the path"),
            ("country", "`country` was not answered by you"),
            ("proof", "The walk stands at `proof`"),
        ):
            await pilot.press("ctrl+k", *sought, "enter")
            assert said in text_of(pilot)


async def test_a_macro_and_a_label_are_copied() -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press("slash", *"not-verified", "enter")
        assert pilot.app.clipboard == "account/hacked/not-verified"
        assert "The label is on the clipboard" in text_of(pilot)
        await pilot.press("slash", *"ownership-not", "enter")
        assert pilot.app.clipboard.startswith("Hi Ana")
        assert "Fill in before sending: order_id" in text_of(pilot)


async def test_another_sop_is_walked_for_the_same_ticket_and_the_first_is_parked() -> None:
    desk = FakeDesk(offers=OFFERS)
    async with walking(PROOF, desk=desk) as (pilot, walk):
        walk.ticket = {"id": "T-48812", "subject": "my coins"}
        await pilot.press("slash", *"coins", "enter")
        assert "Walk payments/refund for this ticket?" in text_of(pilot)
        await pilot.press("n")
        assert walk.calls == []
        await pilot.press("slash", *"coins", "enter", "y")
        assert walk.calls == ["suspend"]
        assert desk.calls[-1] == ("open", "payments/refund", walk.ticket)


async def test_a_walk_that_cannot_be_parked_is_kept_in_hand() -> None:
    async with walking(PROOF, desk=FakeDesk(offers=OFFERS)) as (pilot, walk):
        walk.broken = "disk full"
        await pilot.press("slash", *"coins", "enter", "y")
        assert "Disk full" in text_of(pilot)
        assert "Which proof" in text_of(pilot)


async def test_what_fits_nothing_says_so_and_does_nothing() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("slash", *"zzzqqq", "enter")
        assert "Nothing fits" in text_of(pilot)
        await pilot.press("escape")
        assert walk.calls == []


async def test_it_opens_while_text_is_typed_and_keeps_it() -> None:
    async with walking(AGE, DO) as (pilot, walk):
        await pilot.press("2", "4", "ctrl+k", "down", "up", "pagedown", "ctrl+k")
        await pilot.press("enter")
        assert walk.given == ["24"]


async def test_a_click_takes_what_it_hits() -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press("slash", *"keys of")
        await pilot.click(offset=(20, row_of(pilot, "The keys of this screen")))
        assert "Keys" in text_of(pilot)


async def test_without_a_walk_it_finds_what_works_without_one() -> None:
    async with at_the_desk(FakeDesk(FakeWalk(PROOF), offers=OFFERS)) as pilot:
        await pilot.press("ctrl+k", *"colours", "enter")
        assert pilot.app.theme == "sopguide-light"
        await pilot.press("ctrl+k", *"parked", "enter")
        assert "No walk is parked" in text_of(pilot)
