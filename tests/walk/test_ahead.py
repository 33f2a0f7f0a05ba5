"""What may still come: by examples, and against every walk of random SOPs."""

from __future__ import annotations

import os
import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.walk.ahead import Ahead, AheadOutcome, ahead
from sopguide.walk.fold import fold
from sopguide.walk.overruling import offered, overrule
from sopguide.walk.private import ask_again
from sopguide.walk.procedure import Procedure
from sopguide.walk.walk import WAIT
from tests.building import SOP, library
from tests.proof.test_oracle import LIBRARY as RANDOM_LIBRARY
from tests.proof.test_oracle import PART as RANDOM_PART
from tests.proof.test_oracle import TABLE, Generator, choices
from tests.walking import AT, PART, Record, begin, go, procedure

if TYPE_CHECKING:
    from sopguide.walk.walk import Walk

LIBRARY = """
name: Test
locales: [en]
facts:
  country: {type: choice, values: [DE, US], from: ticket.country, ask: "Which country?"}
  age: {type: integer, max: cap, ask: "How old?"}
  cap: {type: integer, ask: "How old at most?"}
  paid: {type: decimal, optional: true, ask: "How much?"}
  share: {type: decimal, is: paid / 2}
  least: {type: integer, table: ages}
"""
TABLE_OF_AGES = "hit: first\nrows:\n  - {if: {country: DE}, value: 14}\n  - {else: 13}\n"
FILES = {"library.yaml": LIBRARY, "sops/part.yaml": PART, "tables/ages.yaml": TABLE_OF_AGES}
ENDS = """
  good: {end: resolved, macro: done, label: done}
  bad: {end: rejected, macro: none, label: done}
  over: {end: escalated, macro: none, label: done, escalate: {to: seniors}}
"""


def of(text: str) -> Procedure:
    return procedure(f"start: a\nsteps:\n{text.strip(chr(10))}\n{ENDS.strip(chr(10))}\n", **FILES)


def told(walk: Walk) -> str:
    """`resolved, escalated to seniors; 3 after 1`."""
    found = ahead(walk)
    parts = []
    for one in found.outcomes:
        times = f" x{one.count}" if one.count > 1 else ""
        parts.append(f"{one.end}{f' to {one.to}' if one.to else ''}{times}")
    return f"{', '.join(parts)}; {found.questions} after {found.answered}"


def test_answers_narrow_what_may_come() -> None:
    text = """
  a: {ask: A?, answers: {yes: b, no: c}}
  b: {ask: B?, answers: {yes: good, no: over}}
  c: {do: Look., go: bad}
"""
    walk = begin(of(text))
    assert told(walk) == "resolved, rejected, escalated to seniors; 2 after 0"
    assert told(go(walk, "yes")) == "resolved, escalated to seniors; 1 after 1"
    assert told(go(walk, "no")) == "rejected; 1 after 1"
    assert told(go(walk, "no", "done")) == "rejected; 0 after 2"


def test_what_is_known_settles_rules_and_questions() -> None:
    text = """
  a: {ask: A?, answers: {yes: b, no: b}}
  b: {fact: country, answers: {DE: c}, go: over}
  c: {decide: [{if: {age: "< least"}, to: bad}, {if: {country: US}, to: over}, {else: good}]}
"""
    assert told(begin(of(text))) == "resolved, rejected, escalated to seniors; 4 after 0"
    assert told(begin(of(text), {"country": "DE"})) == "resolved, rejected; 3 after 0"
    assert told(begin(of(text), {"country": "US"})) == "escalated to seniors; 1 after 0"


def test_a_fact_is_asked_for_once_however_many_rules_need_it() -> None:
    text = """
  a: {decide: [{if: {age: 1}, to: b}, {else: b}]}
  b: {decide: [{if: {age: 2}, to: c}, {else: c}]}
  c: {decide: [{if: {age: 3, country: DE}, to: bad}, {else: good}]}
"""
    walk = begin(of(text))
    assert told(walk) == "resolved, rejected; 3 after 0"
    assert told(go(walk, 99)) == "resolved, rejected; 2 after 1"
    assert told(go(walk, 99, 3)) == "resolved, rejected; 1 after 2"


def test_a_rule_that_asks_whether_a_fact_is_known_stays_open_until_it_is() -> None:
    text = """
  a: {ask: A?, answers: {yes: b, no: c}}
  b: {fact: paid, go: c}
  c: {decide: [{if: {paid: unknown}, to: bad}, {else: good}]}
"""
    walk = begin(of(text))
    assert told(walk) == "resolved, rejected; 2 after 0"
    assert told(go(walk, "yes", 3)) == "resolved; 0 after 2"


def test_sub_procedures_are_followed_and_lead_back_by_what_they_return() -> None:
    text = """
  a: {run: part, go: {verified: b, not_verified: bad}}
  b: {run: part, go: {verified: good, not_verified: over}}
"""
    walk = begin(of(text))
    assert told(walk) == "resolved, rejected, escalated to seniors; 2 after 0"
    assert told(go(walk, "good")) == "resolved, escalated to seniors; 1 after 1"


def test_a_loop_has_no_bound_unless_what_is_known_keeps_out_of_it() -> None:
    text = """
  a: {fact: country, go: [{if: {country: DE}, to: b}, {else: good}]}
  b: {ask: B?, answers: {again: b, out: bad}}
"""
    assert told(begin(of(text))) == "resolved, rejected; None after 0"
    assert told(begin(of(text), {"country": "US"})) == "resolved; 0 after 0"


def test_a_loop_through_a_wait_has_a_bound_until_then() -> None:
    text = """
  a: {ask: A?, answers: {yes: good, unclear: b}}
  b: {do: Ask for it., go: c}
  c: {wait: reply, for: 2d, go: {reply: d, timeout: bad}}
  d: {fact: paid, go: a}
"""
    walk = begin(of(text))
    for answers, most in ([], 2), (["unclear"], 1), (["unclear", "done"], 4), (["yes"], 0):
        found = ahead(go(walk, *answers))
        assert (found.questions, found.to_wait) == (None if most else 0, most)


def test_a_question_reached_again_takes_another_answer() -> None:
    text = """
  a: {ask: A?, answers: {yes: b, no: c}}
  b: {ask: B?, answers: {again: a, out: good}}
  c: {decide: [{if: {a: "yes"}, to: over}, {else: bad}]}
"""
    walk = go(begin(of(text)), "yes")
    assert told(walk) == "resolved, rejected, escalated to seniors; None after 1"


def test_a_set_may_change_what_another_set_gave_and_nothing_else() -> None:
    text = """
  a: {do: A, set: {paid: 1}, go: b}
  b: {ask: B?, answers: {yes: {go: c, set: {paid: 2}}, no: c}}
  c: {decide: [{if: {paid: 2}, to: over}, {else: bad}]}
"""
    assert told(begin(of(text))) == "rejected, escalated to seniors; 2 after 0"
    kept = text.replace("paid: 2}}, no", "paid: 1}}, no")
    assert told(begin(of(kept))).startswith("rejected, escalated")
    assert told(
        begin(of(text.replace("{paid: 2}, to: over", "{country: US}, to: over")), {"country": "DE"})
    ) == ("rejected; 2 after 0")


def test_outcomes_that_end_alike_are_counted() -> None:
    text = """
  a: {ask: A?, answers: {yes: good, no: fine, maybe: twin}}
  fine: {end: resolved, macro: none, label: done}
  twin: {end: resolved, macro: none, label: done}
"""
    assert told(begin(of(text))) == "resolved x2; 1 after 0"


def test_a_walk_that_has_ended_has_one_outcome_ahead() -> None:
    walk = go(begin(of("  a: {ask: A?, answers: {yes: good, no: bad}}")), "yes")
    assert ahead(walk) == Ahead((AheadOutcome("resolved", None, 1),), 0, 1, 0)
    hand_off = offered(walk)[-1]
    chosen = overrule(walk, hand_off.id, "context", at=AT).walk
    assert told(chosen) == f"escalated to {hand_off.to}; 0 after 1"


def test_a_walk_that_is_stuck_has_none() -> None:
    text = "  a: {fact: paid, go: [{if: {share: 3}, to: good}, {else: bad}]}\n"
    walk = go(
        begin(
            procedure(
                f"start: a\nsteps:\n{text}{ENDS}",
                **{**FILES, "library.yaml": LIBRARY.replace("paid / 2", "1 / paid")},
            )
        ),
        0,
    )
    assert ahead(walk) == Ahead((), 0, 1, 0)


def test_a_text_that_is_to_be_given_again_is_one_more_question() -> None:
    text = LIBRARY + '  story: {type: text, ask: "What happened?"}\n'
    record = Record(
        procedure(
            f"start: a\nsteps:\n  a: {{fact: story, go: b}}\n  b: {{ask: B?, answers: {{yes: good, no: bad}}}}\n{ENDS.strip(chr(10))}\n",
            **{**FILES, "library.yaml": text},
        )
    )
    record.answer("stolen")
    walk = fold(record.walk.procedure, record.events)
    assert (told(walk), told(ask_again(walk))) == (
        "resolved, rejected; 1 after 1",
        "resolved, rejected; 2 after 1",
    )


def test_beyond_the_budget_all_that_the_steps_lead_to_is_told() -> None:
    steps = [f"  s{n}: {{ask: Q{n}?, answers: {{yes: s{n + 1}, no: s{n + 1}}}}}" for n in range(50)]
    text = "\n".join(
        [
            "  a: {ask: A?, answers: {yes: s0, no: bad}}",
            *steps,
            "  s50: {run: part, go: {verified: good, not_verified: over}}",
        ]
    )
    walk = begin(of(text))
    assert told(walk) == "resolved, rejected, escalated to seniors; 52 after 0"
    assert ahead(walk, budget=10) == replace_questions(ahead(walk))
    inside = go(walk, *["yes"] * 51)
    assert ahead(inside, budget=0) == replace_questions(ahead(inside))
    assert told(inside) == "resolved, escalated to seniors; 1 after 51"


def replace_questions(found: Ahead) -> Ahead:
    return found._replace(questions=None, to_wait=None)


# Laws, on random SOPs

COUNT = 1500 if os.environ.get("SOPGUIDE_SOAK") else 120
CHUNK = 20
MOST = 2500


class Ends(Generator):
    """Random SOPs with several ends; most of their ways lead on, so that many have no loop."""

    def target(self, names: list[str]) -> str:
        pick = self.random
        if pick.random() < 0.3:
            return pick.choice(["done", "bad", "over"])
        here = len(set(re.findall(r"^  (s\d+):", "".join(self.lines), re.MULTILINE)))
        later = names[here:]
        return pick.choice(later) if later and pick.random() < 0.93 else "done"


def random_sop(seed: int) -> Procedure | None:
    files = {
        SOP: _text(seed),
        "library.yaml": RANDOM_LIBRARY,
        "tables/numbers.yaml": TABLE,
        "sops/part.yaml": RANDOM_PART,
    }
    built = library(files)
    found = built.sops["example"].hash
    return Procedure(built.form("example"), found) if found else None


def _text(seed: int) -> str:
    ends = [line for line in ENDS.splitlines() if line.startswith(("  bad", "  over"))]
    return Ends(random.Random(seed)).text() + "\n".join(ends) + "\n"  # noqa: S311  it only repeats


def mark(walk: Walk) -> Any:
    """All of a walk that decides how it may go on."""
    state = walk.state
    facts = tuple(sorted((key, str(value)) for key, value in walk.facts.items()))
    visits = tuple(sorted((ref, min(times, 2)) for ref, times in state.visits.items()))
    need = walk.need.name if walk.need else ""
    return (
        state.frame, need, walk.asked, id(state.pending), visits, facts,
        tuple(sorted(state.sources.items())), walk.trail.passage.visit > 1,
    )  # fmt: skip


def explore(first: Walk) -> dict[Any, tuple[Walk, list[Any]]] | None:
    """Every walk that there can be, with those one answer on; None where there are too many."""
    found: dict[Any, tuple[Walk, list[Any]]] = {}
    waiting = [first]
    while waiting:
        walk = waiting.pop()
        here = mark(walk)
        if here in found:
            continue
        if len(found) > MOST:
            return None
        turns = [walk.answer(choice, at=AT) for choice in choices(walk)]
        after = [turn.walk for turn in turns if turn.refused is None]
        found[here] = (walk, [mark(one) for one in after])
        waiting += after
    return found


def reached(found: dict[Any, tuple[Walk, list[Any]]]) -> dict[Any, set[tuple[str, str | None]]]:
    """The outcomes that each walk really comes to."""
    ends: dict[Any, set[tuple[str, str | None]]] = {}
    for here, (walk, _) in found.items():
        one = walk.outcome
        ends[here] = {(one.end, one.escalate.to if one.escalate else None)} if one else set()
    changed = True
    while changed:
        changed = False
        for here, (_, after) in found.items():
            together = ends[here].union(*(ends[one] for one in after))
            changed = changed or together != ends[here]
            ends[here] = together
    return ends


def longest(found: dict[Any, tuple[Walk, list[Any]]], *, to_wait: bool = False) -> dict[Any, float]:
    """The most answers that each walk may yet need, or until it waits; infinite in a loop."""
    most: dict[Any, float] = dict.fromkeys(found, 0)
    waits = {here for here, (walk, _) in found.items() if to_wait and walk.status == WAIT}
    for turn in range(len(found) + 2):
        changed = False
        for here, (_, after) in found.items():
            now = max((1 if one in waits else most[one] + 1 for one in after), default=0)
            if now > most[here]:
                most[here] = now if turn <= 60 else float("inf")
                changed = True
        if not changed:
            break
    return most


@pytest.mark.parametrize("chunk", range(0, COUNT, CHUNK))
def test_what_comes_is_always_told_before(chunk: int) -> None:
    for seed in range(chunk, chunk + CHUNK):
        sop = random_sop(seed)
        for ticket in ({}, {"facts": {"age": 1, "place": "x", "cap": 2}}) if sop else ():
            assert sop is not None
            found = explore(begin(sop, ticket))
            if found is not None:
                hold(seed, found)


def hold(seed: int, found: dict[Any, tuple[Walk, list[Any]]]) -> None:
    ends, most, to_wait = reached(found), longest(found), longest(found, to_wait=True)
    for here, (walk, _) in found.items():
        may = ahead(walk)
        said = {(one.end, one.to) for one in may.outcomes}
        assert ends[here] <= said, (seed, walk.path)
        assert may.questions is None or most[here] <= may.questions, (seed, walk.path, may)
        assert may.to_wait is None or to_wait[here] <= may.to_wait, (seed, walk.path, may)
        assert may.questions is None or (may.to_wait or 0) <= may.questions
        everything = {(one.end, one.to) for one in ahead(walk, budget=0).outcomes}
        assert said <= everything, (seed, walk.path)
