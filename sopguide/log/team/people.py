"""Who is who in the team's store, for its admins: people, their vendor, their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.team.faults import RefusedError, TeamError, told
from sopguide.log.team.gateway import GATEWAY

if TYPE_CHECKING:
    from sopguide.log.team.connecting import Session

ROLES = ("agent", "trainer", "lead", "quality", "admin", GATEWAY)
IN_HOUSE = "in-house"
ORG = "local"

_COLUMNS = "login, agent, org, vendor, roles, all_vendors"
_ALL = f"SELECT {_COLUMNS} FROM sopguide.people ORDER BY org, vendor, agent"  # noqa: S608  (ours)
_ME = f"SELECT {_COLUMNS} FROM sopguide.people WHERE login = session_user"  # noqa: S608  (ours)
_SET = "SELECT sopguide.set_person(%s, %s, %s, %s, %s, %s)"


class Person(NamedTuple):
    """A login, and whose walks the store takes its own to be."""

    login: str
    agent: str
    org: str
    vendor: str
    roles: list[str]
    all_vendors: bool


def myself(session: Session) -> Person | None:
    """Who this login is; None where the store does not know."""
    with told():
        row = session.execute(_ME).fetchone()
    return Person(*row) if row else None


def people(session: Session) -> list[Person]:
    """All of them, for an admin; for anybody else, just the one."""
    with told():
        rows = session.execute(_ALL).fetchall()
    return [Person(*row) for row in rows]


def find_person(session: Session, login: str) -> Person:
    """Raises TeamError where there is none that this login may see."""
    found = next((person for person in people(session) if person.login == login), None)
    if found is None:
        raise TeamError(f"the team store knows no login `{login}`")
    return found


def set_person(session: Session, person: Person, *, no_login: bool = False) -> None:
    """Adds them, or gives them other roles; without any they see nothing and ship nothing.

    `no_login`: they may have none in the database, for a gateway ships what they walk.
    """
    with told():
        there = session.execute("SELECT FROM pg_roles WHERE rolname = %s", [person.login])
        known = there.fetchone() is not None
    if not known and not no_login:
        raise TeamError(
            f"PostgreSQL has no login `{person.login}`: add --create-login, or make it yourself"
        )
    try:
        with told():
            session.execute(_SET, person)
    except RefusedError:
        raise TeamError(
            f"another login is agent `{person.agent}` of {person.vendor} already"
        ) from None


def forget_person(session: Session, login: str) -> None:
    """Takes their name and login out of the store for good; raises TeamError for nobody."""
    with told():
        row = session.execute("SELECT sopguide.forget_person(%s)", [login]).fetchone()
    if row is None or not row[0]:
        raise TeamError(f"the team store knows no login `{login}`")


def create_login(session: Session, login: str, password: str | None) -> None:
    """A login of the database, for whoever may make some; one that is there stays as it is.

    The password leaves this program hashed, so that no log of the server can hold it.
    """
    from psycopg import sql

    with told():
        there = session.execute("SELECT FROM pg_roles WHERE rolname = %s", [login]).fetchone()
        if there is not None:
            return
        command = sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(login))
        if password is not None:
            hashed = session.pgconn.encrypt_password(
                password.encode(), login.encode(), b"scram-sha-256"
            )
            command += sql.SQL(" PASSWORD {}").format(sql.Literal(hashed.decode()))
        session.execute(command)
