"""Texts that no record holds are asked for again."""

from sopguide.walk.fold import fold
from sopguide.walk.private import LOST, ask_again
from sopguide.walk.view import view
from sopguide.walk.wording import fill
from tests.walking import AT, Record, procedure, steps, told

TEXT = """
start: a
facts:
  story: {type: text, from: ticket.body, ask: "What happened?"}
  wish: {type: text, ask: "What should we do?"}
  price: {type: decimal, ask: "How much?"}
steps:
  a: {fact: wish, go: b}
  b: {fact: price, go: c}
  c: {ask: "{{ wish }}: sure?", answers: {yes: done, no: done}}
  done: {end: resolved, macro: done, label: done}
"""


def test_a_resumed_walk_asks_again_for_texts_that_are_kept_nowhere() -> None:
    of = procedure(TEXT)
    record = Record(of, {"body": "stolen"})
    record.answer("Give it back")
    record.answer("12.50")
    walk = fold(of, record.events)
    assert told(walk) == told(record.walk) == "ask c c"
    assert walk.facts["wish"] is LOST
    asked = ask_again(walk)
    assert [told(asked), view(asked).text] == ["ask c story", "What happened?"]
    first = asked.answer("stolen", at=AT)
    assert [event.data for event in first.events] == [
        {"step": "c", "fact": "story", "answer": {"given": True}, "by": "agent", "again": True}
    ]
    assert first.walk.answer(" ", at=AT).refused == "`wish` needs a text"
    second = first.walk.answer("Give it back", at=AT).walk
    assert told(second) == "ask c c"
    assert view(second).text == "Give it back: sure?"
    assert steps(second.answer("yes", at=AT).walk)[-1] == "done"
    assert told(fold(of, [*record.events, *first.events])) == "ask c c"


def test_a_lost_text_shows_as_missing() -> None:
    of = procedure(TEXT)
    record = Record(of)
    record.answer("Give it back")
    record.answer(3)
    walk = fold(of, record.events)
    assert fill(walk, "{{ wish }}").text == "⟦wish⟧"


def test_a_walk_that_ended_asks_nothing_again() -> None:
    of = procedure(TEXT)
    record = Record(of)
    for choice in ("x", 3, "yes"):
        record.answer(choice)
    assert told(ask_again(fold(of, record.events))) == "ended done"
