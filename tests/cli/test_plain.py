from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sopguide.cli.plain import Ending, walk_plain
from sopguide.walk.countdown import MISSED, RUNNING, WARNING, Countdown
from sopguide.walk.view import Choice
from tests.tui.fakes import (
    AGE,
    COUNTRY,
    DO,
    ENDED,
    MANY,
    PATH,
    PROOF,
    SENIOR,
    STUCK,
    TELL,
    WAIT,
    FakeDesk,
    FakeWalk,
    make_view,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.walk.view import View


def walked(
    views: Sequence[View], typed: Sequence[str], *, hints: bool = True
) -> tuple[FakeWalk, Ending, str]:
    walk = FakeWalk(*views)
    lines = iter(typed)
    said: list[str] = []

    def ask(prompt: str) -> str | None:
        said.append(prompt)
        return next(lines, None)

    ending = walk_plain(walk, ask, said.append, desk=FakeDesk() if hints else None)
    return walk, ending, "\n".join(said)


def test_walks_by_number_id_and_wording_to_the_end() -> None:
    walk, ending, said = walked(
        [PROOF, COUNTRY, AGE, MANY, DO, TELL, WAIT, ENDED],
        ["2", "GE", "24", "1, device", "done", "ok", "reply", "done"],
    )
    assert walk.given == ["receipt", "GE", "24", ["mail", "device"], "done", "done", "reply"]
    assert ending is Ending.FINISHED
    assert walk.calls == ["finish"]
    assert "account/hacked 3.1.0: Account taken over by someone else" in said
    assert "Known from the ticket: country DE, age 24" in said
    assert "proof: Which proof of ownership can the person give?" in said
    assert "  2  Receipt of a purchase in the app" in said
    assert "secure: Do: Ask the person" in said
    assert "a whole number (years), or: not known> " in said
    assert "Outcome: rejected\nLabel: account/hacked/not-verified\nReply (en):" in said
    assert "Fill in before sending: order_id" in said


def test_a_clock_is_said_when_it_runs_is_short_and_is_missed() -> None:
    states = {hours: (RUNNING, hours) for hours in (20, 19)} | {5: (WARNING, 5), -1: (MISSED, -1)}
    walk = FakeWalk(PROOF, COUNTRY, AGE, DO)
    said: list[str] = []
    answers = iter(zip(("1", "GE", "24"), (19, 5, -1), strict=True))

    def ask(_prompt: str) -> str | None:
        answer, hours = next(answers, (None, 0))
        if answer is not None:
            walk.countdowns = (running(*states[hours]),)
        return answer

    walk.countdowns = (running(*states[20]),)
    walk_plain(walk, ask, said.append, desk=FakeDesk())

    assert [each.partition(", due")[0] for each in said if each.startswith("Clock")] == [
        "Clock: Intimate image: 20h 0m left",
        "Clock, little time left: Intimate image: 5h 0m left",
        "Clock, missed: Intimate image: missed by 1h 0m",
    ]


def running(state: str, hours: int) -> Countdown:
    due = datetime(2026, 11, 3, 12, tzinfo=UTC)
    return Countdown("Intimate image", due, hours * 3600, state, "TAKE IT DOWN Act")


def test_steps_that_answer_themselves_are_said_with_who_did() -> None:
    _, _, said = walked([PROOF._replace(facts=())], [])
    assert "country: DE (by ticket)" in said
    assert "reach: No" not in said
    assert "Known from the ticket" not in said


def test_what_of_the_ticket_did_not_fit_is_said() -> None:
    first = PROOF._replace(path=PROOF.path[1:], misfits=("`XX` does not fit `country`",))
    later = COUNTRY._replace(misfits=first.misfits, misfit=first.misfits[0])
    _, _, said = walked([first, later, AGE._replace(misfits=first.misfits)], ["1", "GE"])
    assert said.count("  From the ticket, not used: `XX` does not fit `country`") == 2


def test_the_end_of_the_input_suspends_the_walk() -> None:
    walk, ending, _ = walked([PROOF, DO], ["1"])
    assert walk.calls == ["suspend"]
    assert ending is Ending.SUSPENDED


def test_a_refused_answer_is_said_and_asked_again() -> None:
    walk = FakeWalk(AGE, ENDED)
    walk.refusals["130"] = "`130` does not fit `age`"
    said: list[str] = []
    lines = iter(["130", "perhaps\t", "24"])
    walk_plain(walk, lambda _: next(lines, None), said.append, desk=FakeDesk())
    assert "`130` does not fit `age`" in said
    assert walk.given == ["perhaps"]  # what does not fit is for the walk to say


def test_an_answer_that_names_nothing_is_said_so() -> None:
    walk, _, said = walked([PROOF, ENDED], ["", "7", "perhaps", "1"])
    assert "Type an answer, or ? for help" in said
    assert "No answer reads `7`" in said
    assert walk.given == ["mail"]


def test_help_path_and_going_back() -> None:
    walk, _, said = walked(
        [PROOF, DO], ["1", "?", "path", "back 1", "1", "back 2", "back x", "back"]
    )
    assert "Help: Ask for the receipt number only" not in said
    assert "1  reach: No, locked out everywhere (you)" in said
    assert "2  country: DE (ticket)" in said
    assert "3  proof: here" in said
    assert walk.calls[:2] == ["help", ("back", 0)]
    assert "Type back and the number of a row you answered" in said
    assert walk.calls[-2:] == [("back", None), "suspend"]


def test_the_ticket_is_read_when_asked_for() -> None:
    empty = make_view(choices=PROOF.choices, facts=())
    assert "Nothing came with this ticket" in walked([empty], ["ticket", "quit"])[2]
    said = walked([PROOF], ["ticket", "quit"])[2]
    assert "  country: DE (by ticket)\n  age: 24 (by ticket)\n  reach: no (by you)" in said


def test_help_and_policy_are_read_with_a_question_mark() -> None:
    _, _, said = walked([PROOF], ["?"])
    assert "Help: Ask for the receipt number only" in said
    assert "Policy: CG-ACC-3" in said


def test_help_where_none_is_written() -> None:
    _, _, said = walked([DO], ["help"])
    assert "Help:" not in said


def test_a_drill_gives_no_hints() -> None:
    walk, _, said = walked([PROOF], ["?"], hints=False)
    assert "CG-ACC-3" not in said
    assert "receipt number only" not in said
    assert walk.calls == ["suspend"]


def test_a_command_that_reads_like_an_answer_is_the_answer() -> None:
    views = [make_view(choices=(Choice("back", "Back again"), Choice("b", "B"))), PROOF]
    walk, _, _ = walked(views, ["back"])
    assert walk.given == ["back"]
    walk, _, _ = walked(views, ["/back"])
    assert walk.given == []
    assert ("back", None) in walk.calls


def test_words_that_only_begin_like_commands_are_answers() -> None:
    text = make_view(type="text")
    walk, _, _ = walked([text, text, text, ENDED], ["path to the app", "give me more", "help me"])
    assert walk.given == ["path to the app", "give me more", "help me"]


def test_the_reply_is_read_again_and_in_another_language() -> None:
    _, _, said = walked([ENDED], ["macro de", "macro", "macro xx", "not done"])
    assert said.count("Hallo Ana") == 2
    assert "The languages are en, es, de" in said
    assert "Press Enter when it is done in the helpdesk" in said


def test_no_reply_and_the_hand_off_are_said() -> None:
    _, _, said = walked([SENIOR], [])
    assert "Reply: none" in said
    assert "Hand off to: integrity-senior within 4h" in said


def test_a_hand_off_without_a_time_limit() -> None:
    assert SENIOR.outcome is not None
    assert SENIOR.outcome.escalate is not None
    handoff = SENIOR.outcome.escalate._replace(within=None)
    _, _, said = walked([SENIOR._replace(outcome=SENIOR.outcome._replace(escalate=handoff))], [])
    assert "Hand off to: integrity-senior\n" in said


def test_a_wait_says_what_to_send() -> None:
    _, _, said = walked([WAIT], [])
    assert "Wait: customer reply" in said
    assert "Reply (en):" in said
    assert "Label: account/pending" in said


@pytest.mark.parametrize("leave", ["quit", "QUIT", "/quit"])
def test_leaving_suspends(leave: str) -> None:
    walk, ending, _ = walked([PROOF], [leave])
    assert (walk.calls, ending) == (["suspend"], Ending.SUSPENDED)


def test_a_stuck_walk_says_why_and_can_be_given_up() -> None:
    walk, ending, said = walked([STUCK], ["1", "give up"])
    assert "The walk is stuck: division by zero" in said
    assert (walk.calls, ending) == ([("abandon", "given-up")], Ending.ABANDONED)


def test_a_critical_step_is_said_to_be() -> None:
    _, _, said = walked([PROOF._replace(critical=True)], [])
    assert "proof: Critical. Which proof" in said


def test_what_could_not_be_stored_is_said_and_nothing_moves() -> None:
    walk = FakeWalk(ENDED)
    walk.broken = "not saved: disk full"
    said: list[str] = []
    lines = iter(["done", "give up"])
    ending = walk_plain(walk, lambda _: next(lines, None), said.append, desk=FakeDesk())
    assert said.count("Not saved: disk full") == 3  # finishing, giving up, suspending
    assert ending is Ending.SUSPENDED


def test_enter_does_not_pass_over_an_open_placeholder() -> None:
    walk, ending, said = walked([ENDED], ["", "", "fill order_id A-17", ""])
    assert said.count("Not filled in: order_id. Type `done`: done all the same") == 2
    assert ending is Ending.FINISHED
    assert walk.calls == ["finish"]
    assert walk.applied is not None
    assert walk.applied.filled == ("order_id",)


def test_enter_does_not_pass_over_a_note_that_was_begun_on_the_desk() -> None:
    walk = FakeWalk(SENIOR)
    walk.beside = {"remarks-begun": [["note", "", "half a thought"]]}
    said: list[str] = []
    lines = iter(["", "done"])
    ending = walk_plain(walk, lambda _: next(lines, None), said.append, desk=FakeDesk())
    assert "Written and not kept: note. Type `done`: done all the same" in said
    assert ending is Ending.FINISHED


def test_a_drill_does_not_tell_what_is_open_in_the_reply() -> None:
    _, ending, said = walked([ENDED], [""], hints=False)
    assert ending is Ending.FINISHED
    assert "Type `done`" not in said


def test_hostile_text_steers_nothing() -> None:
    hostile = make_view(
        text="\x1b[2J[Order #123] \u202etxt", choices=(Choice("a", "\x9bA"),), path=PATH
    )
    _, _, said = walked([hostile], [])
    assert "[Order #123]" in said
    assert not {"\x1b", "\x9b", "\u202e"} & set(said)


@pytest.mark.parametrize("typed", ["9" * 5000, f"back {'9' * 5000}", "back -1", "-1", "0", "²"])
def test_numbers_that_number_nothing_are_said_so(typed: str) -> None:
    walk, ending, said = walked([PROOF], [typed])

    assert ending is Ending.SUSPENDED
    assert walk.given == []
    assert "No answer reads" in said or "Type back and the number of a row" in said
