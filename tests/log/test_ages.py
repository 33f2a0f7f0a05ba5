"""Until when each kind is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sopguide.log.ages import cutoffs, kind_of, mode_kind

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("keep", "before"),
    [
        ("1m", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("24m", datetime(2024, 3, 31, 12, tzinfo=UTC)),
        ("1y", datetime(2025, 3, 31, 12, tzinfo=UTC)),
        ("90d", datetime(2025, 12, 31, 12, tzinfo=UTC)),
        ("2w", datetime(2026, 3, 17, 12, tzinfo=UTC)),
        ("6h", datetime(2026, 3, 31, 6, tzinfo=UTC)),
    ],
)
def test_counts_back_by_the_calendar(keep: str, before: datetime) -> None:
    found = cutoffs({"notes": {"keep": keep, "because": []}}, NOW)
    assert found == {"notes": int(before.timestamp() * 1000)}


@pytest.mark.parametrize("keep", ["60y", "9999y", "99999m", "999999999d"])
def test_what_is_kept_for_longer_than_there_are_years_never_expires(keep: str) -> None:
    assert cutoffs({"walks": {"keep": keep, "because": []}}, NOW) == {"walks": 0}


def test_modes_and_remarks_have_a_kind() -> None:
    assert [mode_kind(mode) for mode in ("live", "drill", "test")] == ["walks", "drills", "tests"]
    assert [kind_of(name) for name in ("note", "feedback", "walks")] == [
        "notes",
        "feedback",
        "walks",
    ]
