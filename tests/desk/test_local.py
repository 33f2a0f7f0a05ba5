from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sopguide.desk import hand
from sopguide.desk.local import LocalDesk
from sopguide.log import local
from sopguide.log.faults import LogError
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.walk.events import Moment
from sopguide.walk.ticket import Given
from tests.building import library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOP = """\
title: Example
start: first
steps:
  first: {ask: First?, answers: {yes: second, no: out}}
  second: {ask: Second?, answers: {yes: out, no: out}}
  out: {end: resolved, macro: done, label: done}
"""
BROKEN = "title: Broken\nstart: nowhere\nsteps:\n  out: {end: resolved, macro: done, label: done}\n"
ME = Identity("ana")


class Clock:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000

    def __call__(self) -> Moment:
        self.seconds += 1
        return Moment(self.seconds * 1000, self.seconds * 1000)


def desk_of(log: LocalLog, text: str = SOP) -> LocalDesk:
    files = {"sops/example.yaml": text, "sops/broken.yaml": BROKEN}
    return LocalDesk(library(files), log, ME, clock=Clock())


def begun(desk: LocalDesk, ticket: str = "T-1") -> LoggedWalk:
    walk = desk.open("example", {"id": ticket})
    assert isinstance(walk, LoggedWalk), walk
    return walk


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LocalLog]:
    with LocalLog(tmp_path / "data") as opened:
        yield opened


def test_shows_the_shelf_with_what_is_wrong(log: LocalLog) -> None:
    broken, example = desk_of(log).shelf.offers
    assert example.why_not is None
    assert broken.why_not is not None
    assert "nowhere" in broken.why_not
    assert "[SOP" in broken.why_not


def test_a_walk_that_is_left_is_parked_and_goes_on_where_it_was(log: LocalLog) -> None:
    desk = desk_of(log)
    walk = begun(desk)
    assert walk.answer("yes") is None
    assert desk.parked() == []  # it is held
    assert walk.suspend() is None
    [parked] = desk.parked()
    assert (parked.sop, parked.ticket, parked.step) == ("example", "T-1", "second")
    assert parked.title == "Example"
    resumed = desk.resume(parked.walk)
    assert isinstance(resumed, LoggedWalk)
    assert resumed.view().text == "Second?"
    assert resumed.ticket_id == "T-1"
    # answered, left, looked at the clock, a second each; parked time does not count
    assert resumed.spent == 3.0


def test_the_latest_is_parked_first(log: LocalLog) -> None:
    desk = desk_of(log)
    for ticket in ("T-1", "T-2"):
        begun(desk, ticket).suspend()
    assert [each.ticket for each in desk.parked()] == ["T-2", "T-1"]


def test_a_walk_goes_on_on_the_version_it_started_on(log: LocalLog) -> None:
    walk = begun(desk_of(log))
    walk.answer("yes")
    walk.suspend()
    changed = desk_of(log, SOP.replace("Second?", "Another?").replace("Example", "Renamed"))
    [parked] = changed.parked()
    resumed = changed.resume(parked.walk)
    assert isinstance(resumed, LoggedWalk)
    assert resumed.view().text == "Second?"


def test_a_walk_goes_on_when_its_sop_is_gone(log: LocalLog) -> None:
    begun(desk_of(log)).suspend()
    others = LocalDesk(library({"sops/other.yaml": SOP}), log, ME, clock=Clock())
    [parked] = others.parked()
    assert parked.title == "no longer in the library"
    assert isinstance(others.resume(parked.walk), LoggedWalk)


def test_a_walk_given_up_is_offered_no_more(log: LocalLog) -> None:
    desk = desk_of(log)
    begun(desk).suspend()
    [parked] = desk.parked()
    assert desk.abandon(parked.walk) is None
    assert desk.parked() == []
    assert desk.abandon(parked.walk) is not None
    assert log.walk(parked.walk)[-1]["data"] == {"reason": "given-up"}


def test_a_walk_that_went_on_elsewhere_is_said_to_have(log: LocalLog) -> None:
    desk = desk_of(log)
    walk = begun(desk)
    assert desk.resume(walk.id) == "This walk has gone on elsewhere, or has ended"


def test_a_form_that_is_damaged_is_said_to_be(log: LocalLog, tmp_path: Path) -> None:
    desk = desk_of(log)
    begun(desk).suspend()
    for form in (tmp_path / "data" / "forms").iterdir():
        form.write_bytes(b"{}")
    [parked] = desk.parked()
    said = desk.resume(parked.walk)
    assert isinstance(said, str)
    assert said.startswith("The walk cannot go on: ")


def test_what_cannot_be_stored_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalLog(tmp_path / "data") as log:
        desk = desk_of(log)

        def fail(*_: object, **__: object) -> None:
            raise LogError("no space left on device")

        monkeypatch.setattr(log, "begin", fail)
        monkeypatch.setattr(log, "unfinished", fail)
        said = desk.open("example", {})
        assert said == "The walk cannot begin: no space left on device"
        assert desk.parked() == []


def test_drills_are_not_offered_at_the_desk(log: LocalLog) -> None:
    desk = desk_of(log)
    procedure = desk.procedure("example")
    form = library({"sops/example.yaml": SOP}).form_bytes("example")
    drill = LoggedWalk.begin(log, procedure, form, Given(), {}, ME, mode="drill")
    drill.suspend()
    assert desk.parked() == []


def test_the_desk_and_its_walks_are_what_screens_ask_for(log: LocalLog) -> None:
    desk = desk_of(log)
    for asked, given in ((hand.Desk, desk), (hand.WalkInHand, begun(desk))):
        names = [name for name in vars(asked) if not name.startswith("_")]
        assert [name for name in names if not hasattr(given, name)] == []


SAID = 'msgid "Example"\nmsgstr "Ejemplo"\n'


def in_spanish(log: LocalLog) -> LocalDesk:
    files = {"sops/example.yaml": SOP, "locale/es/LC_MESSAGES/library.po": SAID}
    return LocalDesk(library(files), log, ME, language="es_MX", clock=Clock())


def test_the_shelf_names_the_sops_in_the_agents_language(log: LocalLog) -> None:
    desk = in_spanish(log)
    [offer] = desk.shelf.offers

    assert (offer.title, offer.about) == ("Ejemplo", "(en) An example.")
    assert [found.title for found in desk.shelf.find("ejemplo")] == ["Ejemplo"]
    assert [found.title for found in desk.shelf.find("example")] == ["Ejemplo"]


@pytest.mark.parametrize(
    ("ticket", "named", "language", "locale"),
    [
        ("de", "es", "en", "de"),
        ("pt-BR", "es", "en", "pt-BR"),
        (" ", "es", "de_AT", "es"),
        (None, "es", "de_AT", "es"),
        (None, None, "de_AT", "de"),
        (None, None, "fr", "en"),
        (7, None, "en", "en"),
    ],
)
def test_a_reply_is_in_the_customers_language_else_the_one_named_else_the_agents(
    log: LocalLog, ticket: object, named: str | None, language: str | None, locale: str
) -> None:
    files = {"sops/example.yaml": SOP, "library.yaml": "name: Test\nlocales: [en, es, de]\n"}
    desk = LocalDesk(library(files), log, ME, locale=named, language=language, clock=Clock())
    walk = desk.open("example", {"id": "T-1", "locale": ticket})
    assert isinstance(walk, LoggedWalk)
    assert walk.locale == locale


def test_of_two_people_who_take_a_ticket_at_one_instant_one_has_it(
    log: LocalLog, tmp_path: Path
) -> None:
    mine = desk_of(log)
    with LocalLog(tmp_path / "data") as other, ThreadPoolExecutor() as threads:
        with log.in_turn():
            theirs = threads.submit(desk_of(other).open_once, "example", {"id": "T-1"})
            assert isinstance(mine.open("example", {"id": "T-1"}), LoggedWalk)
        assert theirs.result() is None
        assert isinstance(desk_of(other).open_once("example", {"id": "T-2"}), LoggedWalk)
        assert mine.open_once("example", {"id": "T-2"}) is None


def test_where_others_never_let_go_the_walk_is_said_not_to_begin(
    log: LocalLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "PATIENCE", 0.0)
    with LocalLog(tmp_path / "data") as other, other.in_turn():
        why = desk_of(log).open_once("example", {"id": "T-1"})
        assert isinstance(why, str)
        assert why.startswith("The walk cannot begin: another process has kept")


def test_a_parked_walk_is_named_in_the_agents_language(log: LocalLog) -> None:
    desk = in_spanish(log)
    begun(desk).suspend()

    assert [parked.title for parked in desk.parked()] == ["Ejemplo"]


def test_what_a_ticket_would_fill_in_is_told_in_the_agents_language(log: LocalLog) -> None:
    text = SOP.replace(
        "start: first",
        "clock: {title: A copy, limit: 48h, from: ticket.received, authority: GDPR}\n"
        "facts:\n  country: {type: choice, values: {DE: Germany}, ask: Where?}\nstart: first",
    ).replace("yes: second, no: out", "yes: where, no: out")
    text += "  where: {fact: country, go: out}\n"
    said = 'msgid "Germany"\nmsgstr "Alemania"\n\nmsgid "A copy"\nmsgstr "Una copia"\n'
    files = {"sops/example.yaml": text, "locale/es/LC_MESSAGES/library.po": said}
    desk = LocalDesk(library(files), log, ME, language="es", clock=Clock())
    ticket = {"received": "2026-09-21T12:00:00Z", "facts": {"country": "DE"}}
    known = desk.known("example", ticket)

    assert [row.label for row in known.facts] == ["Alemania"]
    assert [clock.title for clock in known.clocks] == ["Una copia"]


def test_a_ticket_in_another_language_of_the_library_finds_its_sop(log: LocalLog) -> None:
    files = {
        "sops/example.yaml": SOP,
        "sops/other.yaml": SOP.replace("Example", "Other"),
        "locale/es/LC_MESSAGES/library.po": SAID.replace("Ejemplo", "Cuenta robada"),
    }
    desk = LocalDesk(library(files), log, ME, clock=Clock())
    [ranked] = desk.shelf.rank("me robaron, es una CUENTA robada")
    assert (ranked.offer.title, set(ranked.words)) == ("Example", {"cuenta", "robada"})
