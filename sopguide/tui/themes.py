"""Dark and light: one accent, one colour for what is wrong, one for what went well.

Each reads at 4.5 to 1 or better on its background; what a colour says is always said in words too.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="sopguide-dark",
    primary="#5aa9e6",
    accent="#ffa62b",
    error="#ff7a7a",
    success="#6fcf8f",
    foreground="#e4e4e4",
    background="#121212",
    surface="#1c1c1c",
    panel="#2c3138",
    variables={"muted": "#a3a8ae", "rule": "#4b525a"},
)
LIGHT = Theme(
    name="sopguide-light",
    primary="#005a9c",
    accent="#8f4300",
    error="#b00020",
    success="#1b6b34",
    foreground="#1b1b1b",
    background="#f7f7f5",
    surface="#ededea",
    panel="#dfe3e8",
    dark=False,
    variables={"muted": "#565b61", "rule": "#9aa0a6"},
)
