from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_without_pygls_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)

    done = CliRunner().invoke(program, ["lsp"])
    assert done.exit_code == Exit.ENVIRONMENT
    assert "pip install 'sopguide[lsp]'" in done.output


def test_it_serves_with_the_proofs_of_the_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from sopguide.lsp.server import Server

    served: list[Server] = []

    def serve(self: Server) -> None:
        served.append(self)

    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path))
    monkeypatch.setattr(Server, "start_io", serve)

    assert CliRunner().invoke(program, ["lsp", "--stdio"]).exit_code == Exit.OK
    assert len(served) == 1
