"""What a step paints, and that a text is seen whole at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual._compositor import Compositor

from tests.tui.fakes import CHOICES, make_view
from tests.tui.running import text_of, walking

if TYPE_CHECKING:
    from textual.geometry import Region

WIDTHS = (200, 50, 80)
TEXTS = [" ".join([*["word"] * n, f"END{n}"]) for n in (3, 25, 12)]


@pytest.mark.parametrize("size", [(80, 24), (130, 30)])
async def test_a_step_paints_what_changed_and_leaves_the_rest(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    views = [make_view(text=f"Question {n}?", choices=CHOICES) for n in range(3)]
    painted: list[Region] = []
    paint = Compositor.render_partial_update

    def spied(self: Compositor) -> object:
        painted.extend(self._dirty_regions)
        return paint(self)

    async with walking(*views, size=size, ticket_text={"subject": "cant get in"}) as (pilot, _):
        monkeypatch.setattr(Compositor, "render_partial_update", spied)
        await pilot.press("1")
        assert "Question 1?" in text_of(pilot)
    assert painted
    assert sum(region.area for region in painted) < size[0] * size[1] / 3


async def test_a_text_that_changed_at_another_width_is_seen_whole() -> None:
    views = [make_view(text=text, choices=CHOICES, help=text) for text in TEXTS * 3]
    async with walking(*views, size=(WIDTHS[0], 30)) as (pilot, _):
        for turn, view in enumerate(views[1:], 1):
            await pilot.press("1")
            for width in WIDTHS[turn % 3 :] + WIDTHS[: turn % 3]:
                await pilot.resize_terminal(width, 30)
                await pilot.pause()
                # once in the question, once in its help, whatever the width was before
                assert text_of(pilot).count(view.text.split()[-1]) == 2, (width, text_of(pilot))
