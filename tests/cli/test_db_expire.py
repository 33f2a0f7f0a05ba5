"""`sopguide db expire`: told first, asked, done; and what `db status` says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.local import LocalLog
from sopguide.log.team.shipping import Shipper
from tests.locked_out import FILES, write
from tests.log.office import Office

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.log.team.postgres import Store


@pytest.fixture
def trees(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A walk and a drill of 2023 in the store; the library keeps walks for two years."""
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    with LocalLog(tmp_path / "data") as log:
        office = Office(log)
        office.walk("ann-marie", "T-1")
        office.walk("bob-bob", "T-2", "drill")
        folder = log._folder
    Shipper(folder, store.person("ann")).ship()
    monkeypatch.setenv("SOPGUIDE_DB", store.person("qui", "quality"))
    return keeping(tmp_path, "retention: {walks: 24m, tickets: 30d}")


def keeping(folder: Path, retention: str) -> Path:
    text = f"{FILES['library.yaml']}{retention}\n"
    return write(folder / "trees", {**FILES, "library.yaml": text})


def run(trees: Path, *arguments: str, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["db", *arguments, "--trees", str(trees)])
    assert result.exit_code == code, result.output
    return result


def walks(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM sopguide.walks")[0][0])


def test_tells_what_has_expired_asks_and_does_it(trees: Path, store: Store) -> None:
    assert run(trees, "expire", "--dry-run").stderr.splitlines() == [
        "walks: 1 older than 24m",
        "kept, for `retention` does not name them: drills, tests, notes, feedback, acts",
    ]
    run(trees, "expire", code=Exit.USAGE)  # nobody is there to say yes
    assert walks(store) == 2
    done = run(trees, "expire", "--yes", "--json").stdout
    assert json.loads(done) == {"dry_run": False, "expired": {"walks": 1}}
    assert store.rows("SELECT mode FROM sopguide.walks") == [("drill",)]
    again = run(trees, "expire", "--yes", "--json").stdout
    assert json.loads(again) == {"dry_run": False, "expired": {"walks": 0}}


def test_nothing_expires_where_the_library_says_nothing(
    trees: Path, store: Store, tmp_path: Path
) -> None:
    result = run(keeping(tmp_path / "other", ""), "expire", "--yes")
    assert result.stderr == "library.yaml has no `retention`, so nothing expires\n"
    assert walks(store) == 2


def test_whoever_may_not_is_told_who_may(
    trees: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("lead", "agent", "trainer"):
        monkeypatch.setenv("SOPGUIDE_DB", store.person("oth", role))
        told = run(trees, "expire", "--yes", code=Exit.ENVIRONMENT).stderr
        assert "only quality" in told
    assert walks(store) == 2


def test_status_tells_quality_what_is_overdue(
    trees: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "1 walks: `sopguide db expire`" in run(trees, "status").stdout
    assert json.loads(run(trees, "status", "--json").stdout)["overdue"] == {"walks": 1}
    run(trees, "expire", "--yes")
    assert "overdue" not in run(trees, "status").stdout
    monkeypatch.setenv("SOPGUIDE_DB", store.person("lea", "lead"))
    assert json.loads(run(trees, "status", "--json").stdout)["overdue"] is None
