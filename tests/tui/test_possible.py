from __future__ import annotations

from sopguide.tui.possible import count, outcomes_line
from sopguide.walk.ahead import AheadOutcome
from tests.tui.fakes import AHEAD, PROOF


def test_the_questions_are_counted_to_the_end_or_to_the_next_wait() -> None:
    assert count(PROOF, AHEAD).plain == "2 of at most 6"
    loops = AHEAD._replace(questions=None)
    assert count(PROOF, loops).plain == "2 of at most 6 before a wait"
    assert count(PROOF, loops._replace(to_wait=None)).plain == "question 2"


def test_a_critical_step_says_so_in_words() -> None:
    assert count(PROOF._replace(critical=True), AHEAD).plain == "! critical   2 of at most 6"


def test_the_outcomes_that_can_come_stand_on_one_line() -> None:
    said = outcomes_line(AHEAD, 80).plain
    assert said == "Still possible: resolved (2) · rejected · escalated to account-integrity"
    assert outcomes_line(AHEAD._replace(outcomes=()), 80).plain == ""


def test_a_narrow_line_tells_the_ends_without_whom_they_are_handed_to() -> None:
    more = (*AHEAD.outcomes, AheadOutcome("escalated", "security", 2))
    said = outcomes_line(AHEAD._replace(outcomes=more), 78).plain
    assert said == "Still possible: resolved (2) · rejected · escalated (3)"
    said = outcomes_line(AHEAD._replace(outcomes=more), 40).plain
    assert said == "resolved (2) · rejected · escalated (3)"
