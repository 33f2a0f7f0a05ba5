"""XES: held against the structure that IEEE 1849 demands, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from sopguide.log.exporting.xes import quoted, xes_writer
from tests.log.exporting.walks import answered, many, shown, walk, went_back, written_by

if TYPE_CHECKING:
    from sopguide.log.document import WalkDoc

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[2] / "fixtures" / "xes.xsd")


def written(*walks: WalkDoc, effective: bool = False) -> bytes:
    return written_by(xes_writer, *walks, effective=effective)


def faults(document: bytes) -> list[str]:
    return [str(error.reason) for error in SCHEMA.iter_errors(ET.fromstring(document))]  # noqa: S314


@pytest.mark.parametrize("effective", [False, True])
def test_it_is_valid(effective: bool) -> None:
    assert faults(written(went_back(), *many(), effective=effective)) == []
    assert faults(written()) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'value="2026-11-22T12:00:01.000Z"', b'value="yesterday"'),
        (b'key="seq" value="1"', b'key="seq" value="one"'),
        (b'key="step"', b'key="the step"'),
        (b'name="EventType"', b'name="Event type"'),
        (b"<trace>", b"<case>"),
        (b'xes.version="1849.2016"', b'version="1"'),
    ],
)
def test_the_schema_finds_what_is_wrong(right: bytes, wrong: bytes) -> None:
    document = written(went_back())
    assert right in document
    wrong_one = document.replace(right, wrong).replace(
        b"</trace>", wrong[:1] + b"/" + wrong[1:] if wrong == b"<case>" else b"</trace>"
    )
    assert faults(wrong_one) != []


def test_the_standard_extensions_say_what_tools_look_for() -> None:
    log = ET.fromstring(written(went_back()))  # noqa: S314
    [trace] = log.findall("trace")
    of_case = {one.get("key"): one.get("value") for one in trace if one.tag != "event"}
    assert of_case["sop"] == "account/hacked"
    assert of_case["concept:name"] == str(went_back().walk)
    assert (of_case["outcome"], of_case["overridden"], of_case["reason"]) == (
        "escalated",
        "true",
        "vip",
    )
    event = {one.get("key"): one.get("value") for one in trace.findall("event")[6]}
    assert event == {
        "concept:name": "reach",
        "time:timestamp": "2026-11-22T12:00:06.000Z",
        "lifecycle:transition": "complete",
        "seq": "6",
        "event": "step.answered",
        "active_ms": "6000",
        "identity:id": event["identity:id"],
        "org:group": "in-house",
        "org:resource": "ann",
        "step": "reach",
        "fact": "reach",
        "answer": "no",
        "answered_by": "agent",
    }
    declared = {one.get("prefix") for one in log.findall("extension")}
    used = {key.partition(":")[0] for key in [*event, *of_case] if key and ":" in key}
    assert used <= declared


def test_the_sorting_column_is_global_and_the_classifiers_name_what_every_event_has() -> None:
    log = ET.fromstring(written(went_back(), *many()))  # noqa: S314
    of_events = {one.get("key") for one in log.findall("global[@scope='event']/*")}
    assert "seq" in of_events
    for classifier in log.findall("classifier"):
        assert set((classifier.get("keys") or "").split()) <= of_events
    for event in log.iter("event"):
        assert of_events <= {one.get("key") for one in event}


HOSTILE = '<&">\x1b[2J\u202e\x00\ud800\ufffe é 😀 \x9b]]>\n\t'


def test_hostile_text_makes_no_markup_and_reaches_no_terminal() -> None:
    document = written(walk(shown(HOSTILE), answered("a", HOSTILE), vendor=HOSTILE))
    assert faults(document) == []
    text = document.decode()
    assert not set(text) & set("\x1b\u202e\x00\x9b")
    answer = ET.fromstring(document).find(".//string[@key='answer']")  # noqa: S314
    assert answer is not None
    assert answer.get("value") == '<&">\ufffd[2J\u202e\ufffd\ufffd\ufffd é 😀 \x9b]]>\n\t'.replace(
        "\ud800", "\ufffd"
    )


def test_plain_letters_of_any_script_are_not_escaped() -> None:
    assert quoted("日本語 é") == '"日本語 é"'
