"""The floor for a step: a Textual app that swaps two static texts at a key, and does nothing else."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXTS = ("Which proof can the person give?", "What happened to the account of the person?")


class SwappingApp(App[None]):
    CSS = "#keys { dock: bottom; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self._pressed = 0

    def compose(self) -> ComposeResult:
        yield Static("question 0", id="trail")
        yield Static(TEXTS[0], id="question")
        yield Static("1-3 answer  q quit  ? keys", id="keys")

    def on_key(self) -> None:
        """Swap them."""
        self._pressed += 1
        self.query_one("#trail", Static).update(f"question {self._pressed}")
        self.query_one("#question", Static).update(TEXTS[self._pressed % 2])


if __name__ == "__main__":
    SwappingApp().run()
