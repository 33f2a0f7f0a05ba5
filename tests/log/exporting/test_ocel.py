"""OCEL 2.0: held against what its schema demands, and every event with all its objects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from sopguide.clean import clean
from sopguide.log.exporting.ocel import OcelWriter
from tests.log.exporting.walks import answered, many, shown, walk, went_back, written_by

if TYPE_CHECKING:
    from sopguide.log.document import WalkDoc

SCHEMA = json.loads((Path(__file__).parents[2] / "fixtures" / "ocel20.json").read_text())
VALIDATOR = Draft7Validator(SCHEMA, format_checker=Draft7Validator.FORMAT_CHECKER)


def written(*walks: WalkDoc, effective: bool = False) -> str:
    return written_by(OcelWriter, *walks, effective=effective).decode()


def read(*walks: WalkDoc, effective: bool = False) -> dict[str, Any]:
    log = json.loads(written(*walks, effective=effective))
    assert isinstance(log, dict)
    return log


@pytest.mark.parametrize("effective", [False, True])
def test_it_is_valid(effective: bool) -> None:
    assert list(VALIDATOR.iter_errors(read(went_back(), *many(), effective=effective))) == []
    assert list(VALIDATOR.iter_errors(read())) == []


def spoil(log: dict[str, Any], how: int) -> None:
    event = log["events"][0]
    match how:
        case 0:
            del log["objectTypes"]
        case 1:
            del event["time"]
        case 2:
            event["attributes"][0]["value"] = 1
        case 3:
            del event["relationships"][0]["qualifier"]
        case 4:
            del log["objects"][-1]["attributes"][0]["time"]
        case _:
            log["eventTypes"][0]["attributes"][0]["type"] = "text"


@pytest.mark.parametrize("how", range(6))
def test_the_schema_finds_what_is_wrong(how: int) -> None:
    VALIDATOR.check_schema(SCHEMA)
    log = read(went_back())
    spoil(log, how)
    assert list(VALIDATOR.iter_errors(log)) != []


def links(event: dict[str, Any]) -> set[str]:
    return {link["objectId"] for link in event["relationships"]}


def test_every_event_is_linked_to_all_its_objects() -> None:
    log = read(went_back())
    common = {f"walk:{went_back().walk}", "sop:account/hacked", f"ticket:{'ab' * 32}", "agent:ann"}
    assert all(common <= links(event) for event in log["events"])
    by_type = {event["type"]: links(event) - common for event in log["events"]}
    assert by_type["reach"] == {"step:account/hacked#reach"}
    assert by_type["outcome.recommended"] == {
        "step:account/hacked#refuse",
        "macro:not-shown",
        "label:account/hacked/not-verified",
    }
    assert by_type["outcome.overridden"] == {"macro:none", "label:account/senior"}
    assert by_type["walk.completed"] == set()


def test_objects_are_there_once_and_every_link_leads_to_one() -> None:
    log = read(went_back(number=900), *many())
    ids = [one["id"] for one in log["objects"]]
    assert len(ids) == len(set(ids))
    linked = {link for one in (*log["events"], *log["objects"]) for link in links(one)}
    assert linked <= set(ids)
    assert {one["type"] for one in log["objects"]} == {
        "walk", "ticket", "agent", "sop", "step", "macro", "label",
    }  # fmt: skip
    assert len({event["id"] for event in log["events"]}) == len(log["events"])


def test_types_are_declared_with_all_attributes_that_are_used() -> None:
    log = read(went_back(), *many())
    for kind, some in (("eventTypes", "events"), ("objectTypes", "objects")):
        declared = {one["name"]: {each["name"] for each in one["attributes"]} for one in log[kind]}
        assert len(declared) == len(log[kind])
        for one in log[some]:
            assert {each["name"] for each in one["attributes"]} <= declared[one["type"]]


def test_the_walk_tells_how_it_came_out() -> None:
    [found] = [one for one in read(went_back())["objects"] if one["type"] == "walk"]
    told = {each["name"]: each["value"] for each in found["attributes"]}
    assert (told["outcome"], told["overridden"], told["reason"]) == ("escalated", "true", "vip")
    assert told["started"] == "2026-11-22T12:00:00.000Z"


def test_a_ticket_and_an_agent_that_are_not_known_are_no_objects() -> None:
    found = walk(shown("reach"), ticket=None)
    found.head["agent"] = None
    log = read(found)
    assert {one["type"] for one in log["objects"]} == {"walk", "sop", "step"}


def test_hostile_text_is_escaped_and_kept() -> None:
    hostile = "\x1b[2J\u202e\x9b"
    text = written(walk(answered("a", hostile), vendor=hostile))
    assert clean(text) == text
    event = json.loads(text)["events"][1]
    assert {"name": "answer", "value": hostile} in event["attributes"]
