"""`sopguide log`: what a lead reads, from walks of a small library with a clock set by hand."""

# ruff: noqa: RUF001  (dashes and arrows are tested as they are shown)

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.walk.events import Moment
from sopguide.walk.outcome import Applied
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import read_ticket
from tests.building import library
from tests.locked_out import FILES
from tests.log.making import FORM, HEADER, answered, begun, ended, walk_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

NOON = 1_795_348_800_000  # 2026-11-22 12:00:00 UTC
ANN, BOB = Identity("ann"), Identity("bob", "acme-bpo")


class Desk:
    """Walks account/locked; time passes only when told."""

    def __init__(self, data: Path) -> None:
        self.log = LocalLog(data)
        self.now = 0
        self._library = library(FILES)

    def clock(self) -> Moment:
        return Moment(NOON + self.now, self.now)

    def begin(self, facts: dict[str, Any], who: Identity = ANN, mode: str = "live") -> LoggedWalk:
        form_hash = self._library.sops["account/locked"].hash
        assert form_hash is not None
        procedure = Procedure(self._library.form("account/locked"), form_hash)
        ticket = {"id": "T-1", "channel": "email", "facts": facts}
        return LoggedWalk.begin(
            self.log,
            procedure,
            self._library.form_bytes("account/locked"),
            read_ticket(ticket, procedure),
            ticket,
            who,
            mode=mode,
            now=datetime(2026, 11, 22, 12, tzinfo=UTC),
            clock=self.clock,
        )

    def answer(self, walk: LoggedWalk, *choices: Any) -> None:
        for choice in choices:
            self.now += 20_000
            assert walk.answer(choice) is None

    def finish(self, walk: LoggedWalk) -> None:
        self.now += 10_000
        assert walk.finish() is None


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLUMNS", "80")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def desk(data: Path) -> Desk:
    return Desk(data)


def log(*arguments: str, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["log", *arguments])
    assert result.exit_code == code, result.output
    return result


def refused_walk(desk: Desk, who: Identity = ANN, mode: str = "live") -> LoggedWalk:
    """Locked out, without a proof."""
    walk = desk.begin({"age": 24, "amount": 10}, who, mode)
    desk.answer(walk, "no", "none")
    desk.finish(walk)
    return walk


def test_an_empty_log_says_so(data: Path) -> None:
    for arguments in (["list"], ["list", "--unfinished"], ["summary"]):
        result = log(*arguments)
        assert result.stdout == ""
        assert result.stderr == "no such walks in the log\n"


def test_lists_the_newest_walks_first(desk: Desk) -> None:
    first = refused_walk(desk)
    desk.now += 3_600_000
    second = desk.begin({"age": 12}, BOB, "drill")
    desk.now += 3_600_000
    third = desk.begin({})
    assert third.abandon("wrong_sop") is None
    fourth = desk.begin({"age": 30})
    desk.answer(fourth, "yes")
    assert fourth.suspend() is None
    year = datetime.now(UTC).year
    when = "22 Nov 14:00" if year == 2026 else "22 Nov 2026"
    lines = log("list").stdout.splitlines()
    assert lines[0].split() == ["walk", "started", "time", "SOP", "outcome", "agent"]
    assert [line[:13] for line in lines[1:]] == [
        walk.id[:13] for walk in (fourth, third, second, first)
    ]
    assert lines[1] == f"{fourth.id[:13]}  {when}  0:20  account/locked  unfinished          ann"
    assert lines[3].split()[-3:] == ["unfinished", "(drill)", "bob"]
    assert lines[4].split()[-4:] == ["0:50", "account/locked", "rejected", "ann"]
    assert all(len(line) <= 80 for line in lines)


def test_walks_of_other_years_show_the_year(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.now -= 366 * 86_400_000
    refused_walk(desk)
    assert " 21 Nov 2025 " in log("list").stdout


def test_filters_the_list(desk: Desk) -> None:
    refused_walk(desk)
    desk.now += 2 * 86_400_000
    late = desk.begin({}, mode="drill")

    def found(*arguments: str) -> int:
        return len(log("list", *arguments).stdout.splitlines()[1:])

    assert found() == 2
    assert found("--limit", "1") == 1
    assert found("--limit", "0") == 2
    assert found("--unfinished") == 1
    assert found("--mode", "drill") == 1
    assert found("--sop", "account/locked") == 2
    assert found("--sop", "account/other") == 0
    assert found("--since", "2026-11-23") == 1
    assert found("--since", "2026-11-22T11:59") == 2
    assert found("--since", "9999d") == 2
    assert found("--since", "5min") in (0, 1, 2)
    assert late.suspend() is None


@pytest.mark.parametrize("text", ["soon", "7", "7y", "2026-13-01", "0000-01-01", ""])
def test_a_time_that_is_none_is_refused(data: Path, text: str) -> None:
    result = log("list", "--since", text, code=Exit.USAGE)
    assert f"--since is no date and no span: `{text}`" in result.stderr
    assert "help: write a date as 2026-11-01" in result.stderr


def test_the_list_is_json_lines_for_scripts(desk: Desk) -> None:
    walk = refused_walk(desk)
    [found] = map(json.loads, log("list", "--json").stdout.splitlines())
    assert found["walk"] == walk.id
    assert found["outcome"]["label"] == "account/refused"
    assert (found["time_s"], found["status"], found["agent"]) == (50.0, "completed", "ann")
    assert "T-1" not in json.dumps(found)


def test_shows_each_step_as_the_agent_saw_it(desk: Desk) -> None:
    walk = desk.begin({"age": 24})
    desk.answer(walk, "no")
    assert walk.help_opened() is None
    desk.now += 5_000
    assert walk.back() is None
    desk.answer(walk, "no", "receipt", "done", "12.50")
    desk.finish(walk)
    assert (
        log("show", walk.id[:18]).stdout
        == f"""\
  walk        {walk.id}
  SOP         account/locked 1.0.0
  agent       ann · live · in-house · email · en
  started     2026-11-22 12:00:00 +0000, 1:55 at work
  outcome     completed: resolved · macro welcome-back · label account/recovered

   0:00  walk.started: age = 24, today 2026-11-22
   0:20  reach
         Can they sign in anywhere?
           yes
         ▸ Nowhere
         (ann, after 0:20)

   0:20  help.opened: step identity/verify.which
   0:25  ← back to reach from identity/verify.which, after 0:05
   0:45  reach
         Can they sign in anywhere?
           yes
         ▸ Nowhere
         (ann, after 0:20)

   1:05  identity/verify.which
         Which proof can they give?
         ▸ receipt
           none
         (ann, after 0:20)

   1:25  tell
         Send the link.
         ▸ Done
         (ann, after 0:20)

   1:45  route (amount)
         How much was paid?
         ▸ 12.50 (ann, after 0:20)

   1:45  outcome.recommended: resolved · macro welcome-back · label
         account/recovered
   1:55  outcome.applied: resolved · macro welcome-back · label
         account/recovered
   1:55  walk.completed
"""
    )


def test_answers_that_were_kept_or_came_by_themselves_say_so(desk: Desk) -> None:
    walk = desk.begin({"age": 24, "amount": 10})
    desk.answer(walk, "no", "receipt")
    assert walk.back(0) is None
    desk.answer(walk, "no")
    shown = log("show", walk.id).stdout
    assert "identity/verify.which = receipt  (kept)" in shown
    assert "outcome     unfinished\n" in shown
    assert shown.endswith(
        "   1:00  tell\n         Send the link.\n           Done\n         … not answered yet\n\n"
    )


def test_a_walk_is_json_for_scripts(desk: Desk) -> None:
    walk = refused_walk(desk)
    found = json.loads(log("show", walk.id, "--json").stdout)
    entries = found["entries"]
    assert found["walk"] == walk.id
    assert [entry["type"] for entry in entries] == [
        "walk.started",
        "step.answered",
        "step.answered",
        "outcome.recommended",
        "outcome.applied",
        "walk.completed",
    ]
    assert entries[1]["shown"] == {
        "kind": "ask",
        "step": "reach",
        "text": "Can they sign in anywhere?",
        "help": "",
        "because": ["CG-1"],
        "choices": [{"id": "yes", "label": "yes"}, {"id": "no", "label": "Nowhere"}],
        "check": [],
        "suggested": None,
    }
    assert (entries[1]["answer"], entries[1]["dwell_s"]) == ("no", 20.0)
    assert (entries[1]["agent"], entries[1]["by"]) == ("ann", "agent")


def test_an_overridden_outcome_is_shown_beside_the_recommended_one(desk: Desk) -> None:
    walk = desk.begin({"age": 24, "amount": 10})
    desk.answer(walk, "no", "none")
    other = {"end": "escalated", "macro": "none", "label": "account/senior", "reason": "policy"}
    assert walk.note("outcome.overridden", other) is None
    desk.finish(walk)
    shown = " ".join(log("show", walk.id).stdout.split())
    assert (
        "completed: escalated · macro none · label account/senior (overridden for policy, "
        "recommended was: "
        "rejected · macro not-shown · label account/refused)"
    ) in shown


def test_an_outcome_chosen_by_the_agent_is_told_with_what_was_undone(desk: Desk) -> None:
    walk = desk.begin({"age": 24, "amount": 10})
    desk.answer(walk, "no")
    [hand_off] = [each.id for each in walk.offered() if each.to]
    assert [walk.overrule(hand_off, "context"), walk.undo(), walk.redo()] == [None] * 3
    assert walk.finish(Applied("es", edited=True, filled=("order",))) is None
    shown = log("show", walk.id).stdout
    assert " ".join(shown.split("\n\n")[0].split("outcome ")[1].split()) == (
        "completed: escalated · macro none · label account/senior · to seniors within 4h "
        "(overridden for context, recommended was: nothing yet)"
    )
    lines = [" ".join(text.split()) for text in shown.splitlines()]
    assert "0:20 ↶ undone, at identity/verify.which from identity/verify.which, after 0:00" in lines
    assert (
        "0:20 ↷ done again, at identity/verify.which from identity/verify.which, after 0:00"
        in lines
    )
    assert (
        "escalated · macro none · label account/senior · to seniors within 4h, reason context"
        in (" ".join(" ".join(lines).split()))
    )
    assert "locale es, edited True, filled order" in " ".join(lines)
    summed = " ".join(log("summary").stdout.split())
    assert "overrides 1 of 1 (100%, 21–100%) other than recommended: context 1" in summed
    [found] = json.loads(log("summary", "--json").stdout)["summaries"]
    assert found["override_reasons"] == {"context": 1}
    assert found["paths"][0]["path"] == ["reach=no", "identity/verify.which"]


def test_what_was_noted_is_told_where_it_was_noted(desk: Desk, data: Path) -> None:
    walk = desk.begin({"age": 24})
    walk.remark("note", "She called on +49 30 1234567\nand waits")
    walk.remark("feedback", "", "outdated")
    walk.remark("note", "removed later")
    [gone] = [each for each in (data / "remarks").glob("*/*") if "later" in each.read_text()]
    gone.unlink()
    assert walk.overrule("senior", "context") is None
    walk.suspend()
    shown = log("show", walk.id).stdout
    told = shown[shown.index("   0:00  note.added") :]
    removed = json.loads(log("show", walk.id, "--json").stdout)["entries"][3]
    assert told.splitlines()[:5] == [
        "   0:00  note.added: step reach",
        "         She called on [phone]",
        "         and waits",
        "   0:00  feedback.given: step reach, about outdated",
        f"   0:00  note.added: step reach, remark {removed['remark']}",
    ]
    assert "text" not in removed
    assert "unfinished, chosen: escalated · macro none" in " ".join(shown.split())


def test_a_walk_is_found_by_the_beginning_of_its_id(desk: Desk) -> None:
    one, two = refused_walk(desk), refused_walk(desk)
    assert one.id in log("show", one.id[:-1]).stdout
    ambiguous = log("show", one.id[:4], code=Exit.USAGE)
    assert f"2 walks' ids begin with `{one.id[:4]}`" in ambiguous.stderr
    assert one.id in ambiguous.stderr
    assert two.id in ambiguous.stderr
    for name in ("nothing", "", "../x", "\x1b[2J"):
        missing = log("show", name, code=Exit.USAGE)
        assert "no walk's id begins with" in missing.stderr
        assert "\x1b" not in missing.stderr


def test_without_the_form_steps_are_told_by_their_ids(desk: Desk, data: Path) -> None:
    walk = refused_walk(desk)
    [form] = (data / "forms").iterdir()
    form.write_bytes(b"{}")
    result = log("show", walk.id)
    assert "   0:20  reach = no  (by ann)\n" in result.stdout
    assert "told by their ids: the compiled form of that day cannot be read" in result.stderr


def test_records_that_do_not_fit_the_form_are_told_by_their_ids(desk: Desk, data: Path) -> None:
    walk = refused_walk(desk)
    [file] = (data / "walks").rglob("*.json")
    file.write_bytes(file.read_bytes().replace(b'"answer":"none"', b'"answer":"no-such"'))
    result = log("show", walk.id, code=Exit.FINDINGS)
    assert "identity/verify.which = no-such  (by ann)" in result.stdout
    assert "the records do not fit the compiled form" in result.stderr
    assert f"{file}: is damaged (it was changed since it was written)" in result.stderr


def test_escapes_in_the_log_reach_no_terminal(desk: Desk, data: Path) -> None:
    walk = refused_walk(desk, Identity("an\x1b[31mn", "acme\u202e"))
    for arguments in (["list"], ["show", walk.id], ["summary"], ["list", "--json"]):
        text = log(*arguments).stdout
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_sums_up_by_sop(desk: Desk) -> None:
    refused_walk(desk)
    refused_walk(desk, BOB)
    walk = desk.begin({"age": 24, "amount": 10})
    desk.answer(walk, "no", "receipt")
    assert walk.back() is None
    desk.answer(walk, "receipt", "done")
    desk.finish(walk)
    refused_walk(desk, mode="drill")
    text = log("summary").stdout
    live, drill = text.split("\n\n")[:2]
    assert (
        live
        == """\
account/locked · version 1.0.0
  walks       3 walks by 2 agents: 3 completed, 0 abandoned, 0 unfinished
  outcomes    2 of 3 (67%, 21–94%)  rejected · account/refused · not-shown
              1 of 3 (33%, 6–79%)   resolved · account/recovered · welcome-back
  overrides   0 of 3 (0%, 0–56%) other than recommended
  back-steps  in 1 of 3 (33%, 6–79%) completed walks; 12.5 per 100 answers
  walk time   median 0:50, p90 1:22 at work (not AHT)
  paths       2  67%  0:50  reach=no › identity/verify.which=none › refuse
              1  33%  1:30  reach=no › identity/verify.which=receipt › tell ›
                            recovered
  slowest     step                   median   p90  answered  back  help
              identity/verify.which    0:20  0:20         4     0  0
              reach                    0:20  0:20         3     0  0
              tell                     0:10  0:18         1     1  0
  teams       acme-bpo  1 of 1 completed  0 overridden  0 went back  median 0:50
              in-house  2 of 2 completed  0 overridden  1 went back  median 1:10"""
    )
    assert drill.startswith("account/locked · drill · version 1.0.0\n")
    assert "teams" not in drill


def test_a_summary_of_unfinished_walks_has_no_times(desk: Desk) -> None:
    walk = desk.begin({})
    text = log("summary").stdout
    assert "0 completed, 0 abandoned, 1 unfinished" in text
    assert "walk time   nothing completed yet" in text
    assert "overrides   – of 0" in text
    assert walk.suspend() is None


def test_many_paths_are_cut_short(data: Path) -> None:
    with LocalLog(data) as open_log:
        for number in range(8):
            recorder = open_log.begin(walk_id(number), HEADER, FORM, {})
            recorder.append(begun())
            recorder.append(answered("reach", f"answer-{number}", "refuse", 20))
            recorder.close(ended(60))
    text = log("summary").stdout
    assert text.count("› refuse") == 5
    assert "… and 3 paths more" in text
    [summary] = json.loads(log("summary", "--json").stdout)["summaries"]
    assert len(summary["paths"]) == 5
    assert summary["more_paths"] == 3


def test_damage_is_told_with_its_place_and_the_rest_is_shown(desk: Desk, data: Path) -> None:
    walk = refused_walk(desk)
    (data / "walks" / "2026-11" / "21-001.json").write_bytes(b"{")
    result = log("list", code=Exit.FINDINGS)
    assert walk.id[:13] in result.stdout
    assert "21-001.json: is damaged" in result.stderr
    assert "sopguide log rebuild" in result.stderr


def test_a_step_that_was_cut_off_is_mentioned_but_is_no_finding(desk: Desk, data: Path) -> None:
    desk.begin({}).suspend()
    desk.log.close()
    [journal] = (data / "journals").glob("*.jsonl")
    journal.write_bytes(journal.read_bytes()[:-3])
    assert "never acknowledged" in log("list").stderr


def test_rebuilding_makes_the_files_good_again(desk: Desk, data: Path) -> None:
    refused_walk(desk)
    refused_walk(desk)
    before = log("list", "--json").stdout
    [file] = (data / "walks").rglob("*.json")
    file.write_bytes(b"{}}")
    result = log("rebuild", code=Exit.FINDINGS)
    assert "2 finished walks made anew" in result.stderr
    assert log("list", "--json").stdout == before


def test_a_data_folder_that_cannot_be_used_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = log("list", "--data", str(tmp_path / "file" / "data"), code=Exit.ENVIRONMENT)
    assert "cannot make the folder" in result.stderr


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["summary"], ["rebuild"]])
def test_help_has_examples(command: list[str]) -> None:
    assert "sopguide log " in log(*command, "--help").stdout.partition("Example")[2]


def test_a_missed_time_limit_is_told_and_counted(desk: Desk) -> None:
    walk = desk.begin({})
    late = {"clock": "intimate-image", "due": "2026-11-22T12:00+00:00"}
    assert walk.note("clock.missed", late) is None
    assert walk.suspend() is None

    shown = log("show", walk.id).stdout
    assert "clock.missed: clock intimate-image, due 2026-11-22T12:00+00:00\n" in shown
    assert "  clocks      missed in 1 of 1 (100%, 21–100%): intimate-image 1\n" in (
        log("summary").stdout
    )
