"""What can be wrong with the team's store, in words that hold no address and no password.

psycopg's own texts name the host, the user and parts of the URL, so none of them is passed on.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sopguide.log.faults import LogError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

NO_EXTRA = "the team store needs psycopg: pip install 'sopguide[team]'"

# A connection that fails has no code: what the text has in it, and what that means. First those
# after which it may be different in a while.
_LATER = (
    (r"database system is|recovery mode|not yet accepting", "it is just starting or stopping"),
    (r"too many|remaining connection slots", "it has as many connections as it takes"),
    (r"translate host name|failed to resolve", "no machine has that name"),
)
_REFUSED = (
    (r"password authentication failed", "it does not take this login or its password"),
    (r"no password supplied", "it wants a password, and the URL has none"),
    (r"pg_hba\.conf", "it lets nobody in from here as this login into this database"),
    (r'database ".*" does not exist', "it has no such database"),
    (r'role ".*" does not exist', "it has no such login"),
    (r"certificate", "its certificate is not the one that was asked for"),
    (r"\bssl\b|\btls\b", "it cannot be reached over TLS as the URL asks for"),
)
_SERVER_AWAY = ("08", "57", "53", "40")  # connection, stopped by its keeper, out of room, deadlock
_NOT_TAKEN = ("22", "23")  # a value that is none, a rule of a table
_NO_RIGHT = "42501"
_NO_TABLE = ("42P01", "3F000")


class TeamError(LogError):
    """The team's store cannot be used as it was asked to."""


class StoreAwayError(TeamError):
    """It cannot be reached just now; later it may."""


class NoRightError(TeamError):
    """What was asked for is not this login's right."""


class RefusedError(TeamError):
    """It does not take what was sent, and never will."""


@contextmanager
def told() -> Iterator[None]:
    """Turns whatever psycopg raises into a TeamError; nothing of the original is kept."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise translated(error) from None


def translated(error: psycopg.Error) -> TeamError:
    """What an error of a statement means."""
    import psycopg

    code = error.sqlstate or ""
    said = error.diag.message_primary or ""
    if code == _NO_RIGHT:
        return NoRightError(f"the team store refuses: {said}")
    if code in _NO_TABLE:
        return TeamError("the team store is not set up: `sopguide db init` does that")
    if code.startswith(_SERVER_AWAY) or (not code and isinstance(error, psycopg.OperationalError)):
        return StoreAwayError("the connection to the team store broke off")
    told = f"({type(error).__name__}, {code or 'no code'})"
    if code.startswith(_NOT_TAKEN):
        return RefusedError(f"the team store does not take it {told}")
    return TeamError(f"the team store cannot do it {told}")


def not_connected(error: psycopg.Error) -> TeamError:
    """What a connection that never was means."""
    said = str(error).lower()
    for kind, meanings in ((StoreAwayError, _LATER), (NoRightError, _REFUSED)):
        for pattern, meaning in meanings:
            if re.search(pattern, said):
                return kind(f"cannot open the team store: {meaning}")
    return StoreAwayError("cannot reach the team store: is it running, is the network up?")
