"""What a screen shows of a walk."""

from sopguide.walk.back import go_back
from sopguide.walk.view import NOT_KNOWN, Choice, view
from tests.walk.shown import LABELS, LIBRARY, MACROS, TEXT, TICKET, example
from tests.walking import AT, begin, go, procedure


def test_a_question_shows_its_wording_help_reasons_and_answers() -> None:
    shown = view(begin(example(), TICKET), TICKET)
    assert (shown.sop, shown.version, shown.status, shown.step) == ("example", "1.0.0", "ask", "a")
    assert (shown.text, shown.help, shown.because) == (
        "Is Germany right?", "Look at the profile.", ("CG-1",),
    )  # fmt: skip
    assert shown.critical
    assert shown.choices == (Choice("no", "No, it is not"), Choice("yes", "yes"))
    assert [(row.name, row.label, row.by) for row in shown.facts] == [
        ("country", "Germany", "ticket")
    ]


def test_listed_answers_come_first_and_the_others_after_them() -> None:
    walk = go(begin(example()), "yes")
    assert view(walk).choices == (Choice("US", "In the States"), Choice("DE", "Germany"))
    assert view(go(walk, "US")).path[1].answer == "In the States"
    assert view(go(walk, "DE")).path[1].answer == "Germany"


def test_a_fact_that_a_rule_asks_for_is_asked_in_its_own_wording() -> None:
    shown = view(go(begin(example(), TICKET), "yes"), TICKET)
    assert (shown.text, shown.unit, shown.type, shown.asked) == (
        "How old is Ana?", "years", "integer", True,
    )  # fmt: skip
    assert [(row.label, row.answer, row.by, row.can_return) for row in shown.path] == [
        ("a", "yes", "agent", True),
        ("b", "Germany", "ticket", True),
        ("c", "", "rule", False),
        ("age", "", "agent", False),
    ]


def test_a_wait_shows_what_is_sent_and_for_how_long() -> None:
    shown = view(go(begin(example(), TICKET), "yes", 5))
    assert shown.outcome is not None
    assert (shown.status, shown.wait_for, shown.outcome.macro, shown.outcome.label) == (
        "wait", "7d", "hello", "done",
    )  # fmt: skip
    assert [choice.id for choice in shown.choices] == ["reply", "timeout"]


def test_an_instruction_shows_its_checklist() -> None:
    shown = view(go(begin(example(), TICKET), "yes", 20))
    assert (shown.check, shown.choices) == (("Locked", "Told"), (Choice("done", "Done"),))


def test_an_optional_fact_offers_not_known() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done")
    shown = view(walk)
    assert shown.optional
    assert shown.choices[-1] == Choice(NOT_KNOWN, "Not known")
    assert view(go(walk, None)).path[-2].answer == "not known"


def test_several_values_are_marked_as_such() -> None:
    shown = view(go(begin(example(), TICKET), "yes", 20, "done", "no"))
    assert (shown.multiple, shown.exclusive) == (True, ("none",))


def test_the_end_shows_macro_label_and_hand_off() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done", "no", ["receipt"])
    shown = view(walk, TICKET)
    assert shown.outcome is not None
    assert (shown.outcome.end, shown.outcome.macro_title, shown.outcome.label_title) == (
        "escalated", "Hello", "Done",
    )  # fmt: skip
    assert shown.outcome.escalate == ("legal", "4h")
    assert view(walk).path[-2].answer == "A receipt"


def test_an_earlier_answer_is_suggested_after_going_back() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done")
    assert view(go_back(walk, at=AT).walk).suggested == "done"
    assert view(go_back(walk, at=AT, to=1).walk).suggested == "DE"
    confirm = procedure(
        "start: a\nfacts:\n  n: {type: integer, from: ticket.n, ask: N?}\nsteps:\n  a: {fact: n, confirm: true, go: done}\n  done: {end: resolved, macro: done, label: done}"
    )
    assert view(begin(confirm, {"n": 4})).suggested == 4


def test_misfits_of_the_ticket_are_shown() -> None:
    assert view(begin(example(), {"country": "XX"})).misfits == ("`XX` does not fit `country`",)


def test_the_wording_of_an_answer_is_filled_in_where_it_is_offered_and_in_the_path() -> None:
    answers = 'answers: {US: {say: "In the States, {{ age }}", go: c}}'
    text = TEXT.replace('answers: {US: {say: "In the States", go: c}}', answers)
    text = text.replace("  b:\n", "  b:\n    confirm: true\n").replace("yes: b}", "yes: b0}")
    text = text.replace("  c: {", "  b0: {fact: age, go: b}\n  c: {")
    library = {"library.yaml": LIBRARY, "macros/standard.yaml": MACROS, "labels.yaml": LABELS}
    asked = go(begin(procedure(text, **library)), "yes", 20)
    assert Choice("US", "In the States, 20") in view(asked).choices
    assert view(go(asked, "US")).path[2].answer == "In the States, 20"


def test_a_misfit_is_spoken_of_at_the_first_question_and_where_it_is_asked_for() -> None:
    walk = begin(example(), {"country": "XX", "facts": {"age": "old", "seen": "perhaps"}})
    first = walk.origin.given.misfits
    assert view(walk).not_used == tuple(misfit.fault.message for misfit in first)
    assert len(first) == 3
    assert view(go(walk, "yes")).not_used == ("`XX` does not fit `country`",)
    assert view(go(walk, "yes", "DE")).not_used == ("`old` does not fit `age`",)
    assert view(go(walk, "yes", "DE", 20)).not_used == ()
