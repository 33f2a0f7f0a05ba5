"""A line whose parts give way where they do not all fit."""

from __future__ import annotations

import pytest
from textual.content import Content

from sopguide.tui.widgets.bar import last_parts

PATH = "safety: no > trouble: Somebody else posts > signs: Phone number changed > ▸ freeze"


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (len(PATH), PATH),
        (
            len(PATH) - 1,
            "… > trouble: Somebody else posts > signs: Phone number changed > ▸ freeze",
        ),
        (70, "… > trouble: Somebody else p… > signs: Phone number changed > ▸ freeze"),
        (50, "… > signs: Phone number changed > ▸ freeze"),
        (40, "… > signs: Phone number chan… > ▸ freeze"),
        (22, "… > ▸ freeze"),
        (11, "▸ freeze"),
        (6, "▸ fre…"),
    ],
)
def test_a_path_that_is_too_long_begins_with_a_whole_step(width: int, told: str) -> None:
    short = last_parts(Content(PATH), width, " > ")
    assert short.plain == told
    assert short.cell_length <= width
