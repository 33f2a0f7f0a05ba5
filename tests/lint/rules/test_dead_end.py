from __future__ import annotations

from sopguide.lint.rules import dead_end
from tests.building import compile_text

END = "  done: {end: resolved, macro: done, label: done}\n"


def _asked(fact: str, step: str) -> list[str]:
    graph = compile_text(f"start: kind\nfacts:\n  colour: {fact}\nsteps:\n  kind: {step}\n{END}")
    return [str(one) for one in dead_end.check(graph)]


def test_points_at_the_answers_of_which_one_is_missing() -> None:
    fact = "{type: choice, values: [red, green], ask: Which?}"

    assert _asked(fact, "{fact: colour, answers: {red: done}}") == [
        "sops/example.yaml:5:24: error[SOP302] nothing follows the answer `green` of `kind`"
    ]


def test_the_steps_own_go_takes_what_is_left() -> None:
    fact = "{type: choice, values: [red, green], ask: Which?}"

    assert _asked(fact, "{fact: colour, answers: {red: done}, go: done}") == []


def test_a_question_that_may_be_left_open_says_what_follows_then() -> None:
    fact = "{type: yes_no, optional: true, ask: Which?}"

    assert _asked(fact, "{fact: colour, answers: {yes: done, no: done}}") == [
        "sops/example.yaml:5:24: error[SOP302] nothing follows the answer `not known` of `kind`"
    ]


def test_many_answers_are_counted_not_listed() -> None:
    values = ", ".join(f"v{number}" for number in range(20))
    fact = f"{{type: choice, values: [{values}], ask: Which?}}"

    assert _asked(fact, "{fact: colour, answers: {v0: done}}") == [
        (
            "sops/example.yaml:5:24: error[SOP302] "
            "nothing follows the answers `v1`, `v2`, `v3` and 16 more of `kind`"
        )
    ]
