"""The server that these tests talk to: without it they fail, and are never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.log.team.postgres import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.log.team.postgres import Store


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    store = server.store()
    yield store
    server.drop(store)
