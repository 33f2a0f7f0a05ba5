"""`sopguide log access`: what an agent may ask for, in plain words and in full."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.acts import record_act
from sopguide.log.folder import DataFolder
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from tests.locked_out import FILES, write
from tests.log.office import Office

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Ann finished a walk and a drill, wrote a note, and left a ticket; Bob walked too."""
    data = tmp_path / "data"
    with LocalLog(data) as log:
        office = Office(log)
        office.walk("ann-marie", "T-1")
        office.walk("ann-marie", "T-2", "drill")
        office.walk("bob-bob", "T-3")
        left = office.begin("ann-marie", "T-4", age=37)
        assert not isinstance(left.remark("note", "waits for a receipt"), str)
        assert left.suspend() is None
    record_act(DataFolder(data), "log.exported", {"walks": 3}, Identity("ann-marie"))
    return data


def access(data: Path, agent: str, *more: str) -> str:
    text = f"{FILES['library.yaml']}retention: {{walks: {{keep: 24m, because: reviews}}}}\n"
    trees = write(data.parent / "trees", {**FILES, "library.yaml": text})
    told = ["log", "access", "--agent", agent, "--data", str(data), "--trees", str(trees)]
    result = CliRunner().invoke(program, [*told, *more])
    assert result.exit_code == Exit.OK, result.output
    return result.stdout


def test_tells_what_is_held_what_for_and_for_how_long(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("SOPGUIDE_DB", raising=False)
    lines = access(data, "ann-marie").splitlines()
    assert lines[0] == "What this log holds on ann-marie"
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in lines[3:10]}
    assert rows["walks"].startswith("2 24m to work tickets by the procedure")
    assert rows["drills"].startswith("1 no end set to train")
    assert rows["notes"].startswith("1 no end set for whoever takes the ticket up again")
    assert rows["tickets"].startswith("1 ")
    assert rows["acts"].startswith("1 ")
    text = "\n".join(lines)
    assert "waits for a receipt" in text
    assert "in-house, local (whom they worked for)" in text
    assert "journals/" in text
    assert "walks/2023-11/" in text
    assert "sopguide log erase --agent ann-marie" in text
    assert "bob-bob" not in text


def test_tells_scripts_every_record_and_no_other_agents(data: Path) -> None:
    told = json.loads(access(data, "ann-marie", "--json"))
    assert told["kinds"]["walks"] == {
        "held": 2,
        "purpose": "to work tickets by the procedure, and to see where procedures go wrong",
        "kept": "24m",
        "because": ["reviews"],
    }
    assert [len(walk["records"]) > 3 for walk in told["walks"]] == [True] * 3
    agents = {record["agent"] for walk in told["walks"] for record in walk["records"]}
    assert agents == {"ann-marie"}
    assert [remark["text"] for remark in told["remarks"]] == ["waits for a receipt"]
    assert [act["type"] for act in told["acts"]] == ["log.exported"]
    assert len(told["tickets"]) == 1
    assert "bob-bob" not in json.dumps(told)


def test_the_teams_store_is_a_recipient_where_one_is_shipped_to(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPGUIDE_DB", "postgresql://store.example/sopguide")
    told = json.loads(access(data, "ann-marie", "--json"))
    assert told["recipients"][-1] == "the team's store, to which this machine ships"


def test_an_imported_log_is_a_place_too(data: Path) -> None:
    cases = data / "imports" / "h" / "cases.jsonl"
    cases.parent.mkdir(parents=True)
    cases.write_text('[[["org:resource","s","ann-marie"]]]')
    assert "imports/h/cases.jsonl" in json.loads(access(data, "ann-marie", "--json"))["places"]
    assert "imports/h/cases.jsonl" not in json.loads(access(data, "bob-bob", "--json"))["places"]


def test_who_may_sign_in_to_a_desk_is_held_too(data: Path) -> None:
    (data / "users.toml").write_text('[users.ann-marie]\npassword = "$argon2id$"\n')
    assert "users.toml" in json.loads(access(data, "ann-marie", "--json"))["places"]
    assert "users.toml" not in json.loads(access(data, "bob-bob", "--json"))["places"]


def test_nothing_is_held_on_somebody_unknown(data: Path) -> None:
    told = json.loads(access(data, "nobody-at-all", "--json"))
    assert [told[key] for key in ("walks", "remarks", "acts", "tickets", "places")] == [[]] * 5
    assert "no file" in access(data, "nobody-at-all")


def test_only_what_was_done_with_the_log_is_left_on_an_agent_who_was_erased(data: Path) -> None:
    erased = ["log", "erase", "--agent", "ann-marie", "--yes", "--data", str(data)]
    assert CliRunner().invoke(program, erased).exit_code == Exit.OK
    told = json.loads(access(data, "ann-marie", "--json"))
    assert {kind: each["held"] for kind, each in told["kinds"].items() if each["held"]} == {
        "acts": 1
    }
    assert all(place.startswith("journals/acts/") for place in told["places"])
