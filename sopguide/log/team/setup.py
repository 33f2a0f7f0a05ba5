"""Making the store, and bringing it up to date: roles, tables, rules; all of it or nothing.

For whoever keeps the database: a login that may make roles, and schemas in this database. The
store belongs to `sopguide_owner`, a role that nobody can log in as.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.team.connecting import VERSION, connect, misfit, schema_of
from sopguide.log.team.faults import NO_EXTRA, TeamError, told

if TYPE_CHECKING:
    from sopguide.log.team.connecting import Session

_MIGRATIONS = Path(__file__).parent / "migrations"
_RULES = ("sight", "shipping", "people", "erasing", "expiring")
"""Functions and policies, each said once, as it is now. Only tables have a history: Alembic's
revisions change them, and after those the rules are put in place anew. A change of the rules alone
takes a revision that does nothing."""

_OLDEST = 150000  # security_invoker came with 15
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('sopguide.setup'))"
_ROLES = """
DO $$
BEGIN
    IF to_regrole('sopguide_owner') IS NULL THEN
        CREATE ROLE sopguide_owner NOLOGIN;
    END IF;
    IF to_regrole('sopguide_people') IS NULL THEN
        CREATE ROLE sopguide_people NOLOGIN;
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT sopguide_owner TO %I', current_user);
    END IF;
    GRANT sopguide_people TO sopguide_owner WITH ADMIN OPTION;
END
$$;
CREATE SCHEMA IF NOT EXISTS sopguide AUTHORIZATION sopguide_owner;
"""


class Setup(NamedTuple):
    """Which schema a store has, before and after."""

    before: str | None
    after: str


def set_up(url: str, *, anew: bool) -> Setup:
    """`anew`: there may be none yet, and it is made. Raises TeamError, and then nothing changed."""
    with connect(url) as session:
        _refuse_unfit(session)
        before = schema_of(session)
        if before is None and not anew:
            raise TeamError(str(misfit(None)))
        if before is not None and before > VERSION:
            raise TeamError(str(misfit(before)))
        if before != VERSION:
            _make(session)
        return Setup(before, VERSION)


def _refuse_unfit(session: Session) -> None:
    if session.info.server_version < _OLDEST:
        raise TeamError("the team store needs PostgreSQL 15 or later")
    if session.info.parameter_status("server_encoding") != "UTF8":
        raise TeamError("the team store needs a database whose encoding is UTF8")


def _make(session: Session) -> None:
    try:
        from alembic import command
        from alembic.config import Config
        from sqlalchemy import create_engine
        from sqlalchemy.exc import SQLAlchemyError
        from sqlalchemy.pool import StaticPool
    except ImportError:
        raise TeamError(NO_EXTRA) from None
    session.autocommit = False
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    # The engine is given the session, not the URL, so that it cannot tell it to anybody.
    engine = create_engine("postgresql+psycopg://", creator=lambda: session, poolclass=StaticPool)
    try:
        with told(), engine.connect() as connection, connection.begin():
            session.execute(_LOCK)
            session.execute(_ROLES)
            session.execute("SET LOCAL ROLE sopguide_owner")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            for part in _RULES:
                session.execute((_MIGRATIONS / "rules" / f"{part}.sql").read_text("utf-8"))
    except SQLAlchemyError as error:
        cause = error.__cause__ or error.__context__ or error
        raise TeamError(f"the team store could not be set up: {type(cause).__name__}") from None
