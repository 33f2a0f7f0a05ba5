"""`sopguide serve` at the command line: who may sign in, and what is refused before it starts."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.main import program
from sopguide.serve.passwords import Checker
from sopguide.serve.users import read_users

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SOPGUIDE_USERS", raising=False)


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(program, ["serve", *arguments], input=typed, standalone_mode=False)


def told(*arguments: str, typed: str = "") -> str:
    """What stops a command."""
    fault = run(*arguments, typed=typed).exception
    assert fault is not None
    return f"{fault} {getattr(fault, 'help', '')}"


async def test_a_person_is_added_listed_changed_and_removed(tmp_path: Path) -> None:
    assert "ana may sign in now" in run("user", "add", "ana", typed="correct horse\n").stderr
    run("user", "add", "kim", "--role", "lead", "--vendor", "acme", typed="battery staple")
    assert run("user", "list").stdout == "ana\tagent\tin-house\nkim\tlead\tacme\n"
    before = read_users(tmp_path / "data" / "users.toml")["ana"]
    assert await Checker().fits("correct horse", before.password)
    run("user", "passwd", "ana", typed="another horse\n")
    after = read_users(tmp_path / "data" / "users.toml")["ana"]
    assert await Checker().fits("another horse", after.password)
    run("user", "remove", "kim")
    assert run("user", "list").stdout == "ana\tagent\tin-house\n"


def test_a_person_types_the_password_twice_and_it_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sopguide.cli.serve_user._is_person", lambda: True)
    done = run("user", "add", "ana", typed="correct horse\ncorrect hors\ncorrect horse\n" * 2)
    assert "do not match" in done.stderr
    assert "horse" not in done.output


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (["user", "add", "a b"], "correct horse", "`a b` is no name"),
        (["user", "add", "ana"], "short", "at least 10 characters"),
        (["user", "passwd", "ana"], "correct horse", "nobody is named `ana`"),
        (["user", "remove", "ana"], "", "nobody is named `ana`"),
        ([], "", "begin with: sopguide serve user add NAME"),
        (["--trust-header", "X-User"], "", "--trust-header needs --trusted-proxy"),
        (["--trusted-proxy", "10.0.0.300"], "", "no address or network"),
        (["--url", "desk.example"], "", "--url begins with http:// or https://"),
        (["--tls-cert", __file__], "", "--tls-cert and --tls-key go together"),
        (["--host", "0.0.0.0"], "", "unencrypted over the network"),  # noqa: S104 (it is refused)
        (["--host", "desk"], "", "--insecure does it all the same"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(arguments: list[str], typed: str, why: str) -> None:
    assert why in told(*arguments, typed=typed)


def test_the_same_person_is_not_added_twice() -> None:
    run("user", "add", "ana", typed="correct horse")
    assert "sopguide serve user passwd ana" in told("user", "add", "ana", typed="correct horse")


def test_a_users_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    run("user", "add", "ana", typed="correct horse")
    (tmp_path / "data" / "users.toml").chmod(0o644)
    assert "chmod 600" in told()
    assert "chmod 600" in told("user", "list")


def test_a_file_that_names_nobody_is_no_use_without_a_proxy(tmp_path: Path) -> None:
    file = tmp_path / "users.toml"
    file.touch(0o600)
    assert "names nobody" in told("--users", str(file))


@pytest.mark.parametrize("missing", ["argon2", "itsdangerous", "textual_serve"])
def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert 'pip install "sopguide[serve]"' in told()
    assert 'pip install "sopguide[serve]"' in told("user", "add", "ana", typed="correct horse")


def test_the_help_shows_examples() -> None:
    assert "sopguide serve user add ana" in run("--help").output
    assert "passwd" in run("user", "--help").output


def test_a_port_that_is_taken_is_told() -> None:
    run("user", "add", "ana", typed="correct horse")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot serve on 127.0.0.1:{port}" in told("--port", str(port))
