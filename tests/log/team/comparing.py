"""What the store has, held against the journals it came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sopguide.log.folder import DataFolder
from sopguide.log.steps import content_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.log.team.postgres import Store

_FIELDS = [
    "v",
    "id",
    "walk",
    "seq",
    "wall",
    "mono",
    "mode",
    "ticket",
    "sop",
    "version",
    "hash",
    "channel",
    "locale",
    "type",
    "salt",
    "chain",
]
_COLUMNS = ", ".join(f"e.{field}::text" for field in _FIELDS)
_STORED = (
    f"SELECT p.login, e.journal, e.place, {_COLUMNS}, e.data::text"  # noqa: S608
    " FROM sopguide.events AS e JOIN sopguide.people AS p USING (person)"
)


def check_against_journals(store: Store, folders: Mapping[str, Iterable[Path]]) -> int:
    """Every event of these logins' journals is there once, as it was, and no other; how many."""
    expected = {
        (login, *each): values
        for login, its in folders.items()
        for data in its
        for each, values in in_journals(data).items()
    }
    rows = store.rows(_STORED)
    stored = {tuple(row[:3]): tuple(row[3:]) for row in rows}
    assert stored.keys() == expected.keys()
    assert stored == expected
    assert len(rows) == len(stored)
    twice = "SELECT walk, seq FROM sopguide.events GROUP BY person, walk, seq HAVING count(*) > 1"
    assert store.rows(twice) == []
    return len(rows)


def in_journals(data: Path) -> dict[tuple[str, int], tuple[str | None, ...]]:
    """The records of every whole step, by journal and line, spelled as the store spells them."""
    folder = DataFolder(data)
    found: dict[tuple[str, int], tuple[str | None, ...]] = {}
    for path in (*folder.done_journals(), *folder.live_journals()):
        for line in steps_of(content_of(path)).lines:
            record = json.loads(line.text)
            values = (None if record[each] is None else str(record[each]) for each in _FIELDS)
            found[path.stem, line.number] = (*values, _data(line.text))
    return found


def _data(line: bytes) -> str:
    return line.decode().partition(',"data":')[2].rpartition(',"salt":')[0]
