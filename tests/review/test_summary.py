"""Summaries: each figure by its definition, on walks that can be counted by hand."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.log.document import WalkDoc, make_document
from sopguide.review.summary import SopSummary, summarise
from sopguide.review.summary_figures import Share, percentile, spread
from sopguide.review.summary_walk import WalkTally
from sopguide.walk.events import Event, Moment
from tests.log.making import HEADER, NOON, OUTCOME, records_of, walk_id

Said = tuple[str, dict[str, Any]]


def shown(step: str, visit: int = 1) -> Said:
    return "step.shown", {"step": step, "visit": visit}


def answered(step: str, answer: Any, by: str = "agent", **more: Any) -> Said:
    return "step.answered", {"step": step, "fact": step, "answer": answer, "by": by, **more}


def done(step: str, answer: str = "done") -> Said:
    return "step.answered", {"step": step, "answer": answer, "by": "agent"}


def back(step: str, visit: int = 1, **more: Any) -> Said:
    return "step.back", {"step": step, "visit": visit, **more}


COMPLETED: Said = ("walk.completed", {})


def walk(*said: tuple[float, Said], number: int = 0, **header: Any) -> WalkDoc:
    """A walk of which each event comes so many seconds after the one before."""
    now, events = 0.0, [Event("walk.started", {"facts": {}}, Moment(NOON, 0))]
    for after, (kind, data) in said:
        now += after
        events.append(Event(kind, data, Moment(NOON + int(now * 1000), int(now * 1000))))
    records = records_of(events, walk_id(number), HEADER._replace(**header))
    return make_document(walk_id(number), records)


def completed(seconds: float, answer: str = "no", number: int = 0, **header: Any) -> WalkDoc:
    return walk(
        (0, shown("reach")),
        (seconds, answered("reach", answer)),
        (0, shown("refuse")),
        (0, ("outcome.recommended", OUTCOME)),
        (0, ("outcome.applied", OUTCOME)),
        (0, COMPLETED),
        number=number,
        **header,
    )


def only(walks: list[WalkDoc]) -> SopSummary:
    [found] = summarise(walks)
    return found


def test_dwell_is_from_shown_to_answered() -> None:
    tally = WalkTally(
        walk(
            (0, shown("a")),
            (12, answered("a", "yes")),
            (0, shown("b")),
            (5, ("help.opened", {"step": "b"})),
            (3, answered("b", "no")),
        )
    )
    assert tally.steps["a"].dwells == [12]
    assert tally.steps["b"].dwells == [8]
    assert tally.steps["b"].help == 1
    assert tally.time == 20
    assert tally.answers == 2


def test_time_beyond_300_seconds_is_idle() -> None:
    tally = WalkTally(walk((0, shown("a")), (301, answered("a", "yes")), (4000, COMPLETED)))
    assert tally.steps["a"].dwells == [300]
    assert tally.time == 600


def test_a_parked_walk_and_a_wait_take_no_time() -> None:
    tally = WalkTally(
        walk(
            (0, shown("receipt")),
            (250, done("receipt", "reply")),
            (0, shown("a")),
            (10, ("walk.suspended", {})),
            (200, ("walk.resumed", {})),
            (5, answered("a", "yes")),
        )
    )
    assert tally.time == 15
    assert tally.steps["receipt"].dwells == []
    assert tally.steps["a"].dwells == [15]


def test_a_choice_named_reply_is_no_wait() -> None:
    tally = WalkTally(walk((0, shown("a")), (9, answered("a", "reply"))))
    assert tally.steps["a"].dwells == [9]


def test_a_clock_that_was_set_anew_is_not_believed() -> None:
    events = [
        Event("walk.started", {"facts": {}}, Moment(NOON, 50_000)),
        Event("step.shown", {"step": "a", "visit": 1}, Moment(NOON + 2000, 1000)),
        Event("step.answered", answered("a", "yes")[1], Moment(NOON + 1000, 5000)),
    ]
    tally = WalkTally(make_document("w", records_of(events, "w")))
    assert tally.time == 2 + 4


def test_answers_that_came_by_themselves_have_no_dwell() -> None:
    tally = WalkTally(
        walk(
            (0, shown("country")),
            (0, answered("country", "DE", by="ticket")),
            (0, shown("age")),
            (7, answered("age", 15)),
            (0, shown("minor")),
            (0, answered("minor", "yes", by="rule")),
        )
    )
    assert tally.answers == 1
    assert tally.steps["country"].dwells == []
    assert tally.path == ("age", "minor")


def test_a_fact_that_a_rule_asks_for_is_timed_from_the_answer_before() -> None:
    tally = WalkTally(
        walk(
            (0, shown("route")),
            (4, answered("route", "DE", asked=True, fact="country")),
            (6, answered("route", 15, asked=True, fact="age")),
        )
    )
    assert tally.steps["route"].dwells == [4, 6]
    assert tally.path == ("route=DE", "route")


def test_going_back_counts_and_leaves_the_path() -> None:
    tally = WalkTally(
        walk(
            (0, shown("a")),
            (3, answered("a", "yes")),
            (0, shown("b")),
            (5, answered("b", "one")),
            (0, shown("c")),
            (2, back("a")),
            (0, shown("a")),
            (4, answered("a", "no")),
            (0, shown("b")),
            (0, answered("b", "one", kept=True)),
            (0, shown("end")),
        )
    )
    assert tally.backs == 1
    assert tally.steps["c"].back == 1
    assert tally.steps["c"].dwells == [2]
    assert tally.answers == 3  # what was kept was not answered again
    assert tally.path == ("a=no", "b=one", "end")


def test_going_back_to_a_fact_keeps_what_was_answered_before_it() -> None:
    tally = WalkTally(
        walk(
            (0, shown("a")),
            (1, answered("a", "yes")),
            (1, answered("a", "DE", asked=True, fact="country")),
            (1, answered("a", "no", asked=True, fact="minor")),
            (0, shown("end")),
            (1, back("a", fact="country")),
            (0, shown("a")),
            (1, answered("a", "US", asked=True, fact="country")),
            (0, shown("end")),
        )
    )
    assert tally.path == ("a=yes", "a=US", "end")


def test_a_second_visit_is_another_stop() -> None:
    tally = WalkTally(
        walk(
            (0, shown("a")),
            (1, answered("a", "again")),
            (0, shown("a", 2)),
            (1, answered("a", "enough")),
            (0, shown("end")),
            (1, back("a", 2)),
            (0, shown("a", 2)),
            (1, answered("a", "again")),
        )
    )
    assert tally.path == ("a=again", "a=again")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("yes", "a=yes"),
        ("two-words", "a=two-words"),
        (["x", "y"], "a=x+y"),
        (None, "a=not known"),
        ("done", "a"),
        ("2026-05-19", "a"),
        (17, "a"),
        ({"given": True}, "a"),
    ],
)
def test_a_path_tells_choices_and_leaves_out_values(answer: Any, told: str) -> None:
    assert WalkTally(walk((0, shown("a")), (1, answered("a", answer)))).path == (told,)


def test_a_walk_whose_beginning_is_lost_is_counted_as_far_as_it_goes() -> None:
    tally = WalkTally(walk((1, answered("a", "yes")), (1, back("a")), (1, shown("b"))))
    assert tally.path == ("b",)
    assert tally.answers == 1
    assert tally.backs == 0


def test_sums_up_how_walks_came_out() -> None:
    found = only(
        [
            completed(10, number=1),
            completed(30, number=2),
            completed(20, "yes", number=3, version="3.0.0", agent="bob"),
            walk((0, shown("reach")), (1, ("walk.abandoned", {"reason": "x"})), number=4),
            walk((0, shown("reach")), number=5),
        ]
    )
    assert (found.sop, found.mode, found.versions) == ("account/hacked", "live", ("3.1.0", "3.0.0"))
    assert (found.whole.walks, found.whole.completed, found.whole.abandoned) == (5, 3, 1)
    assert found.open == 1
    assert found.whole.agents == 2
    assert found.outcomes == (
        (("rejected", "not-shown", "account/hacked/not-verified", ""), Share(3, 3)),
    )
    assert found.whole.time == spread([10, 20, 30])
    assert found.whole.time is not None
    assert found.whole.time.median == 20
    assert [(row.path, row.walks) for row in found.paths] == [
        (("reach=no", "refuse"), Share(2, 3)),
        (("reach=yes", "refuse"), Share(1, 3)),
    ]
    assert found.whole.went_back == Share(0, 3)
    assert found.backs_per_100_answers == 0


def test_an_override_counts_among_walks_with_both_outcomes() -> None:
    other = {"end": "escalated", "macro": "none", "label": "x", "escalate": {"to": "seniors"}}
    overridden = walk(
        (0, shown("end")),
        (0, ("outcome.recommended", OUTCOME)),
        (9, ("outcome.overridden", {**other, "reason": "policy"})),
        (0, COMPLETED),
        number=2,
    )
    unknown = walk((0, ("outcome.applied", OUTCOME)), (0, COMPLETED), number=3)
    found = only([completed(1, number=1), overridden, unknown])
    assert found.whole.overridden == Share(1, 2)
    assert (("escalated", "none", "x", "seniors"), Share(1, 3)) in found.outcomes


def test_drills_and_vendors_are_told_apart() -> None:
    found = summarise(
        [
            completed(1, number=1, sop="b/two", mode="drill"),
            completed(2, number=2, sop="b/two"),
            completed(3, number=3, sop="a/one", mode="drill"),
            completed(4, number=4, sop="b/two", vendor="acme"),
        ]
    )
    assert [(one.sop, one.mode) for one in found] == [
        ("b/two", "live"),
        ("a/one", "drill"),
        ("b/two", "drill"),
    ]
    assert [(team.vendor, team.walks) for team in found[0].teams] == [("acme", 1), ("in-house", 1)]
    assert [(team.time and team.time.median) for team in found[0].teams] == [4, 2]


def test_lists_the_commonest_paths_and_the_slowest_steps() -> None:
    walks = [completed(number, f"answer-{number % 8}", number) for number in range(1, 17)]
    found = only(walks)
    assert len(found.paths) == 5
    assert found.more_paths == 3
    assert found.slowest[0].step == "reach"
    assert found.slowest[0].answered == 16


def test_nothing_comes_of_no_walks() -> None:
    assert summarise([]) == []
    found = only([walk((0, shown("reach")))])
    assert found.whole.time is None
    assert found.backs_per_100_answers is None
    assert found.to_json()["time"] is None
    assert found.to_json()["went_back"]["share"] is None


def test_a_summary_is_plain_json() -> None:
    told = only([completed(10)]).to_json()
    assert told["outcomes"] == [
        {
            "end": "rejected",
            "macro": "not-shown",
            "label": "account/hacked/not-verified",
            "to": "",
            "count": 1,
            "of": 1,
            "share": 1.0,
            "ci95": [0.2065, 1.0],
        }
    ]
    assert told["paths"][0]["path"] == ["reach=no", "refuse"]
    assert told["paths"][0]["time"] == {"count": 1, "median_s": 10.0, "p90_s": 10.0}
    assert told["slowest_steps"][0]["dwell"]["median_s"] == 10.0
    assert told["teams"][0]["vendor"] == "in-house"


def test_percentiles_lie_between_their_neighbours() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9) == pytest.approx(9.1)
    assert percentile([7], 0.9) == 7


def test_the_interval_is_the_published_one() -> None:
    low, high = Share(81, 263).interval()  # Newcombe 1998, table I, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Share(0, 20).interval()[0] == Share(0, 125).interval()[0] == 0
    assert Share(0, 0).interval() == (0, 1)
    assert pytest.approx(NormalDist().inv_cdf(0.975)) == 1.959963984540054


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(number: int, more: int) -> None:
    share = Share(number, number + more)
    low, high = share.interval()
    assert 0 <= low <= (share.part or 0) <= high <= 1


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_the_median_never_exceeds_the_p90(values: list[float]) -> None:
    found = spread(values)
    assert found is not None
    slack = 1e-6  # of the sums, not of the ranks
    assert min(values) - slack <= found.median <= found.p90 + slack <= max(values) + 2 * slack


def test_what_was_undone_is_out_of_the_path_until_it_is_done_again() -> None:
    undone = ("step.undone", {"step": "reach", "visit": 1})
    redone = ("step.redone", {"step": "refuse", "visit": 1})
    overridden = ("outcome.overridden", {**OUTCOME, "end": "resolved", "reason": "context"})
    start: list[tuple[float, Said]] = [(0, shown("reach")), (5, answered("reach", "no"))]
    start += [(0, shown("refuse")), (0, ("outcome.recommended", OUTCOME))]
    twice = walk(*start, (4, undone), (0, shown("reach")), (3, redone), (0, shown("refuse")))
    other = walk(*start, (4, undone), (0, shown("reach")), (2, answered("reach", "yes")))
    chosen = walk(
        *start, (1, overridden), (1, undone), (0, shown("refuse")), (1, undone), (0, shown("reach"))
    )
    damaged = walk(*start[:3], (0, undone), (0, undone), (0, undone), (0, shown("reach")))
    told = [WalkTally(each) for each in (twice, other, chosen, damaged)]
    assert [each.path for each in told] == [
        ("reach=no", "refuse"),
        ("reach=yes",),
        ("reach",),
        ("reach",),
    ]
    assert [each.backs for each in told[:3]] == [1, 1, 2]
    assert told[0].steps["refuse"].dwells == [4]


def test_an_outcome_that_was_gone_back_from_is_none() -> None:
    overridden = ("outcome.overridden", {**OUTCOME, "end": "resolved", "reason": "context"})
    ended: list[tuple[float, Said]] = [(0, shown("end")), (0, ("outcome.recommended", OUTCOME))]
    taken_back = walk(*ended, (1, overridden), (1, back("end")), (0, ended[1][1]))
    assert (taken_back.recommended, taken_back.overridden) == (OUTCOME, None)
    left = walk(*ended, (1, back("first")), (1, ("walk.abandoned", {"reason": "given-up"})))
    assert left.outcome is None


def test_walks_that_missed_a_time_limit_are_counted_by_the_clock() -> None:
    late: Said = ("clock.missed", {"clock": "intimate-image", "due": "2026-11-04T12:00+00:00"})
    walks = [
        walk((0, shown("reach")), (5, late), (5, answered("reach", "no")), (0, COMPLETED)),
        walk((0, shown("reach")), (5, late), (0, late), number=1),
        completed(10, number=2),
    ]

    [found] = summarise(walks)

    assert (found.late, found.missed) == (Share(2, 3), (("intimate-image", 2),))
    told = found.to_json()
    assert told["clocks_missed"] == {"intimate-image": 2}
    assert told["late"]["count"] == 2


def test_a_missed_limit_is_no_sign_of_work() -> None:
    late: Said = ("clock.missed", {"clock": "law"})
    said = ((0, shown("reach")), (250, late), (250, answered("reach", "no")), (0, COMPLETED))

    assert WalkTally(walk(*said)).time == 300
