"""What a library says of how long the log keeps things, as commands see it."""

from __future__ import annotations

from tests.building import library
from tests.locked_out import FILES


def test_tells_by_kind_how_long_and_why() -> None:
    text = (
        FILES["library.yaml"]
        + "retention:\n  walks: {keep: 24m, because: two reviews}\n  notes: 90d\n"
    )
    assert library({**FILES, "library.yaml": text}).retention == {
        "walks": {"keep": "24m", "because": ["two reviews"]},
        "notes": {"keep": "90d", "because": []},
    }


def test_a_library_may_say_nothing_of_it() -> None:
    assert library(FILES).retention == {}


def test_how_long_things_are_kept_is_no_part_of_what_an_agent_walks() -> None:
    text = FILES["library.yaml"] + "retention: {walks: 24m}\n"
    one, other = library(FILES), library({**FILES, "library.yaml": text})
    assert one.sops["account/locked"].hash == other.sops["account/locked"].hash
