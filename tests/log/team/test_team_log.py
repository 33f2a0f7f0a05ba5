"""The team's store answers as the log of one machine does, once that has been shipped to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.team.shipping import Shipper
from sopguide.log.team.team_log import TeamLog
from tests.log.asking import AskingContract

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.log.team.postgres import Store


class TestTeamLog(AskingContract):
    @pytest.fixture(autouse=True)
    def opened(self, store: Store) -> Iterator[None]:
        self._url = store.person("ann")
        self._logs: list[TeamLog] = []
        yield
        for log in self._logs:
            log.close()

    def reading(self, data: Path) -> TeamLog:
        folder = DataFolder(data)
        Shipper(folder, self._url).ship()
        self._logs.append(TeamLog(self._url, folder.ticket_key))
        return self._logs[-1]
