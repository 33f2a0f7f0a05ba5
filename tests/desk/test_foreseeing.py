from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sopguide.desk.foreseeing import ForeseeingWalk
from sopguide.desk.local import LocalDesk
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.messages import said
from sopguide.walk.ahead import ahead
from sopguide.walk.view import view
from tests.building import library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOP = """\
title: Example
start: first
steps:
  first: {ask: First?, answers: {yes: age, no: tell}}
  age: {ask: How old?, type: integer, go: [{if: {age: "< 18"}, to: tell}, {else: again}]}
  tell: {do: Tell them., go: again}
  again: {ask: Again?, answers: {yes: first, no: proof}}
  proof: {run: verify, go: {shown: out, not_shown: first}}
  out: {end: resolved, macro: done, label: done}
"""
VERIFY = """\
title: Verify
start: which
steps:
  which: {ask: Which?, answers: {mail: good, none: bad}}
  good: {return: shown}
  bad: {return: not_shown}
"""
WAY: list[Any] = ["yes", "17", "done", "yes", "no", "done", "no", "none", "yes", "20", "no", "mail"]


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[ForeseeingWalk]:
    files = {"sops/example.yaml": SOP, "sops/verify.yaml": VERIFY}
    with LocalLog(tmp_path / "data") as log:
        walk = LocalDesk(library(files), log, Identity("ana")).open("example", {"id": "T-1"})
        assert isinstance(walk, ForeseeingWalk), walk
        yield walk


def test_what_is_foreseen_is_what_comes(walk: ForeseeingWalk) -> None:
    for choice in WAY:
        sight = walk.foresee(choice)
        assert sight is not None
        assert walk.answer(choice) is None
        assert walk.view() is sight.view
        assert walk.ahead() is sight.ahead
        assert walk.view() == view(walk.walk, walk.ticket, walk.language, said)
        assert walk.ahead() == ahead(walk.walk)
    assert walk.view().status == "ended"


def test_foreseeing_moves_and_notes_nothing(walk: ForeseeingWalk) -> None:
    before = walk.view()
    assert walk.foresee("yes") is not None
    assert walk.foresee("no") is not None
    assert walk.view() is before
    assert walk.answer("no") is None
    assert [(row.step, row.answer) for row in walk.view().path] == [("first", "no"), ("tell", "")]


def test_an_answer_that_would_be_refused_leads_nowhere(walk: ForeseeingWalk) -> None:
    assert walk.foresee("perhaps") is None
    assert walk.answer("yes") is None
    assert walk.foresee("many") is None
    assert walk.view().text == "How old?"


def test_what_was_foreseen_elsewhere_does_not_count(walk: ForeseeingWalk) -> None:
    assert walk.foresee("no") is not None
    assert walk.answer("yes") is None
    assert walk.back() is None
    assert walk.answer("no") is None
    assert walk.view().text == "Tell them."
    assert walk.view().path[0].answer == "no"
