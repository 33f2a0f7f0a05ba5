"""Where a fact finds its value in the ticket."""

from typing import Any

import pytest

from tests.walking import begin, procedure, steps, told


@pytest.mark.parametrize("path", ["ticket.requester.tags.1", "requester.tags.1"])
def test_a_fact_finds_its_place_in_the_ticket(path: str) -> None:
    text = f"start: a\nfacts:\n  tag: {{type: choice, values: [x, z], from: {path}, ask: T?}}\nsteps:\n  a: {{fact: tag, go: done}}\n  done: {{end: resolved, macro: done, label: done}}"
    of = procedure(text)
    assert steps(begin(of, {"requester": {"tags": ["x", "z"]}})) == ["a=z ticket", "done"]
    tickets: list[dict[str, Any]] = [
        {"requester": {"tags": ["x"]}},
        {"requester": "me"},
        {"requester": {"tags": {}}},
        {},
    ]
    for ticket in tickets:
        assert told(begin(of, ticket)) == "ask a tag"
