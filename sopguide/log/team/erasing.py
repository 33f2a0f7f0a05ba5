"""Erasing an agent or a ticket from the team's store, as `log/erasing.py` does on one machine.

What is taken out of a record is worked out here, where its seal is understood; the server sees to
it that it only says less than before, that this login may erase it, and that it is put down.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sopguide.log.erasing import BY_AGENT, Extent
from sopguide.log.jsontext import dumps
from sopguide.log.team.connecting import opened
from sopguide.log.team.faults import TeamError, told
from sopguide.log.team.queries import RAW, Found, raw_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.log.erasing import Subject
    from sopguide.log.record import Record
    from sopguide.log.team.connecting import Session

_PART = 250  # walks at a time
_WALKS = (
    "SELECT person, walk, last, first_at, last_at FROM sopguide.walks"
    " WHERE {} = %s AND first_at <= to_timestamp(%s / 1000.0) ORDER BY last"
)
_ERASE = "SELECT sopguide.erase(%s::text::json, %s, %s)"


def find_walks(session: Session, subject: Subject) -> list[Found]:
    """The walks in which there is something to erase, as far as this login may see."""
    query = _WALKS.format("agent" if subject.by == BY_AGENT else "ticket")
    with told():
        rows = session.execute(query, [subject.value, subject.at]).fetchall()
    return [Found(*row) for row in rows]


def erase_from_team(url: str, subject: Subject, *, only_look: bool = False) -> Extent:
    """Durable on return, and can be done again. Raises TeamError."""
    session, _ = opened(url)
    done = Extent()
    with closing(session):
        found = find_walks(session, subject)
        done.walks = {str(each.walk) for each in found}
        for start in range(0, len(found), _PART):
            some = found[start : start + _PART]
            done.records += _erase(session, subject, some, only_look=only_look)
    return done


def erase_all_from_team(
    url: str, subjects: Sequence[Subject], *, only_look: bool = False
) -> Extent:
    """The same of each: a ticket has a name under each key, and other walks under each."""
    done = Extent()
    for subject in subjects:
        found = erase_from_team(url, subject, only_look=only_look)
        done.walks |= found.walks
        done.records += found.records
    return done


def _erase(session: Session, subject: Subject, some: Sequence[Found], *, only_look: bool) -> int:
    people, walks = [each.person for each in some], [each.walk for each in some]
    times = min(each.first_at for each in some), max(each.last_at for each in some)
    with told(), session.transaction():
        rows = session.execute(RAW, [walks, people, *times]).fetchall()
        changed = [each for row in raw_records(rows) if (each := _changed(subject, *row))]
        if only_look or not changed:
            return len(changed)
        values = [dumps(changed).decode(), people, walks]
        count = session.execute(_ERASE, values).fetchone()
        if count is None or count[0] != len(changed):
            raise TeamError("the team store did not erase all of it: nothing was changed")
    return len(changed)


def _changed(subject: Subject, person: int, record: Record) -> dict[str, Any] | None:
    """The record without what is erased: the writer may have had another name for the agent."""
    if record[subject.by] is None:
        return None
    less = replace(subject, value=record[subject.by]).change(record)
    if less is record:
        return None
    return {**less, "person": person}
