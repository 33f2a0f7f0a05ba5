from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.exporting.pseudonyms import pseudonyms
from sopguide.log.local import LocalLog

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_agent_has_the_same_other_name_in_every_export(tmp_path: Path) -> None:
    with LocalLog(tmp_path / "data") as log, LocalLog(tmp_path / "other") as elsewhere:
        first, again, other = pseudonyms(log), pseudonyms(log), pseudonyms(elsewhere)
        assert first("ann") == again("ann") != first("bob")
        assert first("ann").startswith("agent-")
        assert "ann" not in first("ann")
        assert other("ann") != first("ann")  # another key
        assert log.ticket_hash("ann") != first("ann").removeprefix("agent-")
