"""What the log shows of a walk is what its agent read, in the agent's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.desk.local import LocalDesk
from sopguide.log.document import make_document
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.review.seen import tell
from tests.building import library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOP = """\
start: a
steps:
  a: {do: Look., go: b}
  b: {do: Look again., go: done}
  done: {end: resolved, macro: done, label: done}
"""
SAID = 'msgid "Look."\nmsgstr "Mire."\n\nmsgid "Look again."\nmsgstr "Mire otra vez."\n'


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LocalLog]:
    with LocalLog(tmp_path / "data") as opened:
        yield opened


def desk(log: LocalLog, language: str, said: str = SAID) -> LocalDesk:
    files = {"sops/example.yaml": SOP} | (
        {"locale/es/LC_MESSAGES/library.po": said} if said else {}
    )
    return LocalDesk(library(files), log, Identity("ana"), language=language)


def texts(log: LocalLog, walk: LoggedWalk) -> list[str]:
    told, why = tell(make_document(walk.id, log.walk(walk.id)), log.form(walk.walk.procedure.hash))
    assert why is None
    return [entry.shown.text for entry in told if entry.shown]


def open_walk(on: LocalDesk) -> LoggedWalk:
    walk = on.open("example", {"id": "T-1"})
    assert isinstance(walk, LoggedWalk), walk
    return walk


def test_a_walk_in_spanish_is_told_in_spanish(log: LocalLog) -> None:
    walk = open_walk(desk(log, "es_MX"))
    walk.answer("done")

    assert walk.language == "es"
    assert texts(log, walk) == ["Mire.", "Mire otra vez."]


def test_each_part_is_told_in_the_language_it_was_walked_in(log: LocalLog) -> None:
    walk = open_walk(desk(log, "es"))
    walk.answer("done")
    walk.suspend()
    again = desk(log, "en").resume(walk.id)
    assert isinstance(again, LoggedWalk)
    again.answer("done")

    assert texts(log, again)[:2] == ["Mire.", "Look again."]


def test_where_there_is_one_language_none_is_noted(log: LocalLog) -> None:
    walk = open_walk(desk(log, "es", said=""))

    assert "language" not in log.walk(walk.id)[0]["data"]
