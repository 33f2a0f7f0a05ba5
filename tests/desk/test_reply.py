from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.desk.hand import Applied
from sopguide.desk.local import LocalDesk
from sopguide.desk.reply import Draft, draft_of
from sopguide.log.local import LocalLog
from tests.building import library
from tests.desk.test_local import ME, Clock, begun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.logged_walk import LoggedWalk

SOP = """\
title: Example
start: first
facts: {amount: {type: integer, min: 0, ask: How much?}}
steps:
  first: {ask: First?, answers: {yes: amount, no: bare, later: wait}}
  amount: {fact: amount, go: out}
  wait: {wait: customer reply, macro: receipt, label: done, for: 7d, go: {reply: out, timeout: bare}}
  out: {end: rejected, macro: refused, label: done}
  bare: {end: resolved, macro: none, label: done}
"""
FILES = {
    "sops/example.yaml": SOP,
    "library.yaml": "name: Test\nlocales: [en, es, de]\n",
    "macros/standard.yaml": """\
refused:
  title: Refused
  status: live
  body:
    en: "Hi {{ ticket.requester.first_name }},\\n\\nyou paid {{ amount }}. Your case is {{ ticket.case }}."
    es: "Hola {{ ticket.requester.first_name }}, tu caso es {{ ticket.case }}."
receipt: {title: Receipt, status: live, body: {en: "Send it for {{ ticket.case }}, please."}}
""",
    "labels.yaml": "done: {title: Done, macros: [refused, receipt, none]}\n",
}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LocalLog]:
    with LocalLog(tmp_path) as opened:
        yield opened


@pytest.fixture
def walk(log: LocalLog) -> LoggedWalk:
    """A walk at its first question."""
    return begun(LocalDesk(library(FILES), log, ME, clock=Clock()))


@pytest.fixture
def ended(walk: LoggedWalk) -> LoggedWalk:
    """The same, at the end with a reply."""
    for answer in ("yes", "20"):
        assert walk.answer(answer) is None
    return walk


def test_there_is_no_draft_to_speak_of_at_a_question(walk: LoggedWalk) -> None:
    draft = Draft(walk)
    assert draft.recommended is None
    assert (draft.text, draft.missing, draft.applied, draft.diff()) == ("", (), None, ())
    assert draft.write("anything") == "There is no reply at this step"


def test_no_reply_is_a_decision(walk: LoggedWalk) -> None:
    walk.answer("no")
    assert Draft(walk).applied is None
    assert Draft(walk).ready


def test_what_nobody_filled_in_stands_in_the_text_and_is_asked_for(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    assert "Hi ⟦ticket.requester.first_name⟧" in draft.text
    assert "you paid 20." in draft.text
    assert draft.missing == draft.asked == ("ticket.requester.first_name", "ticket.case")
    assert not draft.ready


def test_a_language_that_neither_ticket_nor_agent_named_is_a_guess(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    guesses = [draft.guessed]
    draft.next_locale()
    guesses.append(draft.guessed)
    ended.ticket = {**ended.ticket, "locale": "en"}
    guesses.append(Draft(ended).guessed)
    assert guesses == [True, False, False]


def test_what_is_typed_fills_the_text_in_every_locale(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.fill("ticket.requester.first_name", "Ana")
    draft.fill("ticket.case", " C-7\n")
    assert draft.text == "Hi Ana,\n\nyou paid 20. Your case is C-7."
    assert draft.ready
    draft.next_locale()
    assert draft.text == "Hola Ana, tu caso es C-7."
    assert not draft.edited


def test_an_empty_value_leaves_the_placeholder_open(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.fill("ticket.case", "C-7")
    draft.fill("ticket.case", "  ")
    assert "⟦ticket.case⟧" in draft.text
    assert "ticket.case" in draft.missing


def test_a_locale_that_the_macro_lacks_is_said(ended: LoggedWalk) -> None:
    draft, seen = Draft(ended), []
    for _ in range(4):
        seen.append((draft.locale, draft.stand_in))
        draft.next_locale()
    assert seen == [("en", None), ("es", None), ("de", "en"), ("en", None)]


def test_an_edited_text_takes_the_place_of_the_recommended(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    text = draft.text.replace("you paid", "you have paid")
    assert draft.write(text) is None
    assert draft.edited
    assert draft.text == text
    assert [str(line) for line in draft.diff() if line.changed] == [
        "+ you have paid 20. Your case is ⟦ticket.case⟧."
    ]
    draft.restore()
    assert draft.diff() == ()


def test_each_locale_has_its_own_edit(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.write("Hi,\nno.")
    draft.next_locale()
    assert draft.text.startswith("Hola")
    assert not draft.edited
    draft.next_locale()
    draft.next_locale()
    assert draft.text == "Hi,\nno."


def test_writing_the_recommended_text_is_no_edit(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.write("Something else")
    draft.write(draft.recommended_text + "\n")
    assert not draft.edited


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_an_empty_reply_is_refused(ended: LoggedWalk, text: str) -> None:
    draft = Draft(ended)
    draft.write("Mine")
    assert "An empty reply" in str(draft.write(text))
    assert draft.text == "Mine"


def test_a_reply_longer_than_any_helpdesk_sends_is_refused(ended: LoggedWalk) -> None:
    assert draft_of(ended).write("x" * 20_001) == "A reply has at most 20000 characters"


def test_a_placeholder_edited_away_is_no_longer_missing(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.write("Hi,\n\nyour case is ⟦ticket.case⟧.")
    assert draft.missing == ("ticket.case",)
    draft.write("Hi,\n\nyour case is closed.")
    assert draft.ready


def test_filling_in_after_editing_changes_the_edited_text_too(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.write("Your case is ⟦ticket.case⟧, dear ⟦ticket.requester.first_name⟧.")
    draft.fill("ticket.case", "C-7")
    assert draft.text == "Your case is C-7, dear ⟦ticket.requester.first_name⟧."
    assert draft.missing == ("ticket.requester.first_name",)
    assert not draft.outdated


def test_an_edit_made_before_the_facts_changed_is_told(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.write(draft.text.replace("you paid", "you have paid"))
    ended.back()
    ended.answer("30")
    assert draft.outdated
    assert "you have paid 20" in draft.text
    draft.restore()
    assert "you paid 30" in draft.text


def test_the_log_learns_names_and_never_texts(log: LocalLog, ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.fill("ticket.case", "C-SECRET")
    draft.fill("something else", "x")
    draft.next_locale()
    draft.write(draft.text + "\nSECRET")
    assert draft.applied == Applied("es", edited=True, filled=("ticket.case",))
    assert ended.finish(draft.applied) is None
    records = log.walk(ended.id)
    assert records[-2]["data"]["filled"] == ["ticket.case"]
    assert "SECRET" not in str(records)


def test_the_locale_that_was_sent_is_logged_not_the_one_wanted(ended: LoggedWalk) -> None:
    draft = Draft(ended)
    draft.next_locale()
    draft.next_locale()
    assert draft.applied == Applied("en")


def test_a_wait_has_the_same_draft(walk: LoggedWalk) -> None:
    walk.answer("later")
    draft = draft_of(walk)
    assert draft.missing == ("ticket.case",)
    draft.fill("ticket.case", "C-7")
    assert draft.text == "Send it for C-7, please."
    walk.answer("reply")
    assert draft_of(walk) is draft
    assert "Your case is C-7." in draft.text


def test_what_others_typed_steers_nothing(log: LocalLog) -> None:
    desk = LocalDesk(library(FILES), log, ME, clock=Clock())
    walk = desk.open("example", {"requester": {"first_name": "\x1b[2J\u202e[red]"}})
    assert not isinstance(walk, str)
    walk.answer("yes")
    walk.answer("20")
    draft = Draft(walk)
    assert draft.text.startswith("Hi ␛[2J\N{REPLACEMENT CHARACTER}[red],")
    draft.fill("ticket.case", "{{ amount }}\x1b]52;c;AAAA\x07" + "x" * 500)
    assert "{{ amount }}␛]52;c;AAAA␇xxx" in draft.text
    assert len(draft.value("ticket.case")) == 400
    draft.write("a\x1bb\rc")
    assert draft.text == "a␛b\nc"
