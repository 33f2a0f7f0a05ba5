"""What holds for every test: a system that reads English, and an agent who has set nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.messages import use

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def nobodys_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Keep a test from the language and the settings of whoever runs it."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("SOPGUIDE_CONFIG", str(tmp_path_factory.getbasetemp() / "no-config.toml"))
    yield
    use("en")
