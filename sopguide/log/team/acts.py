"""What was done with the log itself, as the team's store has it: by machines, and by its admins."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sopguide.log.jsontext import loads
from sopguide.log.team.connecting import fitting
from sopguide.log.team.faults import told

if TYPE_CHECKING:
    from sopguide.log.record import Record

_ALL = (
    "SELECT a.wall, a.type, a.agent, p.login, a.data::text FROM sopguide.acts AS a"
    " LEFT JOIN sopguide.people AS p ON p.person::text = a.data->>'person' ORDER BY a.at, a.id"
)


def team_acts(url: str) -> list[Record]:
    """Oldest first, as far as this login may see them. Raises TeamError."""
    with closing(fitting(url)) as session, told():
        rows = session.execute(_ALL).fetchall()
    return [
        {"wall": wall, "type": kind, "agent": agent, "data": _data(loads(data.encode()), login)}
        for wall, kind, agent, login, data in rows
    ]


def _data(data: dict[str, object], login: str | None) -> dict[str, object]:
    """A person is named by their login, where there is one yet that this login may see."""
    return {**data, "person": login} if login is not None else data
