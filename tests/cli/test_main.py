"""How the program finds its commands, and how each kind of failure is told."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from sopguide.cli.exits import EnvironmentFault, Exit, UserError
from sopguide.cli.main import program
from sopguide.log.faults import LogError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


@pytest.fixture
def run_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], Result]:
    """Run `sopguide check` with another body."""

    def run(body: Callable[[], object]) -> Result:
        command = click.Command("check", callback=body)
        monkeypatch.setitem(sys.modules, "sopguide.cli.check", SimpleNamespace(command=command))
        return CliRunner().invoke(program, ["check"])

    return run


def failing(fault: BaseException) -> Callable[[], object]:
    def body() -> object:
        raise fault

    return body


def test_help_lists_every_command_and_imports_none() -> None:
    code = (
        "import sys; from sopguide.cli.main import program\n"
        "try: program(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "named = [name for name in sys.modules if name.startswith('sopguide.cli.')]\n"
        "assert sorted(named) == ['sopguide.cli.exits', 'sopguide.cli.groups', 'sopguide.cli.main'], named\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for command in ("walk", "check", "test", "resolve", "drill", "log"):
        assert f"\n  {command} " in done.stdout
    assert "sopguide walk account/underage --ticket" in done.stdout


def test_the_examples_stand_below_the_commands() -> None:
    shown = CliRunner().invoke(program, ["-h"])
    assert shown.exit_code == Exit.OK
    assert shown.stdout.index("Commands:") < shown.stdout.index("  sopguide drill --count 5")
    assert program.list_commands(click.Context(program))[0] == "walk"


def test_every_command_tells_what_it_does() -> None:
    for command in ("walk", "check", "test", "resolve", "drill", "log"):
        shown = CliRunner().invoke(program, [command, "--help"])
        assert shown.exit_code == Exit.OK, shown.output
        assert f"Usage: program {command}" in shown.output


def test_an_unknown_command_is_wrong_usage() -> None:
    result = CliRunner().invoke(program, ["chekc"])
    assert result.exit_code == Exit.USAGE
    assert "No such command 'chekc'" in result.stderr


def test_version_is_told_with_and_without_the_fast_path() -> None:
    slow = CliRunner().invoke(program, ["--version"])
    fast = subprocess.run(
        [sys.executable, "-m", "sopguide", "-V"], capture_output=True, text=True, check=True
    )
    assert slow.output == fast.stdout
    assert fast.stdout.startswith("sopguide ")


def test_a_command_says_how_it_ended(run_with: Callable[..., Result]) -> None:
    assert run_with(lambda: Exit.FINDINGS).exit_code == Exit.FINDINGS
    assert run_with(lambda: None).exit_code == Exit.OK
    assert run_with(lambda: click.get_current_context().exit(1)).exit_code == Exit.FINDINGS


def test_what_a_person_got_wrong_is_said_with_help(run_with: Callable[..., Result]) -> None:
    result = run_with(failing(UserError("no SOP is named `a\x1b[2J`", "did you mean `b`?")))
    assert result.exit_code == Exit.USAGE
    assert result.stderr == "sopguide: no SOP is named `a␛[2J`\n  help: did you mean `b`?\n"
    assert result.stdout == ""


def test_a_machine_in_the_way_is_another_code(run_with: Callable[..., Result]) -> None:
    result = run_with(failing(EnvironmentFault("the disk is full")))
    assert (result.exit_code, result.stderr) == (
        Exit.ENVIRONMENT,
        "sopguide: the disk is full\n",
    )


def test_a_fault_of_the_system_is_told_in_its_words(run_with: Callable[..., Result]) -> None:
    full = run_with(failing(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "walks.jsonl")))
    assert full.exit_code == Exit.ENVIRONMENT
    assert full.stderr == "sopguide: No space left on device: walks.jsonl\n"
    bare = run_with(failing(OSError("no such thing")))
    assert bare.stderr == "sopguide: no such thing\n"


def test_a_log_that_cannot_be_written_is_the_machines_fault(
    run_with: Callable[..., Result],
) -> None:
    result = run_with(failing(LogError("cannot write walks: the disk is full")))
    assert result.exit_code == Exit.ENVIRONMENT
    assert result.stderr == "sopguide: cannot write walks: the disk is full\n"


def test_a_fault_of_the_program_is_told_without_a_traceback(
    run_with: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = run_with(failing(ZeroDivisionError("by zero")))
    assert quiet.exit_code == Exit.INTERNAL
    assert "Traceback" not in quiet.stderr
    assert "ZeroDivisionError: by zero" in quiet.stderr
    assert "SOPGUIDE_DEBUG=1" in quiet.stderr
    monkeypatch.setenv("SOPGUIDE_DEBUG", "1")
    assert "Traceback" in run_with(failing(ZeroDivisionError("by zero"))).stderr


def test_ctrl_c_is_told_apart(run_with: Callable[..., Result]) -> None:
    result = run_with(failing(KeyboardInterrupt()))
    assert result.exit_code == Exit.INTERRUPTED
    assert "Traceback" not in result.stderr


def test_ctrl_c_is_told_apart_where_python_made_another_fault_of_it(
    run_with: Callable[..., Result],
) -> None:
    fault = RuntimeError("Error calling __set_name__")
    fault.__cause__ = KeyboardInterrupt()

    assert run_with(failing(fault)).exit_code == Exit.INTERRUPTED


def test_ctrl_c_before_the_program_is_there_is_told_the_same() -> None:
    code = (
        "import builtins, sys; from sopguide.__main__ import main; real = builtins.__import__\n"
        "def stop(name, *rest):\n"
        "    if name == 'sopguide.cli.main': raise KeyboardInterrupt\n"
        "    return real(name, *rest)\n"
        "builtins.__import__ = stop; main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (Exit.INTERRUPTED, b"\nInterrupted.\n")


@pytest.mark.parametrize(
    "body",
    [
        "[click.echo('x' * 9999) for _ in range(999)]",
        "[os.read(0, 9), sys.stdout.write('x')] and None",  # which only the last flush writes
    ],
)
def test_a_reader_that_leaves_early_hears_no_complaint(body: str) -> None:
    code = (
        "import os, sys, click; from types import SimpleNamespace\n"
        f"body = lambda: {body}\n"
        "command = click.Command('check', callback=body)\n"
        "sys.modules['sopguide.cli.check'] = SimpleNamespace(command=command)\n"
        "from sopguide.cli.main import program; program(['check'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == Exit.READER_LEFT


def test_a_terminal_that_knows_few_characters_shows_others_instead() -> None:
    code = (
        "import sys, click; from types import SimpleNamespace\n"
        "command = click.Command('check', callback=lambda: click.echo('✗ für'))\n"
        "sys.modules['sopguide.cli.check'] = SimpleNamespace(command=command)\n"
        "from sopguide.cli.main import program; program(['check'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert done.stdout == "? für\n".encode("latin-1")


def test_the_program_can_be_called_by_others(run_with: Callable[..., Result]) -> None:
    run_with(lambda: 7)
    assert program.main(["check"], standalone_mode=False) == 7


@pytest.mark.parametrize(
    ("words", "streams", "code"),
    [
        ("--version", ">&-", Exit.OK),
        ("check --help", ">&- 2>&-", Exit.OK),
        ("resolve no-such-sop", "<&- >&- 2>&-", Exit.USAGE),
        ("walk --plain no-such-sop", "<&-", Exit.USAGE),
    ],
)
def test_a_closed_stream_is_no_fault(words: str, streams: str, code: Exit) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m sopguide {words} {streams}"], check=False
    )
    assert done.returncode == code


def test_a_file_opened_later_never_takes_the_place_of_a_closed_stream() -> None:
    code = (
        "import os; from sopguide.__main__ import _have_standard_streams as have; have(); "
        "print('lost'); raise SystemExit(os.open(os.devnull, os.O_RDONLY) < 3)"
    )
    command = f'{sys.executable} -c "{code}" >&-'
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "stream", "code"),
    [("--version", ">", Exit.ENVIRONMENT), ("resolve no-such-sop", "2>", Exit.USAGE)],
)
def test_a_full_disk_behind_a_stream_is_told_by_the_code(
    words: str, stream: str, code: Exit
) -> None:
    command = f"{sys.executable} -m sopguide {words} {stream}/dev/full"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_a_mistyped_command_is_told_with_the_nearest_one() -> None:
    def said(word: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "sopguide", word], capture_output=True, text=True, check=False
        )
        assert done.returncode == Exit.USAGE
        return done.stderr

    assert "No such command 'wlak'. Did you mean 'walk'?" in said("wlak")
    assert "Did you mean" not in said("zzz")
