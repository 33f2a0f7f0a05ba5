from __future__ import annotations

import pytest

from tests.building import found


@pytest.mark.parametrize(
    ("limits", "crossed"),
    [
        ("min: 5, max: 4", True),
        ("min: '> 5', max: 5", True),
        ("min: 5, max: '< 5'", True),
        ("min: 5, max: 5", False),
        ("min: 0.5, max: 10", False),
        ("min: 5, max: other", False),
    ],
)
def test_limits_that_leave_nothing_are_found(limits: str, crossed: bool) -> None:
    lines = found(
        {
            "library.yaml": (
                "facts:\n"
                f"  x: {{type: decimal, {limits}, ask: How much?}}\n"
                "  other: {type: decimal, ask: How much else?}\n"
            )
        }
    )

    assert [line.partition(": error")[2] for line in lines] == (
        ["[SOP221] nothing fits `x`: its `min` lies above its `max`"] if crossed else []
    )


@pytest.mark.parametrize(
    ("kind", "limits", "crossed"),
    [
        ("date", "min: 2026-02-01, max: 2026-01-31", True),
        ("date", "min: 2026-02-01, max: 2026-02-01", False),
        ("date", "min: today, max: 2026-02-01", False),
        ("duration", "min: 2d, max: 24h", True),
        ("integer", "min: -1 + 3, max: 2 - 1", True),
        ("integer", "min: 1 / 0, max: 2", False),
    ],
)
def test_limits_of_every_kind_are_held_against_each_other(
    kind: str, limits: str, *, crossed: bool
) -> None:
    lines = found({"library.yaml": f"facts:\n  x: {{type: {kind}, {limits}, ask: X?}}\n"})

    assert [line.partition("error")[2][:8] for line in lines] == ["[SOP221]"] * crossed
