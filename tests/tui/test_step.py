from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sopguide.desk.countdown import Countdown
from sopguide.tui.app import DeskApp
from sopguide.walk.returning import Kept
from sopguide.walk.view import Choice
from tests.tui.fakes import (
    AGE,
    COUNTRY,
    DO,
    ENDED,
    MANY,
    PATH,
    PROOF,
    STUCK,
    TELL,
    WAIT,
    make_view,
)
from tests.tui.running import WIDE, lines_of, row_of, text_of, walking

TRAIL = "… \u203a reach: No, locked out … \u203a country: DE (ticket) \u203a ▸ proof"


async def test_shows_question_answers_path_and_policy() -> None:
    async with walking(PROOF, DO) as (pilot, _):
        text = text_of(pilot)
        assert "account/hacked 3.1.0 · country DE · age 24" in text
        assert "T-48812   00:00 · step 00:00" in text
        assert TRAIL in text
        assert "  2  Receipt of a purchase in the app" in text
        assert "CG-ACC-3" in text
        assert "2 of at most 6" in text
        assert "Still possible: resolved (2) · rejected · escalated to account-integrity" in text
        assert "1-4 answer  ⌫ back  u undo  / find  n note" in text


async def test_the_ticket_is_a_key_away_where_it_has_no_room() -> None:
    async with walking(PROOF, COUNTRY) as (pilot, walk):
        assert "v ticket" not in text_of(pilot)  # nothing came but an id
        walk.ticket = {"id": "T-48812", "subject": "cant get in!!", "body": "since friday"}
        await pilot.press("v")
        text = text_of(pilot)
        assert "Ticket T-48812" in text
        assert "cant get in!!" in text
        assert "since friday" in text
        assert "country  DE  ticket" in text
        assert "reach    no  you" in text
        await pilot.press("v", "1", "f4")
        assert "cant get in!!" in text_of(pilot)
        await pilot.press("f4")
        assert "F4 ticket" in text_of(pilot)
        assert "F1 keys" in text_of(pilot)


async def test_a_ticket_that_is_empty_says_so() -> None:
    async with walking(make_view(choices=PROOF.choices, facts=())) as (pilot, _):
        await pilot.press("v")
        assert "Nothing came with this ticket." in text_of(pilot)


async def test_the_last_line_holds_its_most_needed_keys() -> None:
    async with walking(MANY) as (pilot, walk):
        walk.ticket = {"subject": "cant get in!!"}
        await pilot.resize_terminal(79, 24)
        await pilot.pause()
        bar = lines_of(pilot)[-1]
        assert "v ticket" in bar
        assert "? keys" in bar
        assert "f feedback" not in bar
        await pilot.press("question_mark")
        assert "f F6       Tell the SOP's owner" in text_of(pilot)


async def test_every_key_is_told_on_one_line() -> None:
    async with walking(MANY) as (pilot, _):
        keys = getattr(pilot.app.screen, "all_keys", ())
        await pilot.press("question_mark")
        page = text_of(pilot)
        assert len(keys) > 9
        assert all(key.about in page for key in keys)


async def test_help_wraps_under_its_own_text() -> None:
    wordy = PROOF._replace(help="word " * 20, because=("policy " * 12,))
    async with walking(wordy) as (pilot, _):
        at = row_of(pilot, "  i  word")
        lines = lines_of(pilot)
        assert lines[at][:8] == " " * 4 + "i  w"
        assert [line[:8] for line in lines[at + 1 : at + 4]] == [
            " " * 7 + "w",
            " " * 7 + "P",
            " " * 7 + "p",
        ]


async def test_help_that_is_too_long_says_that_there_is_more() -> None:
    async with walking(PROOF._replace(help="word " * 200)) as (pilot, _):
        rows = [line for line in lines_of(pilot) if "word" in line]
        assert len(rows) == 6
        assert [row.endswith(" …") for row in rows] == [False] * 5 + [True]


async def test_a_number_answers_at_once() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("2")
        assert walk.given == ["receipt"]
        assert "Ask the person to end all other sessions." in text_of(pilot)


async def test_arrows_and_enter_answer() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("down", "down", "down", "up", "enter")
        assert walk.given == ["receipt"]


async def test_a_stray_enter_answers_nothing() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("enter")
        assert walk.given == []
        assert "Choose an answer first" in text_of(pilot)
        await pilot.press("9")
        assert "There is no answer 9 here" in text_of(pilot)
        await pilot.press("escape")
        assert "There is no answer" not in text_of(pilot)


async def test_a_click_answers() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.click(offset=(10, row_of(pilot, "3  The device")))
        assert walk.given == ["device"]


async def test_question_first_answer_and_keys_stay_on_their_rows() -> None:
    async with walking(PROOF, DO, MANY, TELL) as (pilot, _):
        rows = []
        for keys in (["1"], ["1", "2", "enter"], ["1", "enter"], []):
            lines = lines_of(pilot)
            question = next(n for n, line in enumerate(lines) if n > 2 and line.strip())
            answer = next(n for n, line in enumerate(lines) if n > question + 1 and line.strip())
            rows.append((question, answer, len(lines) - 1 if lines[-1].strip() else None))
            await pilot.press(*keys)
        assert set(rows) == {(4, 7, 23)}


async def test_backspace_goes_back_and_says_where_it_cannot() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("backspace")
        assert "There is nothing to go back to" in text_of(pilot)
        await pilot.press("1", "backspace")
        assert walk.calls[-1] == ("back", None)
        assert "Which proof of ownership" in text_of(pilot)


async def test_a_refused_value_stays_with_the_reason_beside_it() -> None:
    async with walking(AGE, DO) as (pilot, walk):
        walk.refusals["130"] = "`130` does not fit `age`: it is over 120"
        await pilot.press(*"130", "enter")
        assert "it is over 120" in text_of(pilot)
        assert "│ 130" in text_of(pilot)
        await pilot.press("backspace")
        assert "it is over 120" not in text_of(pilot)
        await pilot.press("enter")
        assert walk.given == ["13"]


async def test_letters_are_text_where_text_is_typed() -> None:
    async with walking(AGE, DO) as (pilot, walk):
        await pilot.press(*"qwgi?", "enter")
        assert walk.given == ["qwgi?"]


async def test_a_fact_that_a_rule_needs_is_marked_as_such() -> None:
    async with walking(AGE) as (pilot, _):
        assert "Needed to go on: How old" in text_of(pilot)


async def test_a_click_beside_the_field_leaves_letters_with_the_text() -> None:
    async with walking(AGE, DO) as (pilot, walk):
        await pilot.click(offset=(30, 17))
        await pilot.pause()
        await pilot.press(*"q2", "enter")
        assert walk.given == ["q2"]


async def test_not_known_is_chosen_with_the_arrow() -> None:
    async with walking(AGE, DO) as (pilot, walk):
        await pilot.press("down", "enter")
        assert walk.given == [None]


async def test_backspace_in_an_empty_field_goes_back_but_not_in_one_breath() -> None:
    async with walking(PROOF, AGE) as (pilot, walk):
        await pilot.press("1", "4", "backspace", "backspace")
        assert walk.calls == []
        await pilot.pause(0.6)
        await pilot.press("backspace")
        assert walk.calls == [("back", None)]


async def test_several_are_ticked_and_confirmed() -> None:
    async with walking(MANY, DO) as (pilot, walk):
        await pilot.press("enter")
        assert "Mark at least one" in text_of(pilot)
        await pilot.press("1", "down", "down", "space")
        assert "1 ☑  Original" in text_of(pilot)
        assert "3 ☑  The device" in text_of(pilot)
        await pilot.press("enter")
        assert walk.given == [["mail", "device"]]


async def test_space_does_nothing_where_nothing_is_ticked() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("down", "space")
        assert walk.given == []


async def test_a_checklist_is_ticked_before_going_on() -> None:
    async with walking(DO, PROOF) as (pilot, walk):
        await pilot.press("2", "enter")
        assert "Tick 1 first" in text_of(pilot)
        assert walk.given == []
        await pilot.press("1", "enter")
        assert walk.given == ["done"]


async def test_a_long_checklist_tells_the_keys_that_there_are() -> None:
    view = DO._replace(check=tuple(f"Item {n}" for n in range(1, 13)))
    async with walking(view) as (pilot, _):
        assert " 1-9 tick" in lines_of(pilot)[-1]


async def test_an_instruction_alone_is_done_with_enter() -> None:
    async with walking(TELL, PROOF) as (pilot, walk):
        await pilot.press("enter")
        assert walk.given == ["done"]


async def test_many_answers_are_found_by_typing() -> None:
    async with walking(COUNTRY, DO) as (pilot, walk):
        await pilot.press(*"ger")
        assert "Germany" in text_of(pilot)
        assert "Austria" not in text_of(pilot)
        await pilot.press("escape")
        assert "Austria" in text_of(pilot)
        await pilot.press(*"gre", "enter")
        assert walk.given == ["GR"]


async def test_many_are_found_and_marked_with_space() -> None:
    view = COUNTRY._replace(multiple=True, type="choices")
    async with walking(view, DO) as (pilot, walk):
        await pilot.press(*"ger", "space", *"ital", "space", "enter")
        assert walk.given == [["GE", "IT"]]


async def test_what_finds_nothing_says_so_and_an_empty_field_points_where_it_did() -> None:
    async with walking(COUNTRY._replace(suggested="GE"), DO) as (pilot, walk):
        await pilot.press(*"12")
        assert "No answer reads `12`" in text_of(pilot)
        await pilot.press("escape")
        assert "No answer reads" not in text_of(pilot)
        assert "▸ Germany" in text_of(pilot)
        await pilot.press("enter")
        assert walk.given == ["GE"]


async def test_what_was_found_and_marked_stays_in_view() -> None:
    view = COUNTRY._replace(multiple=True, type="choices")
    async with walking(view, DO) as (pilot, _):
        await pilot.press(*"ital", "space")
        assert "☑  Italy" in text_of(pilot)
        assert "type to find" in text_of(pilot)


async def test_a_wait_shows_what_to_send_and_copies_it() -> None:
    async with walking(WAIT, PROOF) as (pilot, walk):
        text = text_of(pilot)
        assert "Wait (for 7 days): customer reply" in text
        assert "Macro: Send us the receipt · en" in text
        assert "label account/pending" in text
        assert "Fill in before sending: order_id" in text
        await pilot.press("pagedown", "pageup", "l")
        assert "Hola Ana" in text_of(pilot)
        await pilot.press("c")
        assert pilot.app.clipboard == "Hola Ana, …"
        assert "The reply is on the clipboard" in text_of(pilot)
        await pilot.press("y")
        assert pilot.app.clipboard == "account/pending"
        await pilot.press("2")
        assert walk.given == ["timeout"]
        assert "Macro:" not in text_of(pilot)


async def test_keys_without_a_meaning_here_say_so() -> None:
    async with walking(PROOF) as (pilot, _):
        for key, said in (("c", "no reply to copy"), ("y", "no label"), ("l", "no reply")):
            await pilot.press(key)
            assert said in text_of(pilot)


async def test_a_stuck_walk_says_why_and_can_be_given_up() -> None:
    async with walking(STUCK) as (pilot, walk):
        assert "division by zero" in text_of(pilot)
        await pilot.press("enter")
        assert "nothing to answer" in text_of(pilot)
        await pilot.press("x")
        assert "Give this walk up?" in text_of(pilot)
        await pilot.press("enter")
        assert "y or n?" in text_of(pilot)
        await pilot.press("n", "x", "y")
        assert walk.calls == [("abandon", "given-up")]
        assert "Which procedure does the ticket need?" in text_of(pilot)


async def test_the_ways_out_of_a_stuck_walk_are_on_the_last_line() -> None:
    async with walking(STUCK) as (pilot, _):
        for key in ("⌫ back", "e escalate", "x give up"):
            assert key in lines_of(pilot)[-1]


async def test_what_of_the_ticket_did_not_fit_is_said_at_the_start() -> None:
    view = PROOF._replace(path=PATH[2:], misfits=("`amount`: `many` is not a number",))
    async with walking(view) as (pilot, _):
        assert "From the ticket, not used: `amount`: `many` is not a number" in text_of(pilot)


async def test_what_of_the_ticket_did_not_fit_is_said_where_it_is_asked_for() -> None:
    view = PROOF._replace(misfits=("`x` is odd", "`old` is odd"), misfit="`old` is odd")
    async with walking(view) as (pilot, _):
        assert "From the ticket, not used: `old` is odd" in text_of(pilot)


async def test_a_critical_step_is_marked_in_words() -> None:
    async with walking(PROOF._replace(critical=True)) as (pilot, _):
        assert "! critical" in text_of(pilot)


async def test_help_opens_in_full_and_is_noted() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("i")
        assert "account/hacked 3.1.0, step proof" in text_of(pilot)
        assert walk.calls == ["help"]
        await pilot.press("down", "pagedown", "escape")
        assert "step proof" not in text_of(pilot)


async def test_the_key_of_the_help_is_told_in_full() -> None:
    async with walking(AGE._replace(help="Ask twice.")) as (pilot, _):
        assert " F2  Ask twice." in text_of(pilot)
    async with walking(PROOF._replace(help="Ask twice.")) as (pilot, _):
        assert "  i  Ask twice." in text_of(pilot)


async def test_help_is_reached_while_typing() -> None:
    async with walking(AGE) as (pilot, _):
        await pilot.press("f2")
        assert "No help is written for this step." in text_of(pilot)
        await pilot.press("f2", "f1")
        assert "Confirm what is marked or typed" in text_of(pilot)


async def test_the_page_of_keys_opens_and_closes() -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press("question_mark")
        assert "The next colours" in text_of(pilot)
        await pilot.press("question_mark")
        assert "The next colours" not in text_of(pilot)
        await pilot.press("f1")
        await pilot.click(offset=(0, 12))
        assert "The next colours" not in text_of(pilot)


async def test_the_path_returns_to_an_earlier_step() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("1", "g")
        text = text_of(pilot)
        assert "No, locked out everywhere (now) → all of them" in text
        assert "Yes → age; not proof" in text
        assert "Nobody knows → none (proof, age)" in text
        await pilot.press("2")
        assert "was not answered by you" in text_of(pilot)
        await pilot.press("9")
        assert "There is no such row" in text_of(pilot)
        await pilot.press("down")
        assert "was not answered by you" in text_of(pilot)
        await pilot.press("down")
        assert "This is where the walk stands." in text_of(pilot)
        await pilot.press("1")
        assert walk.calls[-1] == ("back", 0)


async def test_the_path_closes_at_the_step_in_hand() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("g", "pagedown", "up", "down", "enter")
        assert "Enter returns there" not in text_of(pilot)
        await pilot.press("f3", "g")
        assert "Enter returns there" not in text_of(pilot)
        assert not [call for call in walk.calls if call[0] == "back"]


async def test_the_path_can_be_clicked() -> None:
    async with walking(PROOF, DO, size=(140, 30)) as (pilot, walk):
        await pilot.press("1")
        await pilot.click("#path", offset=(10, 1))
        await pilot.click(offset=(60, row_of(pilot, "reach → No")))
        assert walk.calls[-1] == ("back", 0)


async def test_wide_terminals_show_what_the_customer_wrote() -> None:
    async with walking(PROOF, DO, size=WIDE) as (pilot, walk):
        body = "[/] someone\nchanged my number" + " x" * 500_000
        walk.ticket = {"subject": "cant get in!!", "body": body}
        await pilot.press("1")
        text = text_of(pilot)
        assert "cant get in!!" in text
        assert "[/] someone" in text


async def test_wide_terminals_show_ticket_question_and_path_side_by_side() -> None:
    async with walking(PROOF, size=WIDE) as (pilot, _):
        [row] = [line for line in lines_of(pilot) if "Which proof" in line]
        assert "reach    no" in row
        assert row.endswith("▸  proof                                        │")
        text = text_of(pilot)
        assert "Ticket T-48812" in text
        assert "✓  reach: No, locked out everywhere" in text
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Ticket T-48812 ─" not in text_of(pilot)


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (250, 70)])
async def test_any_size_shows_the_question_and_takes_an_answer(size: tuple[int, int]) -> None:
    async with walking(PROOF, AGE, WAIT, ENDED, size=size) as (pilot, walk):
        assert "Which proof" in text_of(pilot)
        await pilot.press("1", *"24", "enter", "1")
        assert walk.given == ["mail", "24", "reply"]


HOSTILE = "[Order #123] [/] [@click=app.quit]x[/] \x1b[31mred \u202etxt \x9b2J $primary"


async def test_hostile_text_is_shown_as_typed() -> None:
    hostile = make_view(
        text=HOSTILE,
        help=HOSTILE,
        because=(HOSTILE,),
        choices=(Choice("a", HOSTILE), Choice("b", "B")),
        misfits=(HOSTILE,),
        path=tuple(row._replace(answer=HOSTILE, label=HOSTILE) for row in PATH),
    )
    async with walking(hostile, WAIT._replace(check=(HOSTILE,)), size=(200, 40)) as (pilot, walk):
        walk.ticket = {"subject": HOSTILE, "body": HOSTILE}
        walk.waiting = (Kept(HOSTILE, HOSTILE, HOSTILE),)
        for keys in ((), ("i",), ("escape", "g"), ("escape", "v"), ("escape", "slash")):
            await pilot.press(*keys)
            text = text_of(pilot)
            assert "[Order #123] [/] [@click=app.quit]x[/]" in text
            assert not {"\x1b", "\u202e", "\x9b"} & set(text)
        await pilot.press("escape", "1")
        assert walk.given == ["a"]


async def test_hostile_tickets_are_shown_as_typed_above_the_question() -> None:
    ticket = {
        "subject": f"{HOSTILE} \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "body": "x" * 1_000_000,
    }
    async with walking(PROOF, DO, ticket_text=ticket) as (pilot, walk):
        text = text_of(pilot)
        assert "“[Order #123] [/] [@click=app.quit]x[/]" in text
        assert not {"\x1b", "\u202e", "\x9b"} & set(text)
        await pilot.press("1")
        assert walk.given == ["mail"]


async def test_zones_fold_and_unfold_without_losing_what_is_typed() -> None:
    async with walking(AGE, DO, ticket_text={"subject": "cant get in!!"}) as (pilot, walk):
        await pilot.press("2", "4")
        for size in ((200, 60), (119, 24), (120, 40), (40, 10), (250, 70), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            wide = size[0] >= 120
            assert ("╭─ Ticket T-48812" in text_of(pilot)) is wide
            assert ("“cant get in!!”" in text_of(pilot)) is (size in {(119, 24), (80, 24)})
        await pilot.press("enter")
        assert walk.given == ["24"]


async def test_the_ticket_has_more_lines_above_the_question_where_there_is_room() -> None:
    ticket = {"subject": "cant get in!!", "body": "since friday " * 40}
    async with walking(PROOF, ticket_text=ticket) as (pilot, _):
        [row] = [row for row in lines_of(pilot) if "friday" in row]
        assert row.endswith(" …")
        await pilot.resize_terminal(80, 40)
        await pilot.pause()
        assert len([row for row in lines_of(pilot) if "friday" in row]) == 6


async def test_answers_that_wait_for_their_question_stand_below_the_path() -> None:
    async with walking(PROOF, DO, size=WIDE) as (pilot, walk):
        walk.waiting = (Kept("age", "age", "24 years"),)
        await pilot.press("1")
        assert "↺  age: 24 years" in text_of(pilot)
        assert "kept" in text_of(pilot)
        assert "Still possible" in text_of(pilot)
        assert "· escalated to account-integrity" in text_of(pilot)


async def test_a_full_disk_keeps_the_step_and_says_so() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        walk.broken = "the log cannot be written: no space left on device"
        await pilot.press("2")
        assert "no space left on device" in text_of(pilot)
        assert "Which proof of ownership" in text_of(pilot)
        walk.broken = None
        await pilot.press("2")
        assert walk.given == ["receipt"]


async def test_the_clock_may_tick_while_the_screen_comes_or_goes() -> None:
    async with walking(PROOF) as (pilot, _):
        app = pilot.app
        assert isinstance(app, DeskApp)
        await app.screen.query("*").remove()
        app._tick()
        assert not pilot.app.screen.query("#header")


NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLOCKS = (
    Countdown("Removal order", NOON, 720.0, "warning", "Regulation (EU) 2021/784"),
    Countdown("Data request", NOON, 2_500_000.0, "running", "GDPR Art. 12"),
)


async def test_the_limit_that_runs_out_first_stands_in_the_header() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        walk.countdowns = CLOCKS
        await pilot.press("1")
        assert "00:00 · step 00:00   ⏱ ! 12m left" in text_of(pilot)


async def test_all_limits_stand_in_the_ticket_s_zone() -> None:
    async with walking(PROOF, DO, size=WIDE) as (pilot, walk):
        walk.countdowns = CLOCKS
        await pilot.press("1")
        text = text_of(pilot)
        assert "⏱ !  Removal order: 12m left" in text
        assert "⏱    Data request: 28d 22h left" in text


async def test_the_ticket_s_page_tells_all_limits_where_there_is_no_zone() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        walk.countdowns = CLOCKS
        await pilot.press("f4")
        text = text_of(pilot)
        assert "Removal order: 12m left" in text
        assert "Data request: 28d 22h left" in text
