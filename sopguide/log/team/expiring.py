"""What is older than it may be kept goes from the team's store, as `log/expiring.py` does it here.

The server picks it, of what this login sees, and lets go of it part by part: each part is a
transaction and an act, so whoever is interrupted has done what was done, and goes on the next time.
Of a journal of which nothing else is left, the server keeps the last head. Of any other, husks of
the records stay, which are worked out here, where their seal is understood. What has expired is not
taken again. The texts of tickets lie on machines alone, and so does a walk that somebody still has.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sopguide.log.jsontext import dumps
from sopguide.log.parts import PARTS, without
from sopguide.log.team.connecting import opened
from sopguide.log.team.faults import NoRightError, TeamError, told
from sopguide.log.team.queries import RAW, raw_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopguide.log.team.connecting import Session

_WALKS = ("walks", "drills", "tests")
_SOME_WALKS = 250
_SOME_OTHERS = 5000
_MAY = "SELECT sopguide.erases()"
_OVERDUE = "SELECT kind, number FROM sopguide.overdue(%s::text::json)"
_EXPIRE_WALKS = "SELECT * FROM sopguide.expire_walks(%s, %s, %s, %s)"
_EXPIRE_RECORDS = "SELECT sopguide.expire_records(%s::text::json)"
_EXPIRE_OTHERS = "SELECT sopguide.expire_others(%s, %s, %s)"


def overdue(session: Session, cutoffs: Mapping[str, int]) -> dict[str, int] | None:
    """How much of each kind has expired; None for a login that may not let go of it."""
    with told():
        may = session.execute(_MAY).fetchone()
        if may is None or not may[0]:
            return None
        rows = session.execute(_OVERDUE, [dumps(dict(cutoffs)).decode()]).fetchall()
    found: dict[str, int] = dict(rows)
    return {kind: found[kind] for kind in cutoffs if kind in found}


def overdue_at(url: str, cutoffs: Mapping[str, int]) -> dict[str, int]:
    """The same, for whoever means to let go of it. Raises TeamError."""
    session, _ = opened(url)
    with closing(session):
        found = overdue(session, cutoffs)
    if found is None:
        raise NoRightError("the team store lets only quality see to what has expired")
    return found


def expire_from_team(
    url: str, cutoffs: Mapping[str, int], done: Callable[[int], None] = lambda _: None
) -> dict[str, int]:
    """How much went, by kind; can be done again. `done` hears of each part. Raises TeamError."""
    session, _ = opened(url)
    gone: dict[str, int] = {}
    with closing(session):
        for kind, before in cutoffs.items():
            if kind == "tickets":
                continue
            gone[kind] = 0
            given_up = min(before, cutoffs["tickets"]) if "tickets" in cutoffs else None
            while number := _expire_some(session, kind, before, given_up):
                gone[kind] += number
                done(number)
    return gone


def _expire_some(session: Session, kind: str, before: int, given_up: int | None) -> int:
    with told(), session.transaction():
        if kind in _WALKS:
            return _expire_walks(session, kind, before, given_up)
        row = session.execute(_EXPIRE_OTHERS, [kind, before, _SOME_OTHERS]).fetchone()
        return int(row[0]) if row else 0


def _expire_walks(session: Session, kind: str, before: int, given_up: int | None) -> int:
    found = session.execute(_EXPIRE_WALKS, [kind, before, given_up, _SOME_WALKS]).fetchall()
    if not found:
        return 0
    people, walks, firsts, lasts = map(list, zip(*found, strict=True))
    rows = session.execute(RAW, [walks, people, min(firsts), max(lasts)]).fetchall()
    whole = [(person, record, without(record, PARTS)) for person, record in raw_records(rows)]
    husks = [{**husk, "person": person} for person, record, husk in whole if husk is not record]
    if husks:
        count = session.execute(_EXPIRE_RECORDS, [dumps(husks).decode()]).fetchone()
        if count is None or count[0] != len(husks):
            raise TeamError("the team store did not let go of all of it: nothing was changed")
    return len(found)
