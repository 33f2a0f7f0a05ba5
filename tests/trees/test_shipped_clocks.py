"""The time limits of the shipped procedures, to the minute."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from sopguide.graph.load import load_library
from sopguide.walk.clocks import due
from sopguide.walk.procedure import Procedure
from tests.walking import begin, go

if TYPE_CHECKING:
    from sopguide.graph.library import Library
    from sopguide.walk.walk import Walk

SHIPPED = Path(__file__).parents[2] / "trees"
NOW = datetime.fromisoformat("2026-11-03T12:00Z")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(SHIPPED, None)


def walked(library: Library, sop: str, ticket: dict[str, Any], *answers: Any) -> Walk:
    procedure = Procedure(library.form(sop), library.sops[sop].hash or "")
    return go(begin(procedure, ticket, NOW), *answers)


def told(walk: Walk, ticket: dict[str, Any]) -> list[str]:
    return [f"{one.title}: {one.at:%Y-%m-%d %H:%M}" for one in due(walk, ticket) if one.at]


@pytest.mark.parametrize(
    ("country", "answers", "said"),
    [
        ("DE", (), "Copy of data, EU: 2026-11-30 09:00"),
        ("GB", (), "Copy of data, UK: 2026-11-30 09:00"),
        ("US", ("copy", "holder", "US", "yes"), "Copy of data, California: 2026-12-14 10:00"),
    ],
)
def test_a_copy_of_data_is_due_by_the_law_of_the_place(
    library: Library, country: str, answers: tuple[str, ...], said: str
) -> None:
    """In California it is two in the night then, before and after summer time has ended."""
    ticket = {"country": country, "received": "2026-10-30T09:00:00Z"}
    walk = walked(library, "privacy/data-access", ticket, *answers)

    assert said in told(walk, ticket)


def test_the_receipt_of_a_californian_request_is_confirmed_within_business_days(
    library: Library,
) -> None:
    ticket = {"country": "US", "received": "2026-11-20T18:00:00Z"}
    walk = walked(library, "privacy/data-access", ticket, "copy", "holder", "US", "yes")
    pacific = ZoneInfo("America/Los_Angeles")

    [first, _] = due(walk, ticket)
    assert first.title == "Receipt to be confirmed"
    assert first.at == datetime(2026, 12, 7, 10, tzinfo=pacific)  # Thanksgiving is none
    assert told(go(walk, "done"), ticket) == ["Copy of data, California: 2027-01-04 18:00"]


def test_a_copy_of_data_runs_from_the_day_of_the_request_once_that_is_known(
    library: Library,
) -> None:
    ticket = {"country": "DE", "received": "2026-10-30T09:00:00Z"}
    walk = walked(
        library, "privacy/data-access", ticket, "copy", "holder", "DE", "2026-10-10", "no"
    )

    assert told(walk, ticket) == ["Copy of data, EU: 2026-11-11 00:00"]


@pytest.mark.parametrize(
    ("country", "received", "said"),
    [
        ("US", "2026-11-03T08:00:00Z", ["Intimate image, US: 2026-11-05 08:00"]),
        ("US", "2026-05-18T23:00:00Z", []),
        ("IN", "2026-11-03T11:00:00Z", ["Intimate image, India: 2026-11-03 13:00"]),
        ("IN", "2026-02-19T11:00:00Z", []),
        ("FR", "2026-11-03T08:00:00Z", []),
    ],
)
def test_an_intimate_image_is_gone_within_hours(
    library: Library, country: str, received: str, said: list[str]
) -> None:
    ticket = {"country": country, "received": received}
    answers = ("no", "report", "no", "writer", "yes", ["intimate_image"])
    walk = walked(library, "safety/harassment", ticket, *answers)

    assert told(walk, ticket) == said


def test_content_goes_back_within_fourteen_business_days(library: Library) -> None:
    answers = (
        "notice",
        "holder",
        ["signature", "material", "perjury", "identity", "jurisdiction"],
        "2026-11-02",
        "no",
    )
    walk = walked(library, "copyright/counter-notice", {"country": "US"}, *answers)

    assert told(walk, {}) == ["Last day to put it back: 2026-11-24 00:00"]  # Veterans Day is none
