"""A machine names tickets by its own key until it has the organisation's; former names are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log.exporting.pseudonyms import pseudonyms
from sopguide.log.faults import LogError
from sopguide.log.folder import DataFolder
from sopguide.log.inspecting import inspect
from sopguide.log.local import LocalLog
from sopguide.log.ticket_keys import TicketKeys
from sopguide.log.wanted import Wanted
from tests.log.making import HEADER, complete, walk_id

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = b"1" * 32, b"2" * 32


@pytest.fixture
def keys(tmp_path: Path) -> TicketKeys:
    return TicketKeys(DataFolder(tmp_path).ticket_key)


def test_each_machine_has_a_key_of_its_own_and_no_other(tmp_path: Path, keys: TicketKeys) -> None:
    assert not keys.exist()
    name = keys.name("T-1")
    assert keys.names("T-1") == (name,)
    assert keys.exist()
    assert TicketKeys(DataFolder(tmp_path / "other").ticket_key).name("T-1") != name
    assert not (tmp_path / "team.key").exists()


def test_the_organisations_key_names_tickets_from_then_on(tmp_path: Path, keys: TicketKeys) -> None:
    own = keys.name("T-1")
    keys.keep(FIRST)
    elsewhere = TicketKeys(DataFolder(tmp_path / "other").ticket_key)
    elsewhere.keep(FIRST)
    assert keys.name("T-1") == elsewhere.name("T-1") != own
    assert keys.names("T-1") == (keys.name("T-1"), own)
    assert elsewhere.names("T-1") == (keys.name("T-1"),)
    assert not (tmp_path / "other" / "ticket.key").exists()
    assert (tmp_path / "team.key").stat().st_mode & 0o777 == 0o600


def test_the_key_of_another_organisation_takes_no_former_one_away(keys: TicketKeys) -> None:
    own = keys.name("T-1")
    keys.keep(FIRST)
    first = keys.name("T-1")
    for key in (FIRST, SECOND, SECOND):
        keys.keep(key)
    assert keys.names("T-1") == (keys.name("T-1"), first, own)
    keys.keep(FIRST)
    assert keys.name("T-1") == first
    assert len(keys.names("T-1")) == 3


def test_a_running_desk_names_by_the_key_that_was_fetched_meanwhile(
    tmp_path: Path, keys: TicketKeys
) -> None:
    with LocalLog(tmp_path) as log:
        before = log.ticket_hash("T-1")
        complete(log, walk_id(1), HEADER._replace(ticket=before))
        keys.keep(FIRST)
        after = log.ticket_hash("T-1")
        assert after != before
        complete(log, walk_id(2), HEADER._replace(ticket=after))
        complete(log, walk_id(3), HEADER._replace(ticket=log.ticket_hash("T-2")))
        found = [walk.walk for walk in log.walks(Wanted(tickets=log.ticket_hashes("T-1")))]
        assert found == [walk_id(1), walk_id(2)]
        only = [walk.walk for walk in log.walks(Wanted(tickets=(before,)))]
        assert only == [walk_id(1)]


def test_other_names_of_agents_stay_what_they_were(tmp_path: Path, keys: TicketKeys) -> None:
    with LocalLog(tmp_path) as log:
        before = pseudonyms(log)("ann")
        keys.keep(FIRST)
        assert pseudonyms(log)("ann") == before


@pytest.mark.parametrize("content", [b"", b"short", b"1" * 65])
def test_a_damaged_key_is_told_and_nothing_is_named_by_it(
    tmp_path: Path, keys: TicketKeys, content: bytes
) -> None:
    (tmp_path / "team.key").write_bytes(content)
    with pytest.raises(LogError, match="damaged: see `sopguide log repair"):
        keys.name("T-1")
    [broken] = inspect(DataFolder(tmp_path))
    assert broken.path == tmp_path / "team.key"


def test_whole_keys_are_no_fault(tmp_path: Path, keys: TicketKeys) -> None:
    keys.name("T-1")
    keys.keep(FIRST)
    keys.keep(SECOND)
    assert [*inspect(DataFolder(tmp_path))] == []
