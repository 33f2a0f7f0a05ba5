"""`sopguide walk` as an agent starts it: in lines, and in a real terminal."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.cli.plain_desk import PlainDesk
from sopguide.desk.intake import Intake
from sopguide.desk.queue import Queue, Waiting
from tests.terminal import Terminal
from tests.tui.fakes import ENDED, PROOF, FakeDesk, FakeWalk, make_offer, make_parked

HEAD = "version: 1.0.0\nstatus: {status}\nowner: o\nabout: About it.\nstart: first\n"
STEPS = """\
steps:
  first: {ask: First question?, answers: {yes: second, no: out}}
  second: {fact: age, go: out}
  out: {end: resolved, macro: done, label: done}
"""
FILES = {
    "library.yaml": (
        "name: Test\nlocales: [en, de]\nfacts:\n"
        "  age: {type: integer, min: 0, ask: How old?, from: ticket.age}\n"
        "  country: {type: choice, values: [DE, US], ask: Where?}\n"
        "  old: {type: integer, is: age + 1}\n"
    ),
    "macros/m.yaml": (
        "done: {title: Done, status: live, body: {en: 'Hi {{ ticket.name }}', de: Hallo}}\n"
    ),
    "labels.yaml": "done: {title: Done, macros: [done]}\n",
    "sops/a/good.yaml": "title: Good one\n" + HEAD.format(status="live") + STEPS,
    "sops/a/draft.yaml": "title: Draft one\n" + HEAD.format(status="draft") + STEPS,
    "sops/a/bad.yaml": "title: Bad one\n"
    + HEAD.format(status="live")
    + STEPS.replace("second:", "x:"),
    "sops/a/part.yaml": (
        "title: Part\n" + HEAD.format(status="live") + "steps:\n  first: {return: done}\n"
    ),
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return at_a_place(tmp_path, monkeypatch)


def at_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a library of its own, and its own data."""
    for name, text in FILES.items():
        file = tmp_path / "trees" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.setenv("SOPGUIDE_TREES", str(tmp_path / "trees"))
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    return tmp_path


def walk(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(program, ["walk", *words], input=typed)


def logged(*words: str) -> str:
    result = CliRunner().invoke(program, ["log", "list", *words])
    assert result.exit_code == Exit.OK, result.output
    return result.output


# In lines


def test_walks_in_lines_to_the_end_and_logs_it(place: Path) -> None:
    result = walk("a/good", "--plain", "--ticket", "T-1", typed="1\n24\ndone\n")
    assert result.exit_code == Exit.OK
    assert "Outcome: resolved" in result.stdout
    assert result.stderr == ""
    assert "a/good" in logged()


def test_facts_given_answer_for_themselves(place: Path) -> None:
    result = walk(
        "a/good", "--plain", "--fact", "age=24", "--fact", "country=DE", typed="yes\ndone\n"
    )
    assert "Known from the ticket: age 24" in result.stdout
    assert "second: 24 (by ticket)" in result.stdout
    assert "Outcome: resolved" in result.stdout


def test_a_ticket_file_fills_facts_and_placeholders(place: Path) -> None:
    ticket = place / "ticket.json"
    ticket.write_text('{"id": "T-9", "age": 30, "name": "Ana", "facts": {"country": "US"}}')
    result = walk(
        "a/good", "--plain", "--ticket-file", str(ticket), "--fact", "country=DE", typed="1\n\n"
    )
    assert "second: 30 (by ticket)" in result.stdout
    assert "Hi Ana" in result.stdout


def test_the_reply_begins_in_the_language_asked_for(place: Path) -> None:
    result = walk("a/good", "--plain", "--locale", "de", typed="no\n\n")
    said = "Reply (de):\nThe ticket names no language; in another: macro en\nHallo"
    assert said in result.stdout
    wrong = walk("a/good", "--plain", "--locale", "fr")
    assert wrong.exit_code == Exit.USAGE
    assert "this library has en, de, not `fr`" in wrong.stderr


def in_spanish(place: Path) -> None:
    file = place / "trees/locale/es/LC_MESSAGES/a.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "First question?"\nmsgstr "¿Primera pregunta?"\n', "utf-8")


def test_an_sop_is_read_in_the_language_asked_for(place: Path) -> None:
    in_spanish(place)
    shown = walk("a/good", "--plain", "--language", "es", typed="yes\n").stdout

    assert "¿Primera pregunta?" in shown
    assert "(en) How old?" in shown
    wrong = walk("a/good", "--plain", "--language", "fr")
    assert wrong.exit_code == Exit.USAGE
    assert "--language: there is de, en, es, not `fr`" in wrong.stderr


def test_the_settings_name_the_language_and_else_the_system_does(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_spanish(place)
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    assert "¿Primera pregunta?" in walk("a/good", "--plain", typed="yes\n").stdout

    (place / "config.toml").write_text('language = "en"\n')
    monkeypatch.setenv("SOPGUIDE_CONFIG", str(place / "config.toml"))
    assert "First question?" in walk("a/good", "--plain", typed="yes\n").stdout


def test_a_language_in_the_settings_that_there_is_not_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "config.toml").write_text('language = "xx"\n')
    monkeypatch.setenv("SOPGUIDE_CONFIG", str(place / "config.toml"))
    found = walk("a/good", "--plain", typed="yes\n")
    assert "First question?" in found.stdout
    assert "config.toml: `xx` is no language: there is de, en, es" in found.stderr


def test_the_end_of_the_input_keeps_the_walk(place: Path) -> None:
    result = walk("a/good", "--plain", typed="yes\n")
    assert result.exit_code == Exit.OK
    assert "The walk is kept" in result.stderr
    assert "a/good" in logged()


def test_chooses_by_words_and_goes_on_to_the_next_ticket(place: Path) -> None:
    result = walk("--plain", typed="zebra\ngood\n1\nno\ndone\na/good\nno\ndone\nbad\n1\nquit\n")
    assert result.exit_code == Exit.OK
    assert "No SOP fits" in result.stdout
    assert result.stdout.count("Outcome: resolved") == 2
    assert "a/bad cannot be walked" in result.stdout
    assert "(has errors)" in result.stdout
    assert "a/draft" not in result.stdout


def test_leaving_a_walk_leaves_the_program(place: Path) -> None:
    assert "Outcome" not in walk("--plain", typed="a/good\nquit\na/good\nno\ndone\n").stdout


def test_the_end_of_the_input_ends_the_choice(place: Path) -> None:
    assert walk("--plain").exit_code == Exit.OK


# What can be typed wrong


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["a/god"], Exit.USAGE, "did you mean `a/good`?"),
        (["a/draft", "--plain"], Exit.USAGE, "`a/draft` is not live: its status is `draft`"),
        (["a/part", "--plain"], Exit.USAGE, "`a/part` is a part of other SOPs"),
        (["a/bad", "--plain"], Exit.FINDINGS, "`a/bad` has errors, so it is not walked"),
        (["a/good", "--fact", "age"], Exit.USAGE, "write NAME=VALUE"),
        (["a/good", "--fact", "age=old"], Exit.USAGE, "--fact age: `old` does not fit `age`"),
        (["a/good", "--fact", "agee=1"], Exit.USAGE, "did you mean `age`?"),
        (["--fact", "contry=DE"], Exit.USAGE, "did you mean `country`?"),
        (["a/good", "--fact", "old=1"], Exit.USAGE, "`old` is worked out, so it cannot be given"),
        (["a/good"], Exit.USAGE, "use --plain in pipes and scripts"),
    ],
)
def test_says_what_is_wrong_with_what_was_typed(
    place: Path, words: list[str], code: Exit, said: str
) -> None:
    result = walk(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_an_sop_with_errors_shows_them(place: Path) -> None:
    assert "sops/a/bad.yaml:" in walk("a/bad").stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "is no JSON"), ("[1]", "it is no JSON object; expected"), ("\udcff", "is no UTF-8")],
)
def test_a_ticket_file_that_is_none(place: Path, text: str, said: str) -> None:
    file = place / "ticket.json"
    file.write_text(text, errors="surrogateescape")
    result = walk("a/good", "--plain", "--ticket-file", str(file))
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr


def test_a_data_folder_that_cannot_be_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPGUIDE_DATA", "/dev/null/data")
    result = walk("a/good", "--plain", typed="1\n")
    assert result.exit_code == Exit.ENVIRONMENT
    assert result.stdout == ""


# The desk in lines, with somebody at it


def worked(desk: FakeDesk, *typed: str, sop: str | None = None, queue: Queue | None = None) -> str:
    lines, said = iter(typed), list[str]()

    def ask(prompt: str) -> str | None:
        said.append(prompt)
        return next(lines, None)

    PlainDesk(desk, ask, said.append).work(Intake(desk, sop, queue=queue), resume=True)
    return "\n".join(said)


def test_unfinished_walks_are_offered_to_a_person() -> None:
    desk = FakeDesk(FakeWalk(PROOF), parked=(make_parked("w1"), make_parked("w2", None)))
    said = worked(desk, "7", "2", "quit")
    assert "  1  T-1, account/hacked 3.1.0, Account taken over, at proof, left, 2 h 13 min" in said
    assert "Type a number of 1 to 2, or press Enter" in said
    assert desk.calls == [("resume", "w2")]


def test_unfinished_walks_are_given_up_or_left() -> None:
    desk = FakeDesk(FakeWalk(ENDED), parked=(make_parked("w1"),))
    said = worked(desk, "give up 1", "", "", sop="account/hacked")
    assert "Given up." in said
    assert desk.kept == []
    assert desk.calls == [("open", "account/hacked", {})]


def test_a_walk_that_cannot_go_on_says_why() -> None:
    desk = FakeDesk("it is walked elsewhere", parked=(make_parked("w1"),))
    assert "it is walked elsewhere" in worked(desk, "1", "")


def test_a_long_list_says_how_to_shorten_it() -> None:
    offers = tuple(make_offer(f"a/sop-{n}", f"Title {n}") for n in range(12))
    assert "and 3 more: type words to find them" in worked(FakeDesk(offers=offers))


def test_a_queue_is_worked_in_lines_and_the_day_is_told() -> None:
    desk = FakeDesk(FakeWalk(ENDED), offers=(make_offer("a/b", "Coins"), make_offer("a/c", "Hats")))
    queue = Queue(
        [
            Waiting("T-1", {"id": "T-1", "subject": "coins", "body": "my coins"}, "t:1"),
            Waiting("T-2", {"id": "T-2", "body": "zebra"}, "t:3"),
        ]
    )
    said = worked(
        desk,
        "later",
        "later",
        "ticket",
        "1",
        "done",
        "words",
        "hats",
        "1",
        "done",
        "1",
        queue=queue,
    )
    assert "Ticket T-1, 1 of 2\ncoins\nmy coins\nBy the words of the ticket" in said
    assert "  1  a/b  Coins (coins)" in said
    assert "3 done today, median 01:35, 0 parked\nTicket T-2, 2 of 2\nzebra" in said
    assert "No word of the ticket names an SOP" in said
    assert [call[1:] for call in desk.calls] == [
        ("a/b", {"id": "T-1", "subject": "coins", "body": "my coins"}),
        ("a/c", {"id": "T-2", "body": "zebra"}),
    ]


def test_a_ticket_is_pasted_in_lines() -> None:
    desk = FakeDesk(FakeWalk(ENDED), offers=(make_offer("a/b", "Coins"), make_offer("a/c", "Hats")))
    said = worked(desk, "paste", "help", "my HATS", ".", "1", "")
    assert "a line with only a full stop ends it" in said
    assert "  1  a/c  Hats (hats)" in said
    assert desk.calls == [("open", "a/c", {"subject": "help", "body": "my HATS"})]
    said = worked(desk, "paste", '{"id": ', ".", "parked", "later", "?")
    assert "This is no ticket: it is no JSON" in said
    assert "No walk is parked" in said
    assert "There is no other ticket in the queue" in said
    assert "  paste    type or paste the ticket's text; its words rank the SOPs" in said


def test_after_a_ticket_was_given_up_or_parked_the_next_is_taken() -> None:
    desk = FakeDesk(FakeWalk(PROOF), offers=(make_offer("a/b", "Coins"),))
    queue = Queue([Waiting(each, {"id": each}, each) for each in ("T-1", "T-2", "T-3")])
    said = worked(desk, "give up", "park 1", "quit", sop="a/b", queue=queue)
    assert [call[2]["id"] for call in desk.calls] == ["T-1", "T-2", "T-3"]
    assert "Ticket T-3, 3 of 3" in said


def test_a_parked_ticket_is_taken_up_from_the_choice() -> None:
    parked = (make_parked("w1", reason="waiting"), make_parked("w2", "T-2", reason="handover"))
    desk = FakeDesk(FakeWalk(PROOF), parked=parked, offers=(make_offer("a/b", "Coins"),))
    said = worked(desk, "parked", "parked 7", "parked 2", "quit")
    assert "  parked 2  T-2, account/hacked 3.1.0, Account taken over, at proof, hand-over" in said
    assert "No SOP fits `parked 7`" in said
    assert desk.calls == [("resume", "w2")]


def test_interrupting_keeps_the_walk() -> None:
    walk = FakeWalk(PROOF)

    def interrupt(_: str) -> str | None:
        raise KeyboardInterrupt

    desk = FakeDesk(walk)
    plain = PlainDesk(desk, interrupt, lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        plain.work(Intake(desk, "a"), resume=True)
    assert walk.calls == ["suspend"]


# A queue, and a ticket from a pipe

QUEUE = """\
{"id": "T-1", "subject": "a good one"}
nonsense
{"id": "T-2", "body": "also good", "facts": {"age": 30}}
{"id": "T-1", "body": "the same ticket"}
"""


@pytest.mark.usefixtures("time_stands_still")
def test_a_queue_goes_on_where_it_was_and_works_nothing_twice(place: Path) -> None:
    file = place / "tickets.jsonl"
    file.write_text(QUEUE)
    first = walk("--plain", "--queue", str(file), typed="1\nno\ndone\n1\nyes\n")
    assert first.exit_code == Exit.FINDINGS
    assert "passed over: tickets.jsonl:2: it is no JSON: Expecting value" in first.stderr
    assert "passed over: tickets.jsonl:4: ticket T-1 stands at tickets.jsonl:1" in first.stderr
    assert "Ticket T-1, 1 of 2" in first.stdout
    assert "1 done today, median 00:00, 0 parked\nTicket T-2, 2 of 2" in first.stdout
    assert "The walk is kept" in first.stderr  # the input ended in the middle of T-2
    again = walk("--plain", "--queue", str(file), typed="done\n")
    assert "T-1" not in again.stdout
    assert "Ticket T-2, 2 of 2\na/good 1.0.0: Good one" in again.stdout
    assert "Outcome: resolved" in again.stdout
    assert again.stdout.endswith("2 done today, median 00:00, 0 parked\nThe queue is worked off\n")
    over = walk("--plain", "--queue", str(file), typed="quit\n")
    assert "The queue is worked off" in over.stdout
    assert logged().count("resolved") == 2


def test_a_queue_of_a_folder_with_the_sop_named(place: Path) -> None:
    folder = place / "tickets"
    folder.mkdir()
    (folder / "1.json").write_text('{"id": "T-1"}')
    (folder / "2.txt").write_text("Hello\nhelp")
    result = walk("a/good", "--plain", "--queue", str(folder), typed="no\ndone\nno\ndone\n")
    assert result.exit_code == Exit.OK
    assert result.stdout.count("Outcome: resolved") == 2
    assert "Ticket #" in result.stdout  # an id of what it says


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--queue", "none.jsonl"], "does not exist"),
        (["--queue", "empty.jsonl"], "holds no ticket"),
        (["--queue", "empty.jsonl", "--ticket", "T-1"], "--queue brings its own tickets"),
    ],
)
def test_says_what_is_wrong_with_a_queue(
    place: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    (place / "empty.jsonl").write_text("\n")
    monkeypatch.chdir(place)
    result = walk("--plain", *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr


def test_a_ticket_of_plain_text_comes_from_a_pipe(place: Path) -> None:
    result = walk("a/good", "--plain", "--ticket-file", "-", typed="cant get in\nhelp me\n")
    assert result.exit_code == Exit.OK
    assert "First question?" in result.stdout
    with Terminal(
        ["sh", "-c", f"printf 'a good\\nticket' | {shlex.join(WALK)} --no-resume --ticket-file -"]
    ) as it:
        it.wait_for("▸ a/good")
        it.press("\x1b[B\x1b[A\r")
        it.wait_for("First question?")
        it.press("\x11")
        assert it.wait() == Exit.OK


# In a real terminal

ROOT = Path(__file__).parents[2]
WALK = [sys.executable, "-m", "sopguide", "walk"]


def test_the_first_screen_imports_no_compiler_and_no_database(place: Path) -> None:
    walk("a/good", "--plain", typed="quit\n")  # fills the cache
    script, report = place / "imports.py", place / "report"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from sopguide.tui.app import DeskApp\n"
        "def report(app):\n"
        "    slow = 'networkx pydantic yaml tinydb liquid rapidfuzz holidays'.split()\n"
        f"    Path({str(report)!r}).write_text(' '.join(n for n in slow if n in sys.modules))\n"
        "    app.exit()\n"
        "DeskApp.on_ready = report\n"
        "from sopguide.cli.main import program\n"
        "program(['walk', 'a/good', '--no-resume'])\n"
    )
    with Terminal([sys.executable, str(script)], env={"PYTHONPATH": str(ROOT)}) as terminal:
        assert terminal.wait() == Exit.OK
    assert report.read_text() == ""
