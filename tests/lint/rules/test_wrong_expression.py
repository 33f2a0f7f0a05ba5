from __future__ import annotations

import pytest

from tests.building import found


@pytest.mark.parametrize(
    ("fact", "place", "headline"),
    [
        ("{type: integer, is: 'paid +'}", 34, "it ends too early"),
        ("{type: integer, is: 'paid / 2'}", 27, "`x` is an integer, and this gives a decimal"),
        ("{type: yes_no, is: paid}", 26, "`x` is a yes_no, and this gives a decimal"),
        ("{type: date, is: day + paid}", 28, "`+` cannot join a date and a decimal"),
        ("{type: integer, ask: How?, min: < 5}", 39, "`min` cannot begin with `<`"),
        ("{type: integer, ask: How?, max: '> 5'}", 39, "`max` cannot begin with `>`"),
        (
            "{type: integer, ask: How?, max: day}",
            39,
            "`x` is an integer and cannot be limited by a date",
        ),
    ],
)
def test_points_at_what_cannot_be_computed(fact: str, place: int, headline: str) -> None:
    library = (
        "facts:\n"
        "  paid: {type: decimal, ask: How much?}\n"
        "  day: {type: date, ask: When?}\n"
        f"  x:  {fact}\n"
    )

    assert found({"library.yaml": library}) == [f"library.yaml:4:{place}: error[SOP211] {headline}"]


def test_wider_types_take_narrower_values() -> None:
    library = (
        "facts:\n"
        "  count: {type: integer, min: '> 0', max: 2 * 50, ask: How many?}\n"
        "  day: {type: date, max: today, ask: When?}\n"
        "  amount: {type: decimal, is: count * 2}\n"
        "  left: {type: duration, is: today - day}\n"
        "  due: {type: date, is: day + 10bd}\n"
    )

    assert found({"library.yaml": library}) == []
