from __future__ import annotations

import json
from typing import TYPE_CHECKING

from textual import events

from sopguide.desk.queue import Queue, Waiting
from sopguide.desk.settings import Settings
from sopguide.tui import breath
from tests.tui.fakes import DO, ENDED, PROOF, FakeDesk, FakeWalk, make_offer, make_parked
from tests.tui.running import WIDE, at_the_desk, lines_of, row_of, text_of, words_of

if TYPE_CHECKING:
    import pytest
    from textual.pilot import Pilot

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
        await pilot.press("down", "enter")
        await pilot.press("w")
        await pilot.press("1")
        await pilot.press("down", "enter")
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
        assert "Unfinished walks: 1" in text_of(pilot)


async def test_keys_and_theme() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press("f1")
        assert "Walks left before their end" in text_of(pilot)
        await pilot.press("escape", "ctrl+t")
        assert pilot.app.theme == "sopguide-light"
        await pilot.press("ctrl+t")
        assert pilot.app.theme == "sopguide-contrast-dark"


async def test_one_of_two_thousand_sops_is_found_in_spite_of_a_slip() -> None:
    offers = tuple(
        make_offer(f"area{n % 9}/sop-{n}", f"Procedure {n}", keywords=(f"word{n}",))
        for n in range(2000)
    )
    async with at_the_desk(FakeDesk(offers=offers)) as pilot:
        await pilot.press(*"wrod1234")
        assert any("sop-1234" in line for line in lines_of(pilot))


# A ticket's text

TEXT = "cant get in!!\nsomone hacked my [acount] and took my coins"
TICKET = {
    "id": "T-5",
    "subject": "refund",
    "body": "my coins are gone",
    "facts": {"country": "DE", "age": 24},
}


async def pasted(pilot: Pilot[str], text: str) -> None:
    pilot.app.screen.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_pasted_ticket_ranks_the_sops_and_shows_the_words_that_matched() -> None:
    desk = FakeDesk(FakeWalk(PROOF, DO), offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pilot.press("tab", *"T-7", "tab")
        await pasted(pilot, TEXT.replace("\n", "\r\n"))
        text = text_of(pilot)
        assert "cant get in!!" in text
        assert "my [acount] and took" in text
        assert "By the words of the ticket, the likeliest first" in text
        assert "▸ account/hacked    Account taken over" in text
        assert "Words that match: hacked, acount" in text
        assert "payments/refund" in text  # the coins
        await pilot.press("down", "up", "enter")
        [(_, sop, ticket)] = desk.calls
        assert (sop, ticket["id"], ticket["subject"]) == ("account/hacked", "T-7", "cant get in!!")


async def test_a_few_pasted_words_are_words_to_search_by() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pasted(pilot, "coins\n")
        assert "1 of 4" in text_of(pilot)


async def test_pasted_json_brings_its_id_and_facts() -> None:
    desk = FakeDesk(FakeWalk(PROOF, DO), offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pasted(pilot, json.dumps({**TICKET, "misfits": ["`x` does not fit `age`"]}))
        text = text_of(pilot)
        assert "From the ticket: ✓ country DE · ✓ age 24" in text
        assert "! not used: `x` does not fit `age`" in text
        await pilot.press("down", "up", "enter")
        assert desk.calls[0][1:] == (
            "payments/refund",
            {**TICKET, "misfits": ["`x` does not fit `age`"]},
        )


async def test_what_is_pasted_and_is_no_ticket_is_said_to_be_none() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pasted(pilot, '{"id": ')
        assert "This is no ticket: it is no JSON" in text_of(pilot)


async def test_another_id_is_another_ticket_of_which_nothing_is_known() -> None:
    desk = FakeDesk(FakeWalk(PROOF, DO), offers=OFFERS)
    async with at_the_desk(desk, ticket=TICKET) as pilot:
        assert "✓ country DE" in text_of(pilot)
        await pilot.press("tab", *"T-54")
        assert "✓ country DE" not in text_of(pilot)
        await pilot.press("tab", "down", "up", "enter")
        assert desk.calls == [("open", "payments/refund", {"id": "T-54"})]


async def test_typing_searches_and_an_empty_field_ranks_again() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS), ticket=TICKET) as pilot:
        await pilot.press(*"hacked")
        assert "▸ account/hacked" in text_of(pilot)
        await pilot.press("escape")
        assert "▸ payments/refund" in text_of(pilot)
        await pilot.press("escape")  # in an empty field: the ticket's text is put away
        assert "my coins are gone" not in text_of(pilot)
        assert "T-5" in text_of(pilot)


async def test_a_ticket_s_text_can_be_typed_and_read_in_full() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press("f4")
        await pilot.press(*"coins", "enter", *"gone")
        assert "The ticket: its subject on the first line" in text_of(pilot)
        await pilot.press("f4")
        assert "▸ payments/refund" in text_of(pilot)
        await pilot.press("f4")
        await pilot.press(*"more", "escape")
        assert "more" not in text_of(pilot)


async def test_a_huge_ticket_is_ranked_and_its_beginning_can_be_read() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pasted(pilot, "coins\n" + "x" * 1_000_000)
        assert "▸ payments/refund" in text_of(pilot)
        await pilot.press("f4")
        assert "The beginning of the ticket; it is too long to be changed here" in text_of(pilot)
        await pilot.press("a", "f4")
        assert "▸ payments/refund" in text_of(pilot)


async def test_what_has_no_room_on_the_ticket_s_page_is_said() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press("f4")
        await pasted(pilot, "coins\n" + "x" * 30_000)
        told = "10,006 characters have no room here. Esc, then paste the ticket above the list."
        assert told in words_of(pilot)
        await pilot.press("backspace")
        assert "have no room" not in text_of(pilot)


async def test_where_no_word_names_an_sop_nothing_is_pointed_at() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS), ticket={"body": "zebra"}) as pilot:
        assert "No word of the ticket names an SOP" in text_of(pilot)
        assert "▸" not in text_of(pilot)


async def test_enter_pressed_twice_at_the_ticket_before_begins_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breath, "SECONDS", 1_000_000.0)
    desk = FakeDesk(FakeWalk(PROOF, DO), offers=OFFERS)
    async with at_the_desk(desk, ticket=TICKET) as pilot:
        await pilot.press("enter", "enter", "enter")  # held down
        assert "Press Enter again to walk payments/refund" in text_of(pilot)
        assert desk.calls == []
        monkeypatch.setattr(breath, "SECONDS", 0.0)  # it was let go of
        await pilot.press("enter", "enter")
        assert len(desk.calls) == 1


async def test_an_enter_that_comes_with_what_is_pasted_begins_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breath, "SECONDS", 1_000_000.0)
    desk = FakeDesk(FakeWalk(PROOF, DO), offers=OFFERS)
    async with at_the_desk(desk) as pilot:
        await pasted(pilot, TEXT)
        await pilot.press("enter")
        assert "Press Enter again to walk account/hacked" in text_of(pilot)
        assert desk.calls == []


async def test_the_day_is_told_once_the_screen_stands() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS), size=WIDE) as pilot:
        await pilot.pause()
        assert "3 done today · median 01:35 · 0 parked" in lines_of(pilot)[0]


# A queue


async def test_a_queue_is_worked_ticket_after_ticket() -> None:
    desk = FakeDesk(FakeWalk(PROOF, ENDED), offers=OFFERS)
    queue = Queue(
        [Waiting("T-5", TICKET, "t:1"), Waiting("T-6", {"id": "T-6", "body": "hacked"}, "t:3")],
        ["t:2: it is no JSON"],
    )
    async with at_the_desk(desk, size=WIDE, queue=queue) as pilot:
        assert "1 of 2" in lines_of(pilot)[0]
        assert "Passed over: t:2: it is no JSON" in text_of(pilot)
        await pilot.press("ctrl+n")
        assert "▸ account/hacked" in text_of(pilot)
        await pilot.press("escape")  # a ticket of the queue is not put away
        assert "▸ account/hacked" in text_of(pilot)
        await pilot.press("ctrl+n")
        await pilot.press("down", "up", "enter")
        assert desk.calls == [("open", "payments/refund", TICKET)]
        await pilot.press("1")
        await pilot.press("enter", "enter")  # not all of the helpdesk's list is ticked
        assert "2 of 2" in lines_of(pilot)[0]
        await pilot.press("ctrl+n")
        assert "This is the last ticket of the queue" in text_of(pilot)
        desk.done = {"T-6"}


async def test_a_ticket_that_another_window_began_meanwhile_gives_way_to_the_next() -> None:
    desk = FakeDesk(FakeWalk(PROOF), offers=OFFERS)
    queue = Queue([Waiting(each, {**TICKET, "id": each}, each) for each in ("T-5", "T-6")])
    async with at_the_desk(desk, size=WIDE, queue=queue) as pilot:
        desk.done = {"T-5"}
        await pilot.press("down", "up", "enter")
        assert "Ticket T-5 is in other hands by now: this is the next" in text_of(pilot)
        assert "T-6" in text_of(pilot)
        assert desk.calls == []


async def test_a_worked_off_queue_says_so() -> None:
    desk = FakeDesk(offers=OFFERS)
    desk.done = {"T-5"}
    async with at_the_desk(desk, queue=Queue([Waiting("T-5", TICKET, "t:1")])) as pilot:
        assert "The queue is worked off" in text_of(pilot)
        await pilot.press("ctrl+n")
        assert "No queue is worked: there is no other ticket" in text_of(pilot)


# Keys of one's own


async def test_keys_that_were_changed_do_and_say_the_same() -> None:
    settings = Settings(keys={"parked": "f12", "ticket": "f9", "park": "f11", "later": "f8"})
    async with at_the_desk(FakeDesk(offers=OFFERS), settings=settings) as pilot:
        assert "F9 ticket" in text_of(pilot)
        await pilot.press("f8")
        assert "No queue is worked: there is no other ticket" in text_of(pilot)
        await pilot.press("f1")
        assert "F8         Put this ticket of the queue last" in text_of(pilot)
        await pilot.press("escape")
        await pilot.press("f12")
        assert "No walk is parked" in text_of(pilot)
        await pilot.press("f9")
        assert "The ticket: its subject on the first line" in text_of(pilot)
        assert "F9 use this text" in text_of(pilot)
        await pilot.press(*"coins", "f9")
        assert "▸ payments/refund" in text_of(pilot)
        await pilot.press("f11")
        assert "F11: choose an SOP first" in text_of(pilot)
