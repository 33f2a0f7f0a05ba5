"""What holds for every test: a system that reads English, and an agent who has set nothing."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from sopguide.messages import use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.log.team.postgres import Server, Store

settings.register_profile(
    "steady",
    deadline=None,  # how long an example takes says more about the machine than about the code
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("SOPGUIDE_SOAK"),  # else other examples in every run
)
settings.load_profile("steady")


@pytest.fixture
def time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No walk takes any time, however slow the machine is."""
    wall, mono = time.time_ns(), time.monotonic_ns()
    monkeypatch.setattr("time.time_ns", lambda: wall)
    monkeypatch.setattr("time.monotonic_ns", lambda: mono)


@pytest.fixture(autouse=True)
def nobodys_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Keep a test from the language and the settings of whoever runs it."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("SOPGUIDE_CONFIG", str(tmp_path_factory.getbasetemp() / "no-config.toml"))
    yield
    use("en")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL, started where a test first asks for it; without it such tests fail."""
    from tests.log.team.postgres import Server

    server = Server()
    yield server
    server.close()


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    """An empty team's store."""
    store = server.store()
    yield store
    server.drop(store)
