"""Records from before there were chains are shipped and read like any others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sopguide.log.folder import DataFolder
from sopguide.log.team.shipping import Shipped, Shipper
from sopguide.log.team.team_log import TeamLog
from tests.log.making import completed, done_journals, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store


def test_records_without_a_seal_are_shipped_and_make_no_head(tmp_path: Path, store: Store) -> None:
    completed(tmp_path, 1)
    [journal] = done_journals(tmp_path)
    records = [json.loads(line) for line in journal.read_bytes().splitlines()]
    for record in records:
        record["v"] = 1
        del record["salt"], record["chain"]
    journal.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    url = store.person("ann")
    assert Shipper(DataFolder(tmp_path), url).ship() == Shipped(7, 7)
    assert store.rows("SELECT count(*) FROM sopguide.heads") == [(0,)]
    with TeamLog(url, tmp_path / "ticket.key") as team:
        assert [record["v"] for record in team.walk(walk_id(1))] == [1] * 7
