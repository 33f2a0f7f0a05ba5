"""`sopguide db` and `sopguide log ship`, as people use them, on a real server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import keyring
import pytest
from click.testing import CliRunner
from keyring.backend import KeyringBackend

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.acts import EXPORTED, record_act
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.remarks import FEEDBACK
from sopguide.walk.events import FEEDBACK_GIVEN, Event
from tests.log.asking import remark_of
from tests.log.making import HEADER, at, begin, complete, ended, walk_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from tests.log.team.postgres import Server, Store

SECRET = "pa55-w0rd"  # noqa: S105  (it opens nothing)


class InMemory(KeyringBackend):
    """A keyring of this test alone."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data folder and a keyring of each test's own."""
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SOPGUIDE_DB", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield
    keyring.set_keyring(before)


def run(*arguments: str, code: Exit = Exit.OK, typed: str | None = None) -> Result:
    result = CliRunner().invoke(program, arguments, input=typed)
    assert result.exit_code == code, result.output
    assert SECRET not in result.output
    assert "host=" not in result.output
    return result


def as_login(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SOPGUIDE_DB", url)


def test_a_store_is_set_up_and_used_with_five_commands(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = server.database()
    as_login(monkeypatch, store.url())
    assert "made (schema" in run("db", "init").stderr
    assert "there already" in run("db", "init").stderr
    assert "is up to date" in run("db", "upgrade").stderr
    run("db", "user", "add", "first-admin", "--role", "admin", "--create-login")
    as_login(monkeypatch, store.url("first-admin"))
    server.login("first-agent")
    run("db", "user", "add", "first-agent", "--agent", "ann")
    complete(LocalLog(tmp_path / "data"), walk_id(1))
    as_login(monkeypatch, store.url("first-agent"))
    assert run("log", "ship").stderr == "7 events shipped\n"
    assert run("log", "ship", "--from-start").stderr == "0 events shipped, 7 were there\n"
    shipped = json.loads(run("log", "ship", "--json").stdout)
    assert shipped == {"new": 0, "sent": 0, "not_shipped": 0}
    status = run("db", "status").stdout
    assert "all shipped" in status
    assert "ann · local · in-house · agent" in status
    server.drop(store)


def test_status_tells_what_waits_and_what_went_wrong(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(LocalLog(tmp_path / "data"), walk_id(1))
    as_login(monkeypatch, "postgresql://ann@127.0.0.1:1/none")
    failed = run("log", "ship", code=Exit.ENVIRONMENT)
    why = "cannot reach the team store: is it running, is the network up?"
    assert failed.stderr == f"sopguide: {why}\n"
    status = run("db", "status", code=Exit.ENVIRONMENT).stdout
    assert "bytes wait to be shipped" in status
    assert f"did not work once: {why}" in " ".join(status.split())
    as_login(monkeypatch, store.person("ann"))
    told = json.loads(run("db", "status", "--json").stdout)
    assert told["person"]["roles"] == ["agent"]
    assert told["spool"]["failed"] == 1
    run("log", "ship")
    told = json.loads(run("db", "status", "--json").stdout)
    assert told["spool"] == {"waiting": 0, "failed": 0, "again": 0, "why": None}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "no team store is named: set SOPGUIDE_DB to its URL"),
        (f"{SECRET} nonsense", "the team store's URL is none"),
        (f"postgresql://ann:{SECRET}@[::1/none", "the team store's URL is none"),
        (f"postgresql://ann:{SECRET}@127.0.0.1:1/none", "cannot reach the team store"),
        (f"postgresql://ann:{SECRET}@no.such.host.invalid/none", "no machine has that name"),
    ],
)
def test_an_address_that_does_not_work_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    def knows_no_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", knows_no_name)  # no network is asked
    as_login(monkeypatch, url)
    monkeypatch.setenv("SOPGUIDE_DEBUG", "1")  # with the whole traceback
    for arguments in (
        ("db", "init"),
        ("db", "upgrade"),
        ("db", "status"),
        ("db", "user", "list"),
        ("db", "user", "add", "ann"),
        ("db", "user", "remove", "ann"),
        ("log", "ship"),
        ("log", "list", "--team"),
        ("log", "show", "--team", walk_id(1)),
        ("log", "summary", "--team"),
        ("review", "feedback", "--team"),
    ):
        failed = run(*arguments, code=Exit.ENVIRONMENT)
        assert told in failed.output
        assert "invalid" not in failed.output


def test_a_missing_database_login_or_right_is_said_in_words(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_login(monkeypatch, store.url(database="nowhere"))
    assert "it has no such database" in run("db", "status", code=Exit.ENVIRONMENT).stderr
    as_login(monkeypatch, store.url("nosuchlogin"))
    assert "it has no such login" in run("db", "status", code=Exit.ENVIRONMENT).stderr
    server.login("stranger")
    as_login(monkeypatch, store.url("stranger"))
    for arguments in (("db", "status"), ("log", "ship"), ("log", "list", "--team")):
        told = run(*arguments, code=Exit.ENVIRONMENT).stderr
        assert "does not know this login: an admin adds it" in told
    as_login(monkeypatch, store.person("ann"))
    told = run("db", "user", "add", "stranger", code=Exit.ENVIRONMENT).stderr
    assert "only an admin may change who is who" in told
    told = run("db", "init", code=Exit.OK).stderr
    assert "there already" in told


def test_a_login_that_may_make_nothing_sets_up_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = server.database()
    server.login("stranger")
    as_login(monkeypatch, store.url("stranger"))
    assert "the team store refuses" in run("db", "init", code=Exit.ENVIRONMENT).stderr
    as_login(monkeypatch, store.url())
    assert "sopguide db init" in run("db", "upgrade", code=Exit.ENVIRONMENT).stderr
    assert store.rows("SELECT FROM pg_namespace WHERE nspname = 'sopguide'") == []
    server.drop(store)


@pytest.mark.parametrize(
    ("version", "told"), [("0000", "sopguide db upgrade"), ("9999", "upgrade sopguide")]
)
def test_a_store_of_another_schema_is_not_touched(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, told: str
) -> None:
    complete(LocalLog(tmp_path / "data"), walk_id(1))
    as_login(monkeypatch, store.person("ann"))
    with store.session() as session:
        session.execute("UPDATE sopguide.alembic_version SET version_num = %s", [version])
    for arguments in (("log", "ship"), ("log", "list", "--team"), ("db", "user", "list")):
        assert told in run(*arguments, code=Exit.ENVIRONMENT).stderr
    assert told in run("db", "status", code=Exit.FINDINGS).stdout
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(0,)]


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    as_login(monkeypatch, f"postgresql://ann:{SECRET}@127.0.0.1/none")
    for arguments in (("db", "init"), ("db", "status"), ("log", "ship"), ("log", "list", "--team")):
        told = run(*arguments, code=Exit.ENVIRONMENT).stderr
        assert "pip install 'sopguide[team]'" in told


def test_the_address_is_kept_in_the_keyring_once_it_works(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    run("db", "connect", code=Exit.ENVIRONMENT, typed=f"postgresql://x:{SECRET}@127.0.0.1:1/x\n")
    run("db", "connect", code=Exit.USAGE, typed="\n")
    assert not (data / "team.json").exists()
    run("db", "connect", typed=f"{store.person('ann')}\n")
    assert b"postgresql" not in b"".join(path.read_bytes() for path in data.rglob("*.json"))
    complete(LocalLog(data), walk_id(1))
    assert "7 events shipped" in run("log", "ship").stderr
    run("db", "connect", "--forget")
    assert not (data / "team.json").exists()
    assert "no team store is named" in run("log", "ship", code=Exit.ENVIRONMENT).stderr
    assert "holds no team store" in run("db", "connect", "--forget", code=Exit.ENVIRONMENT).stderr


def test_a_system_without_a_keyring_says_what_to_do(store: Store) -> None:
    from keyring.backends import fail

    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    told = run("db", "connect", typed=f"{store.person('ann')}\n", code=Exit.ENVIRONMENT).stderr
    assert "set SOPGUIDE_DB instead" in told
    assert "no team store is named" in run("log", "ship", code=Exit.ENVIRONMENT).stderr


def test_people_are_added_listed_changed_and_removed(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for login in ("ann", "lou"):
        server.login(login)
    as_login(monkeypatch, store.person("adm", "admin"))
    run("db", "user", "add", "ann")
    run("db", "user", "add", "lou", "--agent", "lou.k", "--vendor", "acme", "--role", "lead")
    lines = run("db", "user", "list").stdout.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["lou", "lou.k", "local", "·", "acme", "lead"],
        ["adm", "adm", "local", "·", "in-house", "admin"],
        ["ann", "ann", "local", "·", "in-house", "agent"],
    ]
    run("db", "user", "add", "ann", "--role", "agent", "--role", "quality", "--all-vendors")
    people = [json.loads(line) for line in run("db", "user", "list", "--json").stdout.splitlines()]
    assert people[2]["roles"] == ["agent", "quality"]
    assert people[2]["all_vendors"] is True
    run("db", "user", "remove", "ann")
    run("db", "user", "forget", "lou")
    assert "lou" not in run("db", "user", "list").stdout
    assert "no role" in run("db", "user", "list").stdout
    query = (
        "SELECT login, data->'roles' FROM sopguide.acts"
        " JOIN sopguide.people AS p ON p.person::text = data->>'person'"
        " WHERE acts.agent = 'adm' ORDER BY at"
    )
    [(erased,)] = store.rows("SELECT login FROM sopguide.people WHERE vendor = 'acme'")
    assert erased.startswith("erased-")
    assert store.rows(query) == [
        ("ann", ["agent"]),
        (erased, ["lead"]),
        ("ann", ["agent", "quality"]),
        ("ann", []),
        (erased, []),
    ]


def test_what_cannot_be_is_refused(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.login("ann")
    server.login("bea")
    as_login(monkeypatch, store.person("adm", "admin"))
    run("db", "user", "add", "ann", "--all-vendors", code=Exit.USAGE)
    run(
        "db",
        "user",
        "add",
        "ann",
        "--vendor",
        "acme",
        "--role",
        "lead",
        "--all-vendors",
        code=Exit.USAGE,
    )
    run("db", "user", "add", "ann", "--password", code=Exit.USAGE, typed=f"{SECRET}\n")
    run("db", "user", "add", "ann", "--role", "boss", code=Exit.USAGE)
    told = run("db", "user", "add", "nobody-has-it", code=Exit.ENVIRONMENT).stderr
    assert "PostgreSQL has no login `nobody-has-it`" in told
    told = run("db", "user", "add", "new", "--create-login", code=Exit.ENVIRONMENT).stderr
    assert "the team store refuses" in told  # an admin of the store makes no logins
    run("db", "user", "add", "ann")
    told = run("db", "user", "add", "bea", "--agent", "ann", code=Exit.ENVIRONMENT).stderr
    assert "another login is agent `ann` of in-house already" in told
    told = run("db", "user", "remove", "bea", code=Exit.ENVIRONMENT).stderr
    assert "knows no login `bea`" in told


def test_a_password_reaches_the_server_only_as_a_hash(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_login(monkeypatch, store.url())
    add = ("db", "user", "add", "with-password", "--create-login", "--password")
    run(*add, typed=f"{SECRET}\n")
    [(hashed,)] = store.rows("SELECT rolpassword FROM pg_authid WHERE rolname = 'with-password'")
    assert hashed.startswith("SCRAM-SHA-256$")
    with store.session() as session:
        session.execute('DROP OWNED BY "with-password"')
        session.execute('DROP ROLE "with-password"')


def test_the_commands_that_read_the_log_read_the_teams(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = LocalLog(tmp_path / "elsewhere")
    complete(log, walk_id(1))
    recorder = begin(log, walk_id(2))
    remark = remark_of(3, FEEDBACK, "unclear")
    log.remarks.keep(remark)
    recorder.append([Event(FEEDBACK_GIVEN, {"step": "reach", "remark": remark.id}, at(5))])
    recorder.close(ended(9))
    as_login(monkeypatch, store.person("ann"))
    run("log", "ship", "--data", str(tmp_path / "elsewhere"))
    as_login(monkeypatch, store.person("lea", "lead"))
    listed = [
        json.loads(line) for line in run("log", "list", "--team", "--json").stdout.splitlines()
    ]
    assert [walk["agent"] for walk in listed] == ["ann", "ann"]
    assert "in-house" in run("log", "show", "--team", walk_id(1)).stdout
    summed = json.loads(run("log", "summary", "--team", "--json").stdout)
    assert summed["summaries"]
    said = json.loads(run("review", "feedback", "--team", "--json").stdout)
    assert remark.text in str(said)
    as_login(monkeypatch, store.person("bea", vendor="acme"))
    assert run("log", "list", "--team").stdout == ""
    assert run("log", "list").stdout == ""  # and nothing of it lies here


def test_another_process_that_ships_is_left_to_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopguide.log.locks import hold

    as_login(monkeypatch, store.person("ann"))
    folder = DataFolder(tmp_path / "data")
    record_act(folder, EXPORTED, {"walks": 0})
    lock = hold(folder.lock("ship"))
    assert lock is not None
    assert run("log", "ship").stderr == "another process is shipping just now\n"
    lock.release()
    assert run("log", "ship").stderr == "1 events shipped\n"


def test_the_address_is_in_no_command_line_and_the_background_says_nothing(
    store: Store, tmp_path: Path
) -> None:
    complete(LocalLog(tmp_path / "data"), walk_id(1))
    environment = {**os.environ, "SOPGUIDE_DB": store.person("ann")}
    command = [sys.executable, "-m", "sopguide", "log", "ship", "--background"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(7,)]


def test_in_the_background_it_is_not_tried_before_it_is_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(LocalLog(tmp_path / "data"), walk_id(1))
    as_login(monkeypatch, "postgresql://ann@127.0.0.1:1/none")
    run("log", "ship", "--background")
    as_login(monkeypatch, store.person("ann"))
    run("log", "ship", "--background")
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(0,)]
    an_hour_later = time.time() + 3600
    monkeypatch.setattr("time.time", lambda: an_hour_later)
    run("log", "ship", "--background")
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(7,)]


def test_quality_erases_a_ticket_and_an_agent(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = LocalLog(tmp_path / "data")
    named = HEADER._replace(ticket=log.ticket_hash("T-48812"))
    for number, header in ((1, named), (2, HEADER)):
        recorder = begin(log, walk_id(number), header)
        recorder.close(ended(9))
    as_login(monkeypatch, store.person("ann"))
    run("log", "ship")
    told = run("db", "erase", "--agent", "ann", "--yes", code=Exit.ENVIRONMENT).stderr
    assert "only quality may erase" in told
    as_login(monkeypatch, store.person("qui", "quality"))
    run("db", "erase", code=Exit.USAGE)
    run("db", "erase", "--agent", "ann", "--ticket", "T-48812", code=Exit.USAGE)
    run("db", "erase", "--agent", "ann", code=Exit.USAGE)  # nobody is there to say yes
    assert run("db", "erase", "--ticket", "T-1").stderr == "nothing to erase\n"
    looked = run("db", "erase", "--ticket", "T-48812", "--dry-run").stderr
    assert looked == "to erase: 1 walk, 5 records\n"
    done = run("db", "erase", "--ticket", "T-48812", "--yes", "--json").stdout
    assert json.loads(done) == {"dry_run": False, "walks": 1, "records": 5}
    assert "erased: 2 walks, 10 records" in run("db", "erase", "--agent", "ann", "--yes").stderr
    left = store.rows("SELECT count(*), count(agent), count(ticket) FROM sopguide.events")
    assert left == [(10, 0, 5)]


def test_a_ticket_is_found_and_erased_under_former_keys_and_the_organisations(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"

    def walk_ticket(number: int) -> None:
        with LocalLog(data) as log:
            complete(log, walk_id(number), HEADER._replace(ticket=log.ticket_hash("T-48812")))
        run("log", "ship")

    as_login(monkeypatch, store.person("ann"))
    walk_ticket(1)
    walk_ticket(2)
    as_login(monkeypatch, store.person("ben"))
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "locks").mkdir(parents=True, mode=0o700)
    (elsewhere / "team.key").write_bytes((data / "team.key").read_bytes())
    with LocalLog(elsewhere) as log:
        complete(log, walk_id(3), HEADER._replace(ticket=log.ticket_hash("T-48812")))
    run("log", "ship", "--data", str(elsewhere))

    def listed(*more: str) -> int:
        return len(run("log", "list", "--ticket", "T-48812", "--json", *more).stdout.splitlines())

    assert listed() == 2
    as_login(monkeypatch, store.person("qui", "quality"))
    assert listed("--team") == 3
    assert "no such walks" in run("log", "list", "--team", "--ticket", "T-1").stderr
    looked = run("db", "erase", "--ticket", "T-48812", "--dry-run").stderr
    assert looked == "to erase: 3 walks, 21 records\n"
    run("db", "erase", "--ticket", "T-48812", "--yes")
    assert listed("--team") == 0
    looked = run("log", "erase", "--ticket", "T-48812", "--dry-run").stderr
    assert looked == "to erase: 2 walks, 14 records, 2 documents, 0 remarks\n"
    told = run("log", "erase", "--ticket", "T-48812", "--yes").stderr
    assert told.count("erased;") == 1
    assert listed() == 0
    held = json.loads(run("log", "access", "--agent", "ann", "--json").stdout)
    assert len(held["walks"]) == 2


def test_no_command_shows_a_key(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    with LocalLog(data) as log:
        complete(log, walk_id(1), HEADER._replace(ticket=log.ticket_hash("T-1")))
    as_login(monkeypatch, store.person("ann"))
    said = [run("log", "ship").output, run("db", "status", "--json").output]
    said += [run("log", "list", "--ticket", "T-1", "--json").output]
    said += [run("log", "show", walk_id(1), "--json").output]
    keys = [(data / name).read_bytes() for name in ("ticket.key", "team.key")]
    assert len(set(keys)) == 2
    for key in keys:
        assert key.hex() not in "".join(said)
        assert repr(key) not in "".join(said)


def test_acts_of_the_store_and_of_machines_are_listed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_act(DataFolder(tmp_path / "data"), EXPORTED, {"format": "csv", "walks": 3})
    as_login(monkeypatch, store.person("ann"))
    run("log", "ship")
    own = [json.loads(text) for text in run("log", "acts", "--team", "--json").stdout.splitlines()]
    assert [(act["act"], act["agent"]) for act in own] == [("log.exported", "ann")]
    as_login(monkeypatch, store.person("adm", "admin"))
    run("db", "user", "add", "ann", "--role", "lead")
    assert "role.changed" in run("log", "acts", "--team").stdout
    acts = [json.loads(text) for text in run("log", "acts", "--team", "--json").stdout.splitlines()]
    assert [(act["act"], act["agent"], act.get("person")) for act in acts] == [
        ("log.exported", "ann", None),
        ("role.changed", "postgres", "ann"),
        ("role.changed", "postgres", "adm"),
        ("role.changed", "adm", "ann"),
    ]
