"""The rows of a screen: the path and the facts."""

from sopguide.walk.view import view
from tests.walk.shown import example
from tests.walking import begin, go, procedure


def test_facts_of_the_ticket_that_the_sop_does_not_use_are_shown_as_written() -> None:
    ticket = {"facts": {"country": "DE", "plan": "gold", "posts": 3, "odd": {"a": 1}}}
    shown = view(begin(example(), ticket), ticket)
    assert [(row.name, row.label, row.by) for row in shown.facts] == [
        ("country", "Germany", "ticket"),
        ("plan", "gold", "ticket"),
        ("posts", "3", "ticket"),
    ]


def test_a_moment_is_told_as_clocks_on_the_wall_tell_it() -> None:
    text = (
        "start: when\nfacts:\n  got: {type: datetime, from: ticket.received, ask: When?}\n"
        "steps:\n  when: {fact: got, confirm: true, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    zone = {"library.yaml": "name: Test\nlocales: [en]\nzone: Europe/Dublin\n"}
    walk = begin(procedure(text, **zone), {"received": "2026-07-10T08:00:00Z"})
    assert [(row.name, row.label) for row in view(walk).facts] == [("got", "2026-07-10 09:00")]
    after = go(walk, "2026-07-10T08:30:00Z")
    assert view(after).path[0].answer == "2026-07-10 09:30"
