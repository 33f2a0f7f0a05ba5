"""`sopguide walk` as an agent starts it: in lines, and in a real terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.cli.plain_desk import PlainDesk
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
    result = walk("a/good", "--plain", "--ticket", "T-1", typed="1\n24\n\n")
    assert result.exit_code == Exit.OK
    assert "Outcome: resolved" in result.stdout
    assert result.stderr == ""
    assert "a/good" in logged()


def test_facts_given_answer_for_themselves(place: Path) -> None:
    result = walk("a/good", "--plain", "--fact", "age=24", "--fact", "country=DE", typed="yes\n\n")
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
    assert "Reply (de):\nHallo" in result.stdout
    wrong = walk("a/good", "--plain", "--locale", "fr")
    assert wrong.exit_code == Exit.USAGE
    assert "this library has en, de, not `fr`" in wrong.stderr


def test_the_end_of_the_input_keeps_the_walk(place: Path) -> None:
    result = walk("a/good", "--plain", typed="yes\n")
    assert result.exit_code == Exit.OK
    assert "The walk is kept" in result.stderr
    assert "a/good" in logged()


def test_chooses_by_words_and_goes_on_to_the_next_ticket(place: Path) -> None:
    result = walk("--plain", typed="zebra\ngood\n1\nno\n\na/good\nno\n\nbad\n1\nquit\n")
    assert result.exit_code == Exit.OK
    assert "No SOP fits" in result.stdout
    assert result.stdout.count("Outcome: resolved") == 2
    assert "a/bad cannot be walked" in result.stdout
    assert "(has errors)" in result.stdout
    assert "a/draft" not in result.stdout


def test_leaving_a_walk_leaves_the_program(place: Path) -> None:
    assert "Outcome" not in walk("--plain", typed="a/good\nquit\na/good\nno\n\n").stdout


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
    [("{", "is no JSON"), ("[1]", "holds no JSON object"), ("\udcff", "is no JSON")],
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


def worked(desk: FakeDesk, *typed: str, sop: str | None = None) -> str:
    lines, said = iter(typed), list[str]()

    def ask(prompt: str) -> str | None:
        said.append(prompt)
        return next(lines, None)

    PlainDesk(desk, ask, said.append).work(sop, {}, resume=True)
    return "\n".join(said)


def test_unfinished_walks_are_offered_to_a_person() -> None:
    desk = FakeDesk(FakeWalk(PROOF), parked=(make_parked("w1"), make_parked("w2", None)))
    said = worked(desk, "7", "2", "quit")
    assert "  1  T-1, account/hacked 3.1.0, at proof, begun 2026-11-22 09:00" in said
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


def test_interrupting_keeps_the_walk() -> None:
    walk = FakeWalk(PROOF)

    def interrupt(_: str) -> str | None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        PlainDesk(FakeDesk(walk), interrupt, lambda _: None).work("a", {}, resume=True)
    assert walk.calls == ["suspend"]


# In a real terminal

ROOT = Path(__file__).parents[2]
WALK = [sys.executable, "-m", "sopguide", "walk"]


def test_a_walk_is_keyed_to_its_end_in_a_terminal(place: Path) -> None:
    with Terminal([*WALK, "a/good", "--ticket", "T-7"]) as terminal:
        terminal.wait_for("First question?")
        terminal.press("1")
        terminal.wait_for("How old?")
        terminal.press("24\r")
        terminal.wait_for("✓ resolved")
        terminal.settle()
        terminal.press("\r")
        terminal.wait_for("Which procedure does the ticket need?")
        terminal.press("\x11")
        assert terminal.wait() == Exit.OK
    assert "resolved" in logged()


def test_a_killed_walk_is_offered_again_and_goes_on(place: Path) -> None:
    with Terminal([*WALK, "a/good", "--ticket", "T-7"]) as terminal:
        terminal.wait_for("First question?")
        terminal.press("1")
        terminal.wait_for("How old?")
    with Terminal(WALK) as terminal:
        terminal.wait_for("T-7 · a/good 1.0.0")
        terminal.press("\r")
        assert "first: yes" in terminal.wait_for("How old?")
        terminal.press("\x11")
        assert terminal.wait() == Exit.OK
        assert "is kept and offered at the next start" in terminal.text


def test_in_lines_a_person_is_offered_unfinished_walks(place: Path) -> None:
    walk("a/good", "--plain", "--ticket", "T-8", typed="yes\n")
    with Terminal([*WALK, "--plain"]) as terminal:
        terminal.wait_for("number to resume")
        terminal.press("1\r")
        terminal.wait_for("How old?")
        terminal.press("\x03")
        assert terminal.wait() == Exit.INTERRUPTED
        assert "The walk is kept" in terminal.text


def test_a_terminal_that_cannot_draw_is_told_to_use_lines(place: Path) -> None:
    with Terminal([*WALK, "a/good"], env={"TERM": "dumb"}) as terminal:
        assert terminal.wait() == Exit.ENVIRONMENT
        assert "use --plain" in terminal.text


def test_a_fault_of_the_desk_is_not_taken_for_a_finding(place: Path) -> None:
    script = place / "fault.py"
    script.write_text(
        "from sopguide.tui.app import DeskApp\n"
        "def fail(app):\n"
        "    raise RuntimeError('a bug')\n"
        "DeskApp.on_ready = fail\n"
        "from sopguide.cli.main import program\n"
        "program(['walk', 'a/good'])\n"
    )
    with Terminal([sys.executable, str(script)], env={"PYTHONPATH": str(ROOT)}) as terminal:
        assert terminal.wait() == Exit.INTERNAL
    assert "a/good" in logged()


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
