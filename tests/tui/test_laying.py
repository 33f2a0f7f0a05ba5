from __future__ import annotations

from sopguide.tui.widgets.laying import Row, lay_out


def test_before_there_is_a_width_no_mark_is_cut() -> None:
    rows = [Row("Account taken over", mark="account/hacked"), Row("Refund", mark="payments/refund")]
    assert lay_out(rows, 0, wrap=False).mark_width == len("payments/refund")
    assert lay_out(rows, 20, wrap=False).mark_width == 10
