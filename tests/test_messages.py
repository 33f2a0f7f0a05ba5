from __future__ import annotations

from sopguide.messages import N_, _


def test_without_a_catalogue_a_text_is_shown_as_written() -> None:
    assert _("Not known") == N_("Not known") == "Not known"
