"""The remarks of a team, as far as a login may read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sopguide.log.remarks import Remark, remark_from_json
from sopguide.log.team.faults import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.log.team.connecting import Session

_NAMES = Remark._fields
_READ = {"id": "id::text", "walk": "walk::text", "agent": "coalesce(agent, '')"}
_FIELDS = ", ".join(_READ.get(name, name) for name in _NAMES)
_ALL = f"SELECT {_FIELDS} FROM sopguide.remarks WHERE %s::text IS NULL OR kind = %s ORDER BY at, id"  # noqa: S608  (ours)
_NAMED = f"SELECT {_FIELDS} FROM sopguide.remarks WHERE id = ANY(%s::uuid[])"  # noqa: S608  (ours)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class TeamRemarks:
    """Reads them; they are kept on the machines where they were written."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, kind: str | None = None) -> Iterator[Remark]:
        with told():
            rows = self._session.execute(_ALL, [kind, kind]).fetchall()
        return map(_remark, rows)

    def find(self, names: Iterable[str]) -> list[Remark]:
        wanted = [name for name in names if _ID.fullmatch(name)]
        with told():
            rows = self._session.execute(_NAMED, [wanted]).fetchall()
        found = {remark.id: remark for remark in map(_remark, rows)}
        return [found[name] for name in wanted if name in found]


def _remark(row: tuple[Any, ...]) -> Remark:
    return remark_from_json(dict(zip(_NAMES, row, strict=True)))
