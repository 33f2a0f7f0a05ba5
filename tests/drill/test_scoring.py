"""The score of a drill, worked out by hand."""

from __future__ import annotations

import pytest

from sopguide.drill.scoring import Act, first_difference, likeness, pace, score

REACH, PROOF, REFUSE = Act("reach", "no"), Act("proof", "receipt"), Act("refuse", "done")


def test_all_right_in_time_is_a_hundred() -> None:
    assert score(right=True, path=1, seconds=60, expected_seconds=60) == 100


def test_the_right_outcome_by_another_path_and_too_slow_loses_both_parts() -> None:
    assert score(right=True, path=0.5, seconds=90, expected_seconds=60) == 78  # 55 + 15 + 7.5


def test_speed_pays_nothing_when_the_outcome_is_wrong() -> None:
    assert score(right=False, path=0.5, seconds=1, expected_seconds=60) == 15


@pytest.mark.parametrize(
    ("seconds", "worth"), [(0, 1.0), (60, 1.0), (90, 0.5), (120, 0.0), (999, 0.0)]
)
def test_time_counts_in_full_up_to_what_is_expected_and_nothing_at_twice_that(
    seconds: float, worth: float
) -> None:
    assert pace(seconds, 60) == worth


def test_where_nothing_is_asked_no_time_is_too_long() -> None:
    assert pace(10, 0) == 1.0


def test_likeness_counts_what_two_paths_have_in_common_in_order() -> None:
    assert likeness([REACH, PROOF], [REACH, PROOF]) == 1.0
    assert likeness([REACH], [REACH, PROOF, REFUSE]) == 0.5
    assert likeness([PROOF, REACH], [REACH, PROOF]) == 0.5
    assert likeness([], [REACH]) == 0.0
    assert likeness([], []) == 1.0


def test_paths_part_at_the_first_act_that_differs() -> None:
    found = first_difference([REACH, Act("proof", "none")], [REACH, PROOF, REFUSE])
    assert found is not None
    assert (found.given, found.expected, found.step) == (Act("proof", "none"), PROOF, "proof")


def test_paths_part_where_one_ends_before_the_other() -> None:
    short = first_difference([REACH], [REACH, PROOF])
    assert short is not None
    assert (short.given, short.expected, short.step) == (None, PROOF, "proof")
    long = first_difference([REACH, PROOF], [REACH])
    assert long is not None
    assert (long.given, long.expected, long.step) == (PROOF, None, "proof")
    assert first_difference([REACH], [REACH]) is None


def test_a_fact_that_a_rule_asks_for_is_a_question_of_its_own() -> None:
    assert Act("route", 5, "amount").question != Act("route", 5, "age").question
