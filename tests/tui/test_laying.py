from __future__ import annotations

from sopguide.tui.widgets.laying import Row, lay_out


def test_before_there_is_a_width_no_mark_is_cut() -> None:
    rows = [Row("Account taken over", mark="account/hacked"), Row("Refund", mark="payments/refund")]
    assert lay_out(rows, 0, wrap=False).mark_width == len("payments/refund")
    assert lay_out(rows, 20, wrap=False).mark_width == 10


def test_a_long_mark_stands_above_its_text_and_leaves_the_others_their_room() -> None:
    rows = [
        Row("An account closed", mark="topic", note="you"),
        Row("Nothing at all", mark="proved_before", note="you"),
        Row("no", mark="open_ticket", note="you"),
    ]
    laid = lay_out(rows, 28, wrap=True)
    assert laid.mark_width == len("topic")
    assert laid.spills(rows[1])
    assert not laid.spills(rows[0])
    below = [(1, ""), (1, "Nothing at all")]
    told = [(row, part.plain) for row, part in laid.lines]
    assert told == [(0, "An account"), (0, "closed"), *below, (2, "no")]


def test_a_note_goes_below_where_it_would_break_a_date() -> None:
    [row] = [Row("2026-11-22 18:00", mark="received", note="ticket")]
    told = [part.plain.strip() for _, part in lay_out([row], 28, wrap=True).lines]
    assert told == ["2026-11-22 18:00", "ticket"]


def test_rows_without_marks_begin_where_the_pointer_ends() -> None:
    assert lay_out([Row("Germany"), Row("Italy")], 80, wrap=True).indent == len("▸ ")
