"""What a picture shows: which arrows a step has, in which words, and in which order steps are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.show.drawing import MOST_INLINE, Drawing, boxes_inline, drawings
from sopguide.show.order import reading_order
from tests.building import library
from tests.show.sops import of_text, whole

END = "done: {end: resolved, macro: done, label: done}"


def drawn(text: str) -> Drawing:
    [drawing] = drawings(of_text(text))
    return drawing


def arrows(drawing: Drawing, key: str) -> list[str]:
    return [
        f"{arrow.label} -> {'back to ' if arrow.back else ''}{arrow.target}"
        for arrow in drawing.box(key).arrows
    ]


@pytest.fixture(scope="module")
def money() -> Drawing:
    return drawings(whole())[0]


def test_steps_stand_in_reading_order_and_only_loops_lead_back(money: Drawing) -> None:
    assert money.boxes[0].key == "old_enough"
    for place, box in enumerate(money.boxes):
        for arrow in box.arrows:
            assert arrow.back == (money.places[arrow.target] <= place)
    assert [box.key for box in money.boxes if any(arrow.back for arrow in box.arrows)] == [
        "wait_for",
        "seen",
    ]


def test_rules_are_written_in_words(money: Drawing) -> None:
    assert arrows(money, "old_enough") == [
        "if age < 13 and country is one of AT, BE, DE … (5) -> guardian",
        "if age is 13..17 or country is not US -> check",
        "otherwise -> colour",
    ]
    assert money.box("old_enough").arrows[0].because == ("GDPR",)


def test_of_several_rules_each_bears_its_number_where_they_lie_side_by_side(money: Drawing) -> None:
    first, *_, last = money.box("old_enough").arrows
    assert first.drawn == f"1) {first.label}"
    assert last.drawn == "3) otherwise"
    assert [arrow.drawn for arrow in money.box("again").arrows] == ["if kinds has a", "otherwise"]


def test_answers_bear_their_wording(money: Drawing) -> None:
    assert arrows(money, "guardian") == ["Yes, a guardian -> check", "no -> wait_for"]
    assert money.box("guardian").arrows[0].because == ("P-2",)


def test_answers_without_a_line_of_their_own_are_named_or_counted(money: Drawing) -> None:
    assert arrows(money, "colour") == ["Red -> check", "any other answer or not known -> done"]
    assert arrows(money, "seen") == ["yes -> back to colour", "no -> done"]


def test_an_answer_with_rules_says_both() -> None:
    drawing = drawn(
        "start: q\nsteps:\n"
        "  f: {ask: Old?, type: integer, go: done}\n"
        "  q: {ask: Sure?, answers: {yes: {go: [{if: {f: 7}, to: done}, {else: f}]}, no: f}}\n"
        f"  {END}\n"
    )
    assert arrows(drawing, "q") == ["yes: if f is 7 -> done", "yes: otherwise -> f", "no -> f"]
    assert arrows(drawing, "f") == [" -> done"]


def test_a_wait_says_how_long(money: Drawing) -> None:
    assert arrows(money, "wait_for") == ["reply -> back to guardian", "no reply after 7d -> late"]
    assert money.box("wait_for").notes == ("macro done", "label done", "for 7d")
    assert arrows(money, "again_later") == [" -> done"]
    no_end = drawn("start: w\nsteps:\n  w: {wait: x, go: {reply: done, timeout: done}}\n  " + END)
    assert arrows(no_end, "w") == ["reply -> done", "no reply -> done"]


def test_an_outcome_names_macro_label_and_hand_off(money: Drawing) -> None:
    handed = money.box("handed")
    assert (handed.text, handed.end) == ("Escalated", "escalated")
    assert handed.notes == ("macro done", "label done", "to seniors within 4h")
    assert handed.details == (("Macro", "Done"), ("Label", "Done"))
    soon = drawn(
        "start: e\nsteps:\n  e: {end: escalated, macro: done, label: done, escalate: {to: us}}\n"
    )
    assert soon.box("e").notes == ("macro done", "label done", "to us")


def test_details_tell_what_a_box_has_no_room_for(money: Drawing) -> None:
    assert money.box("old_enough").details == (
        ("Help", "Look at the profile."),
        ("Because", "P-1"),
        ("Fact", "age (integer, years)"),
    )
    assert ("On this answer", "set seen = yes") in money.box("guardian").details
    assert ("Asked", "even if the ticket says it") in money.box("done").details


def test_checks_and_settings_stand_in_the_box(money: Drawing) -> None:
    assert money.box("tell").notes == (
        "☐ Money sent",
        "☐ Note written",
        "set kinds = a, b, c … (5)",
    )


def test_sub_procedures_are_drawings_of_their_own() -> None:
    found = drawings(whole())
    assert [drawing.sop for drawing in found] == ["money", "sub/proof"]
    run = found[0].box("check")
    assert (run.text, run.opens, run.notes) == ("Is it proved?", "sub/proof", ("run sub/proof",))
    assert arrows(found[0], "check") == ["missing -> late", "shown -> tell"]
    assert found[1].box("good").text == "Back with: shown"


def test_inline_draws_them_where_they_are_run() -> None:
    form = whole()
    [drawing] = drawings(form, inline=True)
    assert len(drawing.boxes) == boxes_inline(form)
    assert arrows(drawing, "check") == [" -> check>which"]
    assert arrows(drawing, "check>good") == [" -> tell"]
    assert arrows(drawing, "check>bad") == [" -> late"]
    assert drawing.places["check>bad"] >= drawing.reached
    assert drawing.box("check>which").name == "sub/proof.which"


def test_inline_keeps_the_rules_that_follow_a_return() -> None:
    text = (
        "start: r\nsteps:\n  r: {run: sub, go: {a: [{if: {today: 2026-01-01}, to: s}, {else: done}]}}\n"
        f"  s: {{run: sub, go: done}}\n  {END}\n"
    )
    form = library(
        {"sops/x.yaml": text, "sops/sub.yaml": "start: a\nsteps: {a: {return: a}}"}
    ).form("x")
    [drawing] = drawings(form, inline=True)
    assert arrows(drawing, "r>a") == ["if today is 2026-01-01 -> s", "otherwise -> done"]
    assert arrows(drawing, "s>a") == [" -> done"]


def test_the_size_of_an_inline_drawing_is_known_without_drawing_it() -> None:
    files = {f"sops/s{n}.yaml": _twice(n) for n in range(40)}
    form = library({**files, "sops/s40.yaml": "start: a\nsteps: {a: {return: r}}"}).form("s0")
    assert boxes_inline(form) > MOST_INLINE
    assert len(drawings(form)) == 41


def test_sub_procedures_nested_too_deep_count_as_too_large() -> None:
    files = {f"sops/s{n}.yaml": _once(n) for n in range(150)}
    form = library({**files, "sops/s150.yaml": "start: a\nsteps: {a: {return: r}}"}).form("s0")
    assert boxes_inline(form) > MOST_INLINE


def _once(number: int) -> str:
    return f"start: a\nsteps: {{a: {{run: s{number + 1}, go: c}}, c: {{return: r}}}}"


def _twice(number: int) -> str:
    runs = f"a: {{run: s{number + 1}, go: b}}, b: {{run: s{number + 1}, go: c}}"
    return f"start: a\nsteps: {{{runs}, c: {{return: r}}}}"


def test_texts_are_cleaned_and_on_one_line() -> None:
    drawing = drawn(
        'title: "A\\u200bB\\u202e"\nstart: q\nsteps:\n'
        '  q: {ask: "Two\\nlines \\u202eand bidi", answers: {yes: {say: "\\ty", go: done}, no: done}}\n'
        f"  {END}\n"
    )
    assert drawing.title == "AB�"
    assert drawing.box("q").text == "Two lines �and bidi"
    assert drawing.box("q").arrows[0].label == " y"


def test_what_nothing_leads_to_is_drawn_last() -> None:
    assert reading_order("b", {"a": [], "b": ["c"], "c": ["b"]}) == (["b", "c", "a"], 2)


def test_the_authors_order_of_answers_is_kept() -> None:
    ways = {"a": ["x", "y", "z"], "z": [], "y": ["w"], "x": ["w"], "w": []}
    assert reading_order("a", ways) == (["a", "x", "y", "w", "z"], 5)


@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=12, max_size=12))
def test_every_step_stands_once_and_ways_lead_forward_but_for_loops(graph: list[list[int]]) -> None:
    ways = {str(at): [str(to) for to in targets] for at, targets in enumerate(graph)}
    order, reached = reading_order("0", ways)
    assert {step for step in ways if reaches(ways, "0", step)} == {*order[:reached]}
    assert sorted(order) == sorted(ways)
    places = {step: at for at, step in enumerate(order)}
    forward = {step: [to for to in ways[step] if places[to] > places[step]] for step in ways}
    for step, targets in ways.items():
        for target in set(targets) - set(forward[step]):
            lost = places[step] >= reached > places[target]
            assert lost or reaches(forward, target, step)


def reaches(ways: dict[str, list[str]], start: str, goal: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        for target in ways[todo.pop()]:
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return goal in seen
