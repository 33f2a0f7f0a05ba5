from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.serve.browsing import FLAGS, chromium
from tests.serve.serving import Server, add_people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped library is compiled once for all servers."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    add_people(folder)
    return folder


@pytest.fixture
def server(data: Path, cache: Path) -> Iterator[Server]:
    with Server(data, cache) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For a module without `async` tests: playwright has an event loop running as long as it is."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield found
        found.close()
