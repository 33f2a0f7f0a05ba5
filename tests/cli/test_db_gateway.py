"""`sopguide db user add` for gateways, and for people who have no login of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.local import LocalLog
from tests.log.making import HEADER, complete, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.log.team.postgres import Server, Store


@pytest.fixture(autouse=True)
def admin(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOPGUIDE_DB", store.person("adm", "admin"))


def run(*arguments: str, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == code, result.output
    return result


def test_a_gateway_ships_for_people_who_have_no_login(
    server: Server, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.login("gate")
    added = run("db", "user", "add", "gate", "--role", "gateway", "--vendor", "acme").stderr
    assert added == "gate is gateway of acme\n"
    with LocalLog(tmp_path / "data") as log:
        complete(log, walk_id(1), HEADER._replace(agent="nobodys-login", vendor="acme"))
    as_admin = run("db", "user", "list").stdout
    assert "local · acme" in as_admin
    with monkeypatch.context() as gateway:
        gateway.setenv("SOPGUIDE_DB", store.url("gate"))
        waits = run("log", "ship", code=Exit.FINDINGS).stderr
        command = "sopguide db user add nobodys-login --vendor acme --no-login"
        assert command in " ".join(waits.split())
    run(*command.split()[1:])
    monkeypatch.setenv("SOPGUIDE_DB", store.url("gate"))
    assert run("log", "ship").stderr == "7 events shipped\n"
    assert run("log", "list", "--team").stdout == ""
    assert "gateway" in run("db", "status").stdout
    assert store.rows("SELECT agent, vendor FROM sopguide.walks") == [("nobodys-login", "acme")]


def test_what_a_gateway_cannot_be_is_refused(store: Store) -> None:
    add = ("db", "user", "add", "gate", "--role", "gateway")
    assert "nothing else" in run(*add, "--role", "agent", code=Exit.USAGE).stderr
    assert "by its login" in run(*add, "--no-login", code=Exit.USAGE).stderr
    assert "--all-vendors is for" in run(*add, "--all-vendors", code=Exit.USAGE).stderr
    missing = run("db", "user", "add", "nobody-here", code=Exit.ENVIRONMENT).stderr
    assert "PostgreSQL has no login `nobody-here`" in missing


def test_a_person_without_a_login_is_removed_like_any_other(store: Store) -> None:
    run("db", "user", "add", "nobody-here", "--no-login")
    run("db", "user", "remove", "nobody-here")
    assert "no role" in run("db", "user", "list").stdout
    run("db", "user", "forget", "nobody-here")
    assert "nobody-here" not in run("db", "user", "list").stdout
