"""Passages of a walk, and the chain they make."""

from sopguide.walk.path import AGENT, RULE, TICKET, Passage, Place, acts_of, answered, extend

ASKED = Passage("part.route", "decide", 1, AGENT, "age", 17, answered=True, asked=True)
GIVEN = Passage("country", "ask", 1, TICKET, "country", "DE", answered=True)
DONE = Passage("part.look", "do", 2, AGENT, None, "done", answered=True)
OPEN = Passage("proof", "ask", 1, AGENT, "proof")
RULED = Passage("route", "decide", 1, RULE)


def test_a_passage_is_called_by_the_fact_a_rule_asked_for_or_by_its_step() -> None:
    assert [each.name for each in (ASKED, GIVEN, DONE)] == ["age", "country", "look"]


def test_only_a_fact_that_a_rule_asked_for_belongs_to_the_place() -> None:
    assert ASKED.place == Place("part.route", 1, "age")
    assert GIVEN.place == Place("country", 1)


def test_only_what_the_agent_answered_is_an_act() -> None:
    path = (ASKED, GIVEN, DONE, OPEN, RULED)
    assert [each.is_act for each in path] == [True, False, True, False, False]
    assert acts_of(path) == 2


def test_one_can_return_to_wherever_a_person_can_be_asked() -> None:
    path = (ASKED, GIVEN, DONE, OPEN, RULED)
    assert [each.can_return for each in path] == [True, True, True, True, False]


def test_a_trail_is_read_from_its_end() -> None:
    trail = extend(extend(None, GIVEN), DONE)
    assert (list(trail.backwards()), trail.length) == ([DONE, GIVEN], 2)


def test_an_answer_closes_the_passage_that_stood_open_and_no_other() -> None:
    stood = extend(extend(None, GIVEN), OPEN)
    closed = answered(stood, "receipt", kept=True)
    assert closed.passage == OPEN._replace(answer="receipt", answered=True, kept=True)
    assert (closed.before, closed.length) == (stood.before, stood.length)
