"""The floor for first paint: a Textual app of one screen, with a question, answers and keys."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static


class BareApp(App[None]):
    CSS = "#keys { dock: bottom; }"

    def compose(self) -> ComposeResult:
        yield Static("bare 1.0.0")
        yield Static("Which proof of ownership can the person give?")
        yield OptionList("E-mail or phone", "Receipt of a purchase", "The device", "None of these")
        yield Static("1-4 answer  ⌫ back  q quit  ? keys", id="keys")


if __name__ == "__main__":
    BareApp().run()
