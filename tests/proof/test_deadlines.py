"""That waits and hand-offs keep within the clocks: on SOPs as an author types them."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.facts.durations import Duration
from sopguide.proof.check import prove_missing, tell_proved
from sopguide.proof.kept import Proofs
from sopguide.walk.clocks import due
from tests.building import SOP, library, sources
from tests.walking import begin, go, procedure

if TYPE_CHECKING:
    from sopguide.diagnostics import Diagnostic
    from sopguide.walk.procedure import Procedure

END = "  done: {end: resolved, macro: done, label: done}\n"
FACTS = (
    "facts:\n"
    "  country: {type: choice, values: [US, GB], from: ticket.country, ask: Which?}\n"
    "  got: {type: date, from: ticket.got, ask: When?}\n"
)


def told(text: str, **more: str) -> list[str]:
    files = {SOP: text, "library.yaml": FACTS} | more
    made = library(files)
    assert made.sops["example"].hash, [str(each) for each in made.diagnostics]
    return [str(each).removeprefix(f"{SOP}:") for each in proved(files) if each.code == "SOP413"]


def proved(files: dict[str, str]) -> tuple[Diagnostic, ...]:
    made, proofs = library(files), Proofs(None)
    prove_missing(made, proofs)
    return tell_proved(made, proofs, sources(files))


def sop(limit: str, steps: str, more: str = "") -> str:
    return f"start: one\nclock: {{limit: {limit}, authority: Law{more}}}\nsteps:\n{steps}{END}"


def wait(name: str, time: str, reply: str = "done", timeout: str = "done") -> str:
    return f"  {name}: {{wait: A reply, for: {time}, go: {{reply: {reply}, timeout: {timeout}}}}}\n"


def hand_off(name: str, within: str) -> str:
    return (
        f"  {name}: {{end: escalated, macro: none, label: done,"
        f" escalate: {{to: seniors, within: {within}}}}}\n"
    )


def test_waits_one_after_the_other_add_up() -> None:
    steps = wait("one", "7d", timeout="two") + wait("two", "5d", timeout="three")

    assert told(sop("14d", steps + hand_off("three", "2d"))) == []
    assert told(sop("14d", steps + hand_off("three", "3d"))) == [
        (
            "2:16: warning[SOP413] waits and hand-offs can take 15d, 1d over `14d`:"
            " `one` 7d → `two` 5d → `three` 3d"
        )
    ]


def test_the_longest_of_several_ways_is_told() -> None:
    steps = (
        "  one: {ask: Which?, answers: {a: short, b: long, c: longer}}\n"
        + wait("short", "1d")
        + wait("long", "4d")
        + wait("longer", "4d 1h")
    )

    assert told(sop("2d", steps)) == [
        "2:16: warning[SOP413] waits and hand-offs can take 4d 1h, 2d 1h over `2d`: `longer` 4d 1h"
    ]


def test_a_way_that_facts_rule_out_is_not_told() -> None:
    steps = (
        "  one: {decide: [{if: {country: US}, to: first}, {else: second}]}\n"
        + wait("first", "3d", timeout="second")
        + "  second: {decide: [{if: {country: US}, to: done}, {else: third}]}\n"
        + wait("third", "3d")
    )

    assert told(sop("4d", steps)) == []
    assert len(told(sop("2d", steps))) == 1


def test_a_ticket_that_takes_too_long_is_told() -> None:
    steps = (
        "  one: {fact: country, go: [{if: {country: GB}, to: first}, {else: done}]}\n"
        + wait("first", "3d", timeout="second")
        + wait("second", "3d")
    )
    [found] = proved({SOP: sop("4d", steps), "library.yaml": FACTS})

    assert found.witness is not None
    assert found.witness["facts"] == {}
    assert found.witness["answers"] == {"one": "GB", "first": "timeout"}
    assert found.help is not None
    assert """try --answers '{"one":"GB","first":"timeout"}'""" in found.help


def test_a_fact_that_a_wait_asks_for_lets_nobody_wait_twice() -> None:
    steps = (
        "  one:\n    wait: A reply\n    for: 3d\n"
        "    go: [{if: {country: GB}, to: two}, {else: two}]\n" + wait("two", "2d")
    )
    [found] = proved({SOP: sop("4d", steps), "library.yaml": FACTS})
    assert "can take 5d, 1d over `4d`" in found.headline
    assert told(sop("5d", steps)) == []


def test_the_ticket_is_one_that_the_clock_is_for() -> None:
    steps = "  one: {fact: country, go: two}\n" + wait("two", "3d")
    [found] = proved({SOP: sop("2d", steps, ", if: {country: GB}"), "library.yaml": FACTS})

    assert found.witness is not None
    assert found.witness["answers"] == {"one": "GB"}


def test_only_where_its_condition_can_hold_does_a_clock_count() -> None:
    steps = (
        "  one: {decide: [{if: {country: US}, to: quick}, {else: slow}]}\n"
        + wait("quick", "1d")
        + wait("slow", "9d")
    )

    assert told(sop("2d", steps, ", if: {country: US}")) == []
    [one] = told(sop("2d", steps, ", if: {country: GB}"))
    assert "`slow` 9d" in one


def test_a_condition_on_what_nothing_else_looks_at_can_hold() -> None:
    assert len(told(sop("2d", wait("one", "9d"), ", if: {country: US}"))) == 1
    assert len(told(sop("2d", wait("one", "9d"), ", if: {country: known}"))) == 1


@pytest.mark.parametrize(
    ("time", "limit", "over"),
    [
        ("10bd", "10bd", None),
        ("1m", "1m", None),
        ("1m", "30d", "1d"),
        ("10bd", "14d", None),
        ("10bd", "13d", "1d"),
        ("14d", "10bd", "2d"),
        ("10bd 4h", "10bd", "4h"),
        ("2d", "48h", None),
    ],
)
def test_units_compare_at_their_longest(time: str, limit: str, over: str | None) -> None:
    found = told(sop(limit, wait("one", time)))

    assert [f", {over} over `{limit}`" in each for each in found] == ([True] if over else [])


def test_holidays_make_business_days_longer() -> None:
    american = {"library.yaml": f"calendar: {{holidays: US}}\n{FACTS}"}
    by_country = {"library.yaml": f"calendar: {{holidays: country}}\n{FACTS}"}

    assert told(sop("18d", wait("one", "10bd")), **american) == []
    assert len(told(sop("17d", wait("one", "10bd")), **american)) == 1
    assert len(told(sop("30d", wait("one", "10bd")), **by_country)) == 1
    assert told(sop("31d", wait("one", "10bd")), **by_country) == []
    own = ", calendar: {holidays: GB}"
    assert len(told(sop("10bd", wait("one", "10bd"), own), **american)) == 1
    same = ", calendar: {holidays: US}"
    assert told(sop("10bd", wait("one", "10bd"), same), **american) == []


def test_a_wait_that_can_come_again_and_again_is_told() -> None:
    steps = wait("one", "1d", reply="two") + "  two: {ask: Clear?, answers: {yes: done, no: one}}\n"

    assert told(sop("5d", steps)) == [
        (
            "2:16: warning[SOP413] waits can come again and again, so nothing keeps them within `5d`:"
            " `one` 1d → `one` 1d → `one` 1d → `one` 1d → `one` 1d → `one` 1d"
        )
    ]


def test_a_loop_that_facts_end_counts_as_often_as_they_let_it() -> None:
    text = (
        "start: one\nclock: {limit: LIMIT, authority: Law}\n"
        "facts:\n  turn: {type: integer, min: 0, max: 2}\n"
        "steps:\n"
        "  one: {do: Begin, set: {turn: 0}, go: ask}\n"
        "  ask:\n    wait: A reply\n    for: 1d\n    go:\n      reply: done\n"
        "      timeout: [{if: {turn: 0}, to: second}, {if: {turn: 1}, to: third}, {else: done}]\n"
        "  second: {do: Remind, set: {turn: 1}, go: ask}\n"
        "  third: {do: Remind again, set: {turn: 2}, go: ask}\n" + END
    )

    assert told(text.replace("LIMIT", "3d")) == []
    assert told(text.replace("LIMIT", "2d")) == [
        (
            "2:16: warning[SOP413] waits and hand-offs can take 3d, 1d over `2d`:"
            " `ask` 1d → `ask` 1d → `ask` 1d"
        )
    ]


def test_waits_and_hand_offs_without_a_time_are_told() -> None:
    endless = "  one: {wait: A reply, go: done}\n"
    handed = "  one: {end: escalated, macro: none, label: done, escalate: {to: seniors}}\n"

    assert told(sop("2d", endless)) == [
        (
            "2:16: warning[SOP413] a wait has no `for:`, so nothing keeps it within `2d`:"
            " `one` without end"
        )
    ]
    assert told(f"start: one\nclock: {{limit: 2d, authority: Law}}\nsteps:\n{handed}") == [
        (
            "2:16: warning[SOP413] a hand-off has no `within:`, so nothing keeps it within `2d`:"
            " `one` without end"
        )
    ]


def test_a_wait_without_a_time_before_the_step_of_a_clock_is_told() -> None:
    text = (
        "start: one\nsteps:\n  one: {wait: A reply, go: two}\n"
        "  two: {wait: More, for: 1d, go: {reply: done, timeout: done},"
        " clock: {limit: 3d, from: ticket.received, authority: Law}}\n" + END
    )

    [one] = told(text)
    assert one.endswith(
        "a wait has no `for:`, so nothing keeps it within `3d`: `one` without end → `two` 1d"
    )


def test_times_beyond_any_calendar_are_too_long() -> None:
    [one] = told(sop("1m", wait("one", "999999y", timeout="two") + wait("two", "999999y 999999bd")))
    assert one.endswith("`one` 999999y → `two` 999999y 999999bd")


SUB = "start: look\n{clock}steps:\n  look: {{wait: A look, for: {time}, go: back}}\n  back: {{return: ok}}\n"


def test_the_waits_of_sub_procedures_count() -> None:
    steps = "  one: {run: sub, go: {ok: two}}\n  two: {run: sub, go: {ok: done}}\n"
    sub = {"sops/sub.yaml": SUB.format(clock="", time="2d")}

    assert told(sop("4d", steps), **sub) == []
    assert told(sop("3d", steps), **sub) == [
        (
            "2:16: warning[SOP413] waits and hand-offs can take 4d, 1d over `3d`:"
            " `sub.look` 2d → `sub.look` 2d"
        )
    ]


def test_the_clock_of_a_sub_procedure_is_told_where_other_waits_break_it() -> None:
    clock = "clock: {limit: 3d, authority: Law}\n"
    sub = {"sops/sub.yaml": SUB.format(clock=clock, time="2d")}
    steps = wait("one", "2d", timeout="two", reply="two") + "  two: {run: sub, go: {ok: done}}\n"
    text = f"start: one\nsteps:\n{steps}{END}"

    assert told(text, **sub) == [
        (
            "4:14: warning[SOP413] waits and hand-offs can take 4d, 1d over `3d`:"
            " `one` 2d → `sub.look` 2d"
        )
    ]
    long = {"sops/sub.yaml": SUB.format(clock=clock, time="4d")}
    alone = f"start: two\nsteps:\n  two: {{run: sub, go: {{ok: done}}}}\n{END}"
    assert told(alone, **long) == [
        (
            "sops/sub.yaml:2:16: warning[SOP413] waits and hand-offs can take 4d, 1d over `3d`:"
            " `look` 4d"
        )
    ]


def test_the_clock_of_a_step_counts_until_the_step_is_done() -> None:
    clocks = "[{limit: 1y, authority: Law}, {limit: 2d, authority: Law}]"
    text = (
        "start: one\nsteps:\n"
        + wait("one", "1d", timeout="two", reply="two")
        + f"  two: {{wait: More, for: TIME, go: {{reply: three, timeout: three}}, clock: {clocks}}}\n"
        + wait("three", "9d")
        + END
    )

    assert told(text.replace("TIME", "1d")) == []
    assert told(text.replace("TIME", "2d")) == [
        "4:111: warning[SOP413] waits and hand-offs can take 3d, 1d over `2d`: `one` 1d → `two` 2d"
    ]


def test_a_clock_from_a_fact_begins_at_its_step_any_other_with_the_walk() -> None:
    def text(start: str) -> str:
        clock = f"clock: {{limit: 2d, from: {start}, authority: Law}}"
        return (
            "start: one\nsteps:\n"
            + wait("one", "2d", timeout="two", reply="two")
            + f"  two: {{wait: More, for: 1d, go: {{reply: done, timeout: done}}, {clock}}}\n"
            + END
        )

    assert told(text("got")) == []
    assert len(told(text("ticket.received"))) == 1


def test_a_clock_from_a_fact_that_is_asked_for_begins_with_the_answer() -> None:
    text = (
        "start: one\n"
        "clock: {limit: 2d, from: day, authority: Law}\n"
        "steps:\n"
        + wait("one", "9d", timeout="done", reply="check")
        + "  check: {ask: All there?, answers: {yes: day, no: one}}\n"
        + "  day: {ask: When?, type: date, go: three}\n"
        + wait("three", "TIME", timeout="four")
        + hand_off("four", "1d")
        + END
    )

    assert told(text.replace("TIME", "1d")) == []
    assert told(text.replace("TIME", "2d")) == [
        (
            "2:16: warning[SOP413] waits and hand-offs can take 3d, 1d over `2d`:"
            " `three` 2d → `four` 1d"
        )
    ]


def test_a_loop_before_the_step_of_a_clock_makes_it_late() -> None:
    text = (
        "start: one\nsteps:\n"
        + wait("one", "1d", timeout="two", reply="check")
        + "  check: {ask: All there?, answers: {yes: two, no: one}}\n"
        + "  two: {do: It, go: three}\n"
        + "  three: {wait: More, for: 1d, go: {reply: done, timeout: done},"
        " clock: {limit: 3d, from: ticket.received, authority: Law}}\n" + END
    )

    [one] = told(text)
    assert "over `3d`" in one


def test_the_clock_of_a_run_counts_while_the_sub_procedure_is_run() -> None:
    text = (
        "start: one\nsteps:\n"
        "  one: {run: sub, go: {ok: two}, clock: {limit: 2d, authority: Law}}\n"
        + wait("two", "9d")
        + END
    )

    assert told(text, **{"sops/sub.yaml": SUB.format(clock="", time="2d")}) == []
    assert told(text, **{"sops/sub.yaml": SUB.format(clock="", time="3d")}) == [
        "3:49: warning[SOP413] waits and hand-offs can take 3d, 1d over `2d`: `sub.look` 3d"
    ]


def test_of_a_condition_only_what_is_known_by_its_value_is_proved() -> None:
    steps = (
        "  one: {decide: [{if: {country: US}, to: quick}, {else: slow}]}\n"
        + wait("quick", "1d")
        + wait("slow", "9d")
    )

    assert told(sop("2d", steps, ", if: {country: US, got: unknown}")) == []
    assert len(told(sop("2d", steps, ", if: {country: GB, got: known}"))) == 1


def test_what_is_out_of_reach_is_said_not_to_be_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sopguide.proof.waiting._MOST_PASSES", 1)

    [found] = list(proved({SOP: sop("2d", wait("one", "1d"))}))
    assert "whether waits and hand-offs keep within `2d`" in found.headline


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(1, 30))
def test_a_chain_of_waits_is_over_by_what_its_sum_is(times: list[int], limit: int) -> None:
    names = [*("one", "b", "c", "d", "e", "f")[: len(times)], "done"]
    steps = "".join(
        wait(name, f"{time}h", timeout=after, reply=after)
        for name, time, after in zip(names, times, names[1:], strict=False)
    )
    found = told(sop(f"{limit}h", steps))

    over = sum(times) - limit
    assert [f", {hours(over)} over `{limit}h`" in each for each in found] == [True] * (over > 0)


def hours(count: int) -> Duration:
    """So many hours, as findings write them."""
    return Duration(days=count // 24, seconds=count % 24 * 3600)


ORACLE = (
    "facts:\n"
    "  place: {type: choice, values: [x, y, z], from: ticket.place, ask: Which?}\n"
    "  sure: {type: yes_no, from: ticket.sure, ask: Sure?}\n"
    "  age: {type: integer, min: 0, max: 3, from: ticket.age, ask: How old?}\n"
)
TICKETS = [
    {"place": place, "sure": sure, "age": age}
    for place in ("x", "y", "z")
    for sure in ("yes", "no")
    for age in range(4)
]
CONDITIONS = (
    "{place: x}",
    "{place: not x}",
    "{place: [x, y], sure: no}",
    "{sure: yes}",
    "{age: '< 2'}",
    "{age: '>= 1', sure: yes}",
    "[{place: z}, {age: 3}]",
)


def random_sop(pick: random.Random) -> str:
    """Steps that lead only onwards: waits, rules, hand-offs."""
    names = ["one", *(f"s{number}" for number in range(pick.randint(3, 8)))]
    lines = []
    for place, name in enumerate(names):
        ahead = [*names[place + 1 :], "done"]
        first, second = pick.choice(ahead), pick.choice(ahead)
        if pick.random() < 0.5:
            lines.append(wait(name, f"{pick.randint(1, 9)}h", first, second))
        elif pick.random() < 0.8:
            condition = pick.choice(CONDITIONS)
            lines.append(
                f"  {name}: {{decide: [{{if: {condition}, to: {first}}}, {{else: {second}}}]}}\n"
            )
        else:
            lines.append(hand_off(name, f"{pick.randint(1, 9)}h"))
    more = f", if: {pick.choice(CONDITIONS)}" if pick.random() < 0.5 else ""
    return sop(f"{pick.randint(1, 30)}h", "".join(lines), more)


def longest_walk(of: Procedure) -> int:
    """The hours that the walks for which the clock applies wait at the most, by walking them all."""
    most = 0
    for ticket in TICKETS:
        open_walks = [(begin(of, ticket), 0)]
        if not due(open_walks[0][0], ticket):
            continue
        while open_walks:
            walk, waited = open_walks.pop()
            form = walk.step.form
            text = form.get("for") or form.get("escalate", {}).get("within", "0h")
            waited += int(text.removesuffix("h"))
            most = max(most, waited)
            if walk.status == "wait":
                open_walks += [(go(walk, choice), waited) for choice in ("reply", "timeout")]
    return most


@pytest.mark.parametrize("seed", range(2000 if os.environ.get("SOPGUIDE_SOAK") else 60))
def test_the_proof_agrees_with_walking_every_ticket(seed: int) -> None:
    text = random_sop(random.Random(seed))  # noqa: S311 - the same SOPs every time
    of = procedure(text, **{"library.yaml": ORACLE})
    limit = int(of.root.form["clocks"][0]["limit"].removesuffix("h"))
    over = longest_walk(of) - limit

    found = told(text, **{"library.yaml": ORACLE})
    if over <= 0:
        assert found == []
    else:
        [one] = found
        assert f", {hours(over)} over `" in one
