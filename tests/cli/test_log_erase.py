"""`sopguide log erase`: what is told before, asked, done, and shown afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from tests.log.office import Office, everything

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOPGUIDE_DB", raising=False)
    with LocalLog(tmp_path) as log:
        office = Office(log)
        office.walk("ann-marie", "T-48812")
        office.walk("bob", "T-9")
    return tmp_path


def log(data: Path, *arguments: str, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["log", *arguments, "--data", str(data)])
    assert result.exit_code == code, result.output
    return result


def test_tells_how_much_there_is_before_anything_is_done(data: Path) -> None:
    result = log(data, "erase", "--agent", "ann-marie", "--dry-run")
    assert result.stderr == "to erase: 1 walk, 15 records, 1 document, 0 remarks\n"
    found = json.loads(log(data, "erase", "--ticket", "T-9", "--dry-run", "--json").stdout)
    assert found == {"dry_run": True, "walks": 1, "records": 15, "documents": 1, "remarks": 0}
    assert b"ann-marie" in everything(data)


def test_erases_an_agent_whom_lists_and_walks_then_do_not_name(data: Path) -> None:
    [walk] = [line.split()[0] for line in log(data, "list").stdout.splitlines() if "ann" in line]
    counted = log(data, "summary").stdout
    result = log(data, "erase", "--agent", "ann-marie", "--yes")
    assert result.stderr.endswith("erased; `sopguide log acts` shows that it was done\n")
    assert b"ann-marie" not in everything(data)
    assert "(erased)" in log(data, "list").stdout
    assert "(erased)" in log(data, "show", walk).stdout
    assert log(data, "summary").stdout == counted
    assert "by agent, walks 1, records 15" in log(data, "acts").stdout
    assert log(data, "verify").exit_code == Exit.OK


def test_erases_a_ticket_by_its_id_and_tells_scripts(data: Path) -> None:
    told = json.loads(log(data, "erase", "--ticket", "T-48812", "--yes", "--json").stdout)
    assert told["done"] is True
    assert (told["by"], told["walks"], told["held"]) == ("ticket", 1, [])
    result = log(data, "erase", "--ticket", "T-48812", "--yes")
    assert result.stderr == "nothing to erase\n"
    assert log(data, "verify").exit_code == Exit.OK


def test_no_ticket_is_said_not_to_be_there_when_the_key_of_tickets_is_missing(data: Path) -> None:
    (data / "ticket.key").unlink()
    told = log(data, "erase", "--ticket", "T-48812", "--yes", code=Exit.USAGE).stderr
    assert "ticket.key is missing, so no ticket is found by its id" in told
    assert not (data / "ticket.key").exists()


def test_says_where_to_erase_what_was_shipped(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPGUIDE_DB", "postgresql://store.example/sopguide")
    result = log(data, "erase", "--agent", "ann-marie", "--yes")
    assert "what was shipped is erased by `sopguide db erase`" in result.stderr


def test_asks_first_and_does_nothing_where_nobody_can_be_asked(data: Path) -> None:
    result = log(data, "erase", "--agent", "ann-marie", code=Exit.USAGE)
    assert "say --yes" in result.stderr
    assert b"ann-marie" in everything(data)
    assert not list(DataFolder(data).erasing.glob("*"))


def test_a_journal_in_use_is_told_and_done_by_the_process_that_ends(data: Path) -> None:
    running = LocalLog(data)
    walk = Office(running).begin("ann-marie", "T-5", age=37)
    result = log(data, "erase", "--agent", "ann-marie", "--yes", code=Exit.FINDINGS)
    assert "is being written: what is in it goes when that process ends" in result.stderr
    assert "being written" in log(data, "erase", code=Exit.FINDINGS).stderr
    assert walk.suspend() is None
    running.close()
    assert b"ann-marie" not in everything(data)
    assert log(data, "erase").stderr == ""


def test_what_was_set_aside_is_told_and_deleted_where_that_is_said(data: Path) -> None:
    aside = data / "damaged" / "journals" / "x.jsonl"
    aside.parent.mkdir(parents=True)
    aside.write_text('{"agent":"ann-marie"')
    told = f"{aside} was set aside as damaged and names it: --damaged deletes it"
    erase = ("erase", "--agent", "ann-marie")
    assert told in log(data, *erase, "--dry-run", code=Exit.FINDINGS).stderr
    assert told in log(data, *erase, "--yes", code=Exit.FINDINGS).stderr
    assert "nobody is there to be asked" in log(data, *erase, "--damaged", code=Exit.USAGE).stderr
    assert aside.exists()
    log(data, *erase, "--damaged", "--yes")
    assert not aside.exists()
    assert "by agent, originals 1" in log(data, "acts").stdout


def test_an_agent_who_may_sign_in_to_a_desk_is_told(data: Path) -> None:
    (data / "users.toml").write_text('[users.ann-marie]\npassword = "$argon2id$"\n')
    told = "lets them sign in: `sopguide serve user remove ann-marie` ends that"
    assert told in log(data, "erase", "--agent", "ann-marie", "--yes", code=Exit.FINDINGS).stderr
    assert "sign in" not in log(data, "erase", "--agent", "bob", "--yes").stderr
    (data / "users.toml").write_text("[users")
    assert "sign in" not in log(data, "erase", "--agent", "bob").stderr


def test_imported_logs_that_name_it_are_told(data: Path) -> None:
    cases = data / "imports" / "h" / "cases.jsonl"
    cases.parent.mkdir(parents=True)
    cases.write_text('[[["case","s","T-48812"]]]')
    erase = ("erase", "--ticket", "T-48812", "--yes")
    told = "the imported log `h` names it: `sopguide log imports --remove h` takes it away"
    assert told in log(data, *erase, code=Exit.FINDINGS).stderr
    cases.write_text('[[["case","s","T-9"]]]')
    assert "imported" not in log(data, *erase).stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--agent", "a", "--ticket", "b"], "--agent and --ticket are two erasures"),
        (["--dry-run"], "nothing to look for"),
    ],
)
def test_says_what_does_not_go_together(data: Path, arguments: list[str], why: str) -> None:
    assert why in log(data, "erase", *arguments, code=Exit.USAGE).stderr
