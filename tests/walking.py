"""Walks for tests: an SOP as an author types it, a ticket, and answers one after another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.walk.back import go_back
from sopguide.walk.events import Event, Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.starting import start
from sopguide.walk.ticket import read_ticket
from tests.building import SOP, library

if TYPE_CHECKING:
    from sopguide.walk.walk import Walk

AT = Moment(1_790_000_000_000, 5)
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)

LIBRARY = """
name: Test
locales: [en]
facts:
  country: {type: choice, values: [DE, US], from: ticket.country, ask: "Which country?"}
  age: {type: integer, max: cap, ask: "How old?"}
  cap: {type: integer, ask: "How old at most?"}
  story: {type: text, ask: "What happened?"}
"""
PART = """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
steps:
  which: {ask: "Which?", answers: {good: fine, bad: no_way}}
  fine: {return: verified}
  no_way: {return: not_verified}
"""
ROUND = """
start: a
steps:
  a: {ask: A?, answers: {yes: b, no: c, maybe: d}}
  b: {fact: country, go: c}
  c:
    decide:
      - if: {age: < 13}
        to: d
      - else: e
  d: {do: Look., go: e}
  e: {run: part, go: {verified: f, not_verified: a}}
  f: {wait: reply, for: 2d, go: {reply: g, timeout: done}}
  g: {fact: story, go: done}
  done: {end: resolved, macro: done, label: done}
"""
"""A questionnaire with every kind of step, a part, and a way back to its beginning."""


def procedure(text: str, sop: str = "example", **more: str) -> Procedure:
    """The compiled SOP of a text; `more` are further files of its library."""
    built = library({SOP: text, **more})
    entry = built.sops[sop]
    assert entry.hash, [str(diagnostic) for diagnostic in built.diagnostics]
    return Procedure(built.form(sop), entry.hash)


def begin(of: Procedure, ticket: dict[str, Any] | None = None, now: datetime = NOW) -> Walk:
    """A walk at its first question."""
    return start(of, read_ticket(ticket or {}, of), now=now, at=AT).walk


def go(walk: Walk, *choices: Any) -> Walk:
    """The walk after these answers, each of which must fit."""
    for choice in choices:
        turn = walk.answer(choice, at=AT)
        assert turn.refused is None, turn.refused
        walk = turn.walk
    return walk


def told(walk: Walk) -> str:
    """Where a walk stands, in a line."""
    need = f" {walk.need.name}" if walk.need else ""
    return f"{walk.status} {walk.step.ref}{need}"


def steps(walk: Walk) -> list[str]:
    """The path in short: `step`, `step=answer`, `step?fact=answer`, with `by` unless the agent."""
    rows = []
    for passage in walk.path:
        asked = f"?{passage.fact}" if passage.asked else ""
        answer = f"={passage.answer}" if passage.answered else ""
        by = f" {passage.by}" if passage.by != "agent" and answer else ""
        rows.append(f"{passage.step}{asked}{answer}{by}")
    return rows


class Record:
    """A walk together with all events that led to it."""

    def __init__(self, of: Procedure, ticket: dict[str, Any] | None = None) -> None:
        turn = start(of, read_ticket(ticket or {}, of), now=NOW, at=AT)
        self.walk = turn.walk
        self.events: list[Event] = list(turn.events)

    def answer(self, choice: Any) -> str | None:
        return self._take(self.walk.answer(choice, at=AT))

    def back(self, to: int | None = None) -> str | None:
        return self._take(go_back(self.walk, at=AT, to=to))

    def _take(self, turn: Any) -> str | None:
        self.walk = turn.walk
        self.events += turn.events
        refused: str | None = turn.refused
        return refused
