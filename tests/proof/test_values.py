"""Times moved by hours and days: hours are exact in every zone, days follow its clocks."""

from __future__ import annotations

import pytest

from sopguide.proof.findings import prove
from tests.proof.test_findings import LIBRARY, example, told

NEW_YORK = LIBRARY.replace("locales: [en]", "locales: [en]\nzone: America/New_York")
LATER = 'start: a\nfacts:\n  end: {{type: datetime, is: received + {length}}}\nsteps:\n  a: {{decide: [{{if: {{end: "< 2026-11-01T12:00"}}, to: b}}, {{else: done}}]}}\n  b: {{decide: [{{if: {{received: "> {at}"}}, to: other}}, {{else: done}}]}}'


@pytest.mark.parametrize(
    ("length", "at", "found"),
    [
        ("48h", "2026-10-30T13:00", ["never-holds b.decide.0.if: other"]),
        ("48h", "2026-10-30T12:00", []),
        (
            "2d",
            "2026-10-30T13:00",
            ["not-proved a.decide.0.if: days are longer or shorter where clocks change"],
        ),
    ],
)
def test_hours_are_exact_where_clocks_change(length: str, at: str, found: list[str]) -> None:
    text = LATER.format(length=length, at=at)
    assert told(prove(example(text, {"library.yaml": NEW_YORK}))) == found


def test_hours_after_a_date_are_no_whole_days() -> None:
    text = 'start: a\nfacts:\n  end: {type: datetime, is: paid_on + 24h}\nsteps:\n  a: {decide: [{if: {end: "<= received"}, to: b}, {else: done}]}\n  b: {decide: [{if: {received: "< 2026-01-01"}, to: other}, {else: done}]}'
    assert [line.partition(":")[0] for line in told(prove(example(text)))] == [
        "not-proved a.decide.0.if"
    ]
