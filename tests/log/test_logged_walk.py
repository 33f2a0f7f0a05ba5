"""A walk and its record: what was chosen, parked, remarked, and what a process leaves that is gone."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.log.remarks import LONGEST, Remark, Remarked, remark_from_json
from sopguide.walk.outcome import Applied
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import Given, read_ticket
from tests.building import library

if TYPE_CHECKING:
    from tests.log.test_journal import FailingDisk

SOP = """\
title: Example
start: first
owner: payments
steps:
  first: {ask: First?, answers: {yes: part, no: out}}
  part: {run: part, go: {good: out, bad: over}}
  out: {end: resolved, macro: done, label: done}
  over: {end: escalated, macro: none, label: done, escalate: {to: seniors}}
"""
PART = """\
title: Part
start: which
steps:
  which: {ask: Which?, answers: {a: fine, b: no_way}}
  fine: {return: good}
  no_way: {return: bad}
"""
FILES = {
    "sops/example.yaml": SOP,
    "sops/part.yaml": PART,
    "library.yaml": "name: Test\nlocales: [en, es]\n",
    "macros/all.yaml": 'done: {title: Done, status: live, body: {en: "{{ order }} of {{ ticket.requester.first_name | upcase }}", es: "Hola"}}\n',
    "macros/standard.yaml": "",
}
TICKET = {"id": "T-1", "requester": {"name": "Ana Lopez"}}


def begin(log: LocalLog, ticket: dict[str, Any] = TICKET, **more: Any) -> LoggedWalk:
    built = library(FILES)
    procedure = Procedure(built.form("example"), built.sops["example"].hash or "")
    given = read_ticket(ticket, procedure)
    form = built.form_bytes("example")
    return LoggedWalk.begin(log, procedure, form, given, ticket, Identity("ann"), **more)


def resume(log: LocalLog, walk: str) -> LoggedWalk:
    built = library(FILES)
    procedure = Procedure(built.form("example"), built.sops["example"].hash or "")
    [left] = [each for each in log.unfinished() if each.walk == walk]
    return LoggedWalk.resume(log, walk, procedure, left.private)


def said(log: LocalLog, walk: LoggedWalk) -> list[tuple[str, dict[str, Any]]]:
    return [(record["type"], record["data"]) for record in log.walk(walk.id)]


def test_an_override_is_resumed_as_it_was_left(log: LocalLog) -> None:
    walk = begin(log)
    walk.answer("yes")
    assert walk.overrule("over", "context") is None
    assert walk.suspend("handover") is None
    again = resume(log, walk.id)
    assert (again.view().status, again.view().overruled) == ("ended", "context")
    assert [each.to for each in again.offered()] == [None, "payments"]
    assert again.undo() is None
    assert again.view().step == "part.which"
    assert again.redo() is None
    assert again.finish(Applied("es")) is None
    [document] = log.walks()
    assert document.recommended is None
    assert document.overridden is not None
    assert document.overridden["reason"] == "context"
    assert document.applied == {
        "end": "escalated", "macro": "none", "label": "done", "escalate": {"to": "seniors"},
        "locale": "es", "edited": False,
    }  # fmt: skip


def test_a_walk_is_left_for_a_reason_of_the_list(log: LocalLog) -> None:
    walk = begin(log)
    assert (
        walk.suspend("bored") == "`bored` is no reason: give one of waiting, break, handover, left"
    )
    assert walk.suspend("waiting") is None
    assert said(log, walk)[-1] == ("walk.suspended", {"reason": "waiting"})


def test_what_may_come_is_worked_out_anew_when_the_walk_has_moved(log: LocalLog) -> None:
    walk = begin(log)
    first = walk.ahead()
    assert walk.ahead() is first
    walk.answer("no")
    assert walk.ahead().questions == 0


def test_what_the_agent_fills_in_is_missing_no_more(log: LocalLog) -> None:
    walk = begin(log)
    walk.answer("no")
    rendered = walk.macro("en")
    assert rendered is not None
    assert rendered.missing == ("order", "ticket.requester.first_name")
    filled = walk.macro("en", {"order": "[B-7]", "ticket.requester.first_name": " "})
    assert filled is not None
    assert filled.text == "[B-7] of ⟦TICKET.REQUESTER.FIRST_NAME⟧"
    assert filled.missing == ("ticket.requester.first_name",)
    filled = walk.macro("en", {"order": "{{ order }}", "ticket.requester.first_name": "Ana"})
    assert filled is not None
    assert (filled.text, filled.missing) == ("{{ order }} of ANA", ())


def test_a_text_is_asked_for_again_when_one_goes_back_into_a_resumed_walk(tmp_path: Path) -> None:
    text = (
        "start: a\nsteps:\n  a: {fact: story, go: b}\n  b: {ask: B?, answers: {yes: out, no: out}}\n"
        "  out: {end: resolved, macro: done, label: done}\n"
    )
    facts = 'name: Test\nlocales: [en]\nfacts: {story: {type: text, ask: "What happened?"}}\n'
    built = library({"sops/example.yaml": text, "library.yaml": facts})
    of = Procedure(built.form("example"), built.sops["example"].hash or "")
    form = built.form_bytes("example")
    with LocalLog(tmp_path) as log:
        walk = LoggedWalk.begin(log, of, form, Given(), {}, Identity("ann"))
        for answer in ("stolen", "yes"):
            assert walk.answer(answer) is None
        walk.suspend()
        again = LoggedWalk.resume(log, walk.id, of, {})
        assert again.view().status == "ended"
        assert again.back() is None
        assert (again.view().step, again.view().text) == ("b", "What happened?")
        assert again.answer("stolen") is None
        assert (again.view().text, again.undo(), again.view().status) == ("B?", None, "ended")
        again.suspend()
        assert LoggedWalk.resume(log, walk.id, of, {}).view().status == "ended"


# Remarks


def test_feedback_is_kept_with_its_step_and_without_what_tells_who(log: LocalLog) -> None:
    walk = begin(log)
    walk.answer("yes")
    text = "Ana Lopez (ana@example.com) asked \x1b[2Jtwice; the 13 years are unclear"
    assert walk.remark("feedback", text, "unclear") == Remarked(("name", "e-mail"))
    kind, data = said(log, walk)[-1]
    assert kind == "feedback.given"
    assert data.keys() == {"step", "remark", "about"}
    [kept] = log.remarks.all()
    assert (kept.id, kept.step, kept.part) == (data["remark"], "part.which", "part")
    assert kept.text == "[name] ([e-mail]) asked ␛[2Jtwice; the 13 years are unclear"
    assert (kept.owner, kept.hash, kept.agent) == ("payments", walk.walk.procedure.hash, "ann")
    assert walk.remarks() == ()


def test_notes_come_back_with_the_walk(log: LocalLog) -> None:
    walk = begin(log)
    assert walk.remark("note", " Asked for the receipt. ") == Remarked()
    walk.suspend()
    again = resume(log, walk.id)
    assert again.remark("note", "It came.") == Remarked()
    assert [note.text for note in again.remarks()] == ["Asked for the receipt.", "It came."]
    assert again.walk.path == walk.walk.path


def test_remarks_are_open_to_nobody_else(log: LocalLog, tmp_path: Path) -> None:
    walk = begin(log)
    walk.remark("note", "Hello")
    [path] = tmp_path.glob("remarks/*/*.json")
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]
    assert not list(tmp_path.glob("journals/*Hello*"))
    assert all("Hello" not in each.read_text() for each in tmp_path.glob("journals/*.jsonl"))


@pytest.mark.parametrize(
    ("kind", "text", "about", "why"),
    [
        ("note", " \n", None, "write the note first"),
        ("note", "x", "wrong", "a note is about nothing but its walk"),
        ("feedback", "x", None, "say what is amiss: one of unclear, wrong, missing-answer, outdated"),
        ("feedback", "x", "bad", "say what is amiss: one of unclear, wrong, missing-answer, outdated"),
        ("praise", "x", None, "`praise` is neither a note nor feedback"),
        ("note", "x" * (LONGEST + 1), None, "it is 4,001 characters long, and at most 4,000 are kept: shorten it"),
    ],
)  # fmt: skip
def test_what_is_no_remark_is_refused(
    log: LocalLog, kind: str, text: str, about: str | None, why: str
) -> None:
    walk = begin(log)
    before = said(log, walk)
    assert walk.remark(kind, text, about) == why
    assert (said(log, walk), list(log.remarks.all())) == (before, [])


def test_feedback_needs_no_words(log: LocalLog) -> None:
    assert begin(log).remark("feedback", "", "outdated") == Remarked()


def test_a_remark_that_could_not_be_stored_is_none(log: LocalLog, disk: FailingDisk) -> None:
    walk = begin(log)
    before = said(log, walk)
    disk.refused = {"write"}
    refused = walk.remark("note", "Hello")
    assert isinstance(refused, str)
    assert refused.startswith("not saved, so nothing has moved: cannot write ")
    disk.refused = set()
    assert (said(log, walk), list(log.remarks.all())) == (before, [])


def test_a_remark_of_which_the_log_cannot_tell_is_taken_back(
    log: LocalLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopguide.log.faults import LogError

    walk = begin(log)

    def full(*_: object) -> None:
        raise LogError("the disk is full")

    monkeypatch.setattr(walk._recorder, "append", full)
    assert "the disk is full" in str(walk.remark("feedback", "Hello", "wrong"))
    assert list(log.remarks.all()) == []


def test_a_damaged_remark_is_reported_and_the_others_are_read(
    log: LocalLog, tmp_path: Path
) -> None:
    walk = begin(log)
    for text in ("one", "two", "three"):
        walk.remark("note", text)
    first, second, _ = sorted(tmp_path.glob("remarks/*/*.json"))
    first.write_text("{")
    second.write_text('{"text": 3}')
    assert [remark.text for remark in log.remarks.all("note")] == ["three"]
    assert [str(damage).partition(":")[0] for damage in log.damages()] == [str(first), str(second)]
    assert log.damages() == []


def test_a_remark_reads_back_as_it_was_written() -> None:
    fields = dict.fromkeys(("id", "walk", "kind", "step", "part", "sop", "version", "hash"), "x")
    texts = dict.fromkeys(("owner", "agent", "vendor", "mode", "text"), "y")
    remark = Remark(**fields, **texts, about=None, at=7, removed=("e-mail",))
    assert remark_from_json(remark.to_json()) == remark
    for broken in ({"at": "now"}, {"text": 3}, {"more": 1}):
        with pytest.raises(ValueError, match="no remark"):
            remark_from_json({**remark.to_json(), **broken})


# A process that is killed

KILLED = """
import os, signal, sys
from pathlib import Path
from sopguide.log.local import LocalLog
from tests.log.test_logged_walk import begin
walk = begin(LocalLog(Path(sys.argv[1])))
assert walk.answer("yes") is None
assert walk.remark("note", "Told by ana@example.com") is not None
assert walk.overrule("over", "sop-wrong") is None
if sys.argv[2] == "undone":
    assert walk.undo() is None
print(walk.id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("what", "stands"), [("done", "ended"), ("undone", "ask")])
def test_nothing_acknowledged_is_lost_with_a_killed_process(
    tmp_path: Path, what: str, stands: str
) -> None:
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), what],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with LocalLog(tmp_path) as log:
        walk = resume(log, killed.stdout.strip())
        assert walk.view().status == stands
        assert [note.text for note in walk.remarks()] == ["Told by [e-mail]"]
        assert (walk.redo() is None) is (what == "undone")
        assert walk.view().overruled == "sop-wrong"
        assert log.damages() == []
