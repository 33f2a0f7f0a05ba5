from __future__ import annotations

import time

from sopguide.tui.screens.choose import ChooseScreen
from tests.tui.fakes import DO, PROOF, FakeDesk, FakeWalk, make_offer, make_parked
from tests.tui.running import WIDE, at_the_desk, lines_of, row_of, text_of

OFFERS = (
    make_offer("account/hacked", "Account taken over", keywords=("hacked",)),
    make_offer("account/underage", "Underage account"),
    make_offer("payments/refund", "LIVE gift refund [Order #123]", keywords=("coins",)),
    make_offer("safety/broken", "Broken one", why_not="no step is named `proof` [SOP201]"),
)


async def test_lists_what_may_be_walked_with_a_preview() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        text = text_of(pilot)
        assert "4 of 4" in text
        assert "  account/hacked    Account taken over" in text
        assert "▸" not in text
        await pilot.press("enter")  # left over from the ticket before
        assert "Find an SOP first" in text_of(pilot)
        await pilot.press("down")
        text = text_of(pilot)
        assert "▸ account/hacked    Account taken over" in text
        assert "What Account taken over is about." in text
        assert "account/hacked 1.0.0 · owner owner" in text
        assert "LIVE gift refund [Order #123]" in text


async def test_typing_finds_and_enter_walks_with_the_ticket() -> None:
    desk = FakeDesk(FakeWalk(PROOF, DO), offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press(*"coins", "tab", *"T-77", "enter")
        assert desk.calls == [("open", "payments/refund", {"id": "T-77"})]
        await pilot.pause()
        assert "Which proof of ownership" in text_of(pilot)


async def test_the_ticket_given_at_the_start_is_used_once_with_its_facts() -> None:
    walk = FakeWalk(PROOF, DO)
    desk = FakeDesk(walk, offers=OFFERS)
    ticket = {"id": "T-5", "facts": {"country": "DE"}}
    async with at_the_desk(desk, ticket=ticket) as pilot:
        assert "T-5" in text_of(pilot)
        await pilot.press("down", "enter", "w", "down", "enter")
        assert desk.calls == [
            ("open", "account/hacked", ticket),
            ("open", "account/hacked", {}),
        ]


async def test_arrows_move_while_typing() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press(*"account", "down")
        assert "▸ account/hacked" in text_of(pilot)
        await pilot.press("pagedown", "pageup")
        assert "▸ account/underage" in text_of(pilot)


async def test_what_has_errors_says_why_it_is_not_walked() -> None:
    desk = FakeDesk(offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press(*"broken", "enter")
        assert "safety/broken cannot be walked: no step is named `proof`" in text_of(pilot)
        assert "! has errors" in text_of(pilot)
        assert desk.calls == []


async def test_says_where_nothing_fits() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press(*"zebra")
        assert "No SOP fits `zebra`" in text_of(pilot)
        await pilot.press("enter")
        assert "Find an SOP first" in text_of(pilot)
        await pilot.press("escape")
        assert "4 of 4" in text_of(pilot)


async def test_an_empty_library_says_so() -> None:
    async with at_the_desk(FakeDesk()) as pilot:
        assert "No SOP is live now" in text_of(pilot)


async def test_a_first_click_shows_and_a_second_walks() -> None:
    desk = FakeDesk(FakeWalk(PROOF), offers=OFFERS)
    async with at_the_desk(desk, size=WIDE) as pilot:
        row = row_of(pilot, "account/underage")
        await pilot.click(offset=(5, row))
        assert "What Underage account is about." in text_of(pilot)
        assert desk.calls == []
        await pilot.click(offset=(5, row))
        assert desk.calls == [("open", "account/underage", {})]


async def test_a_walk_that_cannot_begin_says_why() -> None:
    async with at_the_desk(FakeDesk("The walk cannot begin: disk full", offers=OFFERS)) as pilot:
        await pilot.press("down", "enter")
        assert "The walk cannot begin: disk full" in text_of(pilot)


async def test_a_named_sop_that_cannot_begin_says_why_at_the_choice() -> None:
    desk = FakeDesk("The walk cannot begin: disk full", offers=OFFERS)
    async with at_the_desk(desk, sop="account/hacked") as pilot:
        assert "The walk cannot begin: disk full" in text_of(pilot)


async def test_parked_walks_are_a_key_away() -> None:
    desk = FakeDesk(FakeWalk(PROOF), parked=(), offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press("ctrl+r")
        assert "No walk is parked" in text_of(pilot)
        desk.kept = [make_parked("w1")]
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "1 unfinished walk" in text_of(pilot)


async def test_keys_and_theme() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press("f1")
        assert "Walks left before their end" in text_of(pilot)
        await pilot.press("escape", "ctrl+t")
        assert pilot.app.theme == "sopguide-light"
        await pilot.press("ctrl+t")
        assert pilot.app.theme == "sopguide-dark"


async def test_two_thousand_sops_are_found_at_once() -> None:
    offers = tuple(
        make_offer(f"area{n % 9}/sop-{n}", f"Procedure {n}", keywords=(f"word{n}",))
        for n in range(2000)
    )
    async with at_the_desk(FakeDesk(offers=offers)) as pilot:
        await pilot.press(*"wrod77")  # the index of words is made here
        screen = pilot.app.screen
        assert isinstance(screen, ChooseScreen)
        began = time.perf_counter()
        screen._show_found("wrod1234")
        took = time.perf_counter() - began
        await pilot.pause()
        assert any("sop-1234" in line for line in lines_of(pilot))
        assert took < 0.2  # about 0.02 on a quiet machine
