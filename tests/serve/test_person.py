"""How a desk's process begins and ends, without the desk in it."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.serve import person
from sopguide.serve.setup import Setup

if TYPE_CHECKING:
    from collections.abc import Callable

SETUP = Setup(
    "ana", "acme", "trees", "data", "cache", 80, 24, light=False, languages="", memory=256
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Setup], Any]], dict[str, str]]:
    """Runs it with some work to do, and reads what it says."""
    monkeypatch.setattr("os.umask", lambda mode: mode)
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.delenv("SOPGUIDE_DEBUG", raising=False)

    def run(work: Callable[[Setup], Any]) -> dict[str, str]:
        monkeypatch.setattr(person, "_work", work)
        reads, told = os.pipe()
        said, writes = os.pipe()
        monkeypatch.setattr(person, "_STDIN", reads)
        monkeypatch.setattr(person, "_STDOUT", writes)
        os.write(told, json.dumps(SETUP._asdict()).encode() + b"\nkeys")
        with suppress(SystemExit):
            person.main()
        assert os.read(reads, 9) == b"keys"  # they are for the desk
        packet = os.read(said, 9999)
        for each in (reads, told, said, writes):
            os.close(each)
        assert packet[:1] == b"M"
        assert int.from_bytes(packet[1:5], "big") == len(packet) - 5
        return dict(json.loads(packet[5:]))

    return run


def test_it_is_told_who_works_at_it_and_says_what_the_desk_said(run: Any) -> None:
    def work(setup: Setup) -> str:
        assert setup == SETUP
        return "The walk is kept."

    assert run(work) == {"type": "ended", "said": "The walk is kept."}
    assert run(lambda _: None) == {"type": "ended", "said": ""}


def test_what_stops_it_is_said_without_what_was_in_it(run: Any) -> None:
    def work(setup: Setup) -> None:
        raise ValueError("something of a ticket")

    assert run(work) == {"type": "failed", "said": "ValueError"}


def test_nobody_need_be_there_to_hear_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    monkeypatch.setattr(person, "_STDOUT", writes)
    with pytest.raises(SystemExit):
        person._say("ended", "")
    os.close(writes)
