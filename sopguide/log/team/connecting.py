"""A session with the team's store, checked before anything is asked of it."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

from sopguide.log.team.faults import NO_EXTRA, NoRightError, TeamError, not_connected, told

if TYPE_CHECKING:
    import psycopg

    Session = psycopg.Connection[tuple[Any, ...]]

VERSION = "0002"
"""The schema that this program reads and ships to."""

# A server that is silent counts as unreachable. Nothing is set or prepared in the session itself,
# so that a pooler may stand in between.
_DEFAULTS: dict[str, str | int] = {
    "application_name": "sopguide",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
UNKNOWN = "the team store does not know this login: an admin adds it with `sopguide db user add`"


def connect(url: str) -> Session:
    """A session of its own transactions a statement. Raises TeamError."""
    try:
        import psycopg
    except ImportError:
        raise TeamError(NO_EXTRA) from None
    try:
        asked = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        raise TeamError(
            "the team store's URL is none: write postgresql://LOGIN@HOST/DATABASE"
        ) from None
    try:
        return psycopg.connect(
            **{**_DEFAULTS, **asked},  # type: ignore[arg-type]
            autocommit=True,
            prepare_threshold=None,
        )
    except psycopg.Error as error:
        raise not_connected(error) from None


def fitting(url: str) -> Session:
    """A session with a store of the schema that this program knows."""
    with ExitStack() as stack:
        session = stack.enter_context(closing(connect(url)))
        if fault := misfit(schema_of(session)):
            raise TeamError(fault)
        stack.pop_all()
    return session


def opened(url: str) -> tuple[Session, str]:
    """A session with a store that knows this login, and the store's id."""
    with ExitStack() as stack:
        session = stack.enter_context(closing(fitting(url)))
        with told():
            row = session.execute("SELECT id FROM sopguide.store").fetchone()
        if row is None:
            raise NoRightError(UNKNOWN)
        stack.pop_all()
    return session, str(row[0])


def schema_of(session: Session) -> str | None:
    """The schema's version; None where there is none. Raises NoRightError for a stranger."""
    try:
        with told():
            there = session.execute("SELECT to_regclass('sopguide.alembic_version')").fetchone()
            if there is None or there[0] is None:
                return None
            row = session.execute("SELECT version_num FROM sopguide.alembic_version").fetchone()
    except NoRightError:
        raise NoRightError(UNKNOWN) from None
    return str(row[0]) if row else None


def misfit(version: str | None) -> str | None:
    """Why this program cannot use a store of that schema; None where it can."""
    if version == VERSION:
        return None
    if version is None:
        return "the team store is not set up: `sopguide db init` does that"
    if version < VERSION:
        return f"the team store is of an older schema ({version}): `sopguide db upgrade`"
    return f"the team store is of a newer schema ({version}): upgrade sopguide"
