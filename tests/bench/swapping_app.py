"""The floor for a step: a Textual app that swaps two pages of static text at a key, and no more.

A page has as many rows as the desk, told apart by the number in its first one.
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

ROWS = (
    "area/steps 1.0.0                                    T-1   00:00 · step 00:00",
    "─" * 79,
    "“cant get in!! — someone changed my number”",
    "first: yes > second: A receipt of a purchase > third        3 of at most 30",
    "",
    "Which proof can the person give?",
    "",
    "",
    "  1  The account's e-mail address",
    "  2  A receipt of a purchase",
    "  3  Nothing of the kind",
    "",
    "  i  Ask for the number only, never for a picture of it.",
    "     Policy: M-1",
    "─" * 79,
    "Still possible: resolved",
    "1-3 answer  q quit  ? keys",
)
OTHERS = tuple(row.replace("e", "é") for row in ROWS)


class SwappingApp(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self._pressed = 0

    def compose(self) -> ComposeResult:
        yield Static(self._page(), id="page", markup=False)

    def on_key(self) -> None:
        """Swap them."""
        self._pressed += 1
        self.query_one("#page", Static).update(self._page(), layout=False)

    def _page(self) -> str:
        rows = OTHERS if self._pressed % 2 else ROWS
        return "\n".join((f"question {self._pressed}", *rows[:-1], ROWS[-1]))


if __name__ == "__main__":
    SwappingApp().run()
