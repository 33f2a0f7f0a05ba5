"""Colours: dark and light, with strong contrast, and for eyes that do not tell red from green.

One accent, one colour for what is wrong, one for what went well; what a colour says is always said
in words or by a sign too. Text reads at 4.5 to 1 or better on its ground, at 7 to 1 in the themes
of strong contrast. The colours for every eye are those of Okabe and Ito, darkened on light ground.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme

_PREFIX = "sopguide-"
_COLOURS: dict[str, dict[str, Any]] = {
    "dark": {
        "accent": "#ffa62b",
        "error": "#ff7a7a",
        "success": "#6fcf8f",
        "foreground": "#e4e4e4",
        "background": "#121212",
        "panel": "#2c3138",
        "muted": "#a3a8ae",
        "rule": "#4b525a",
    },
    "light": {
        "accent": "#8f4300",
        "error": "#b00020",
        "success": "#1b6b34",
        "foreground": "#1b1b1b",
        "background": "#f7f7f5",
        "panel": "#dfe3e8",
        "muted": "#565b61",
        "rule": "#9aa0a6",
    },
    "contrast-dark": {
        "accent": "#ffd000",
        "error": "#ff9c9c",
        "success": "#7dff9b",
        "foreground": "#ffffff",
        "background": "#000000",
        "panel": "#242424",
        "muted": "#e0e0e0",
        "rule": "#ffffff",
    },
    "contrast-light": {
        "accent": "#00308f",
        "error": "#8b0000",
        "success": "#00451a",
        "foreground": "#000000",
        "background": "#ffffff",
        "panel": "#e4e4e4",
        "muted": "#2b2b2b",
        "rule": "#000000",
    },
    "okabe-ito": {
        "accent": "#f0e442",
        "error": "#e9803a",
        "success": "#56b4e9",
        "foreground": "#f2f2f2",
        "background": "#0c0c0c",
        "panel": "#2f2f2f",
        "muted": "#b0b0b0",
        "rule": "#6a6a6a",
    },
    "okabe-ito-light": {
        "accent": "#0060a0",
        "error": "#9c4400",
        "success": "#00664b",
        "foreground": "#111111",
        "background": "#fafafa",
        "panel": "#e3e6ea",
        "muted": "#4d4d4d",
        "rule": "#8c8c8c",
    },
}
NAMES = tuple(_COLOURS)


def make_theme(name: str) -> Theme:
    """The theme of a name."""
    colours = dict(_COLOURS[name])
    extra = {key: colours.pop(key) for key in ("muted", "rule")}
    return Theme(
        name=_PREFIX + name,
        primary=colours["accent"],
        surface=colours["background"],
        dark="light" not in name,
        variables=extra,
        **colours,
    )


def put_on(app: App[Any], name: str) -> None:
    """Show the app in a theme; only those that are used are made."""
    full = _PREFIX + name
    if full not in app.available_themes:
        app.register_theme(make_theme(name))
    if app.is_running:
        app.theme = full
    else:  # nothing has been styled yet, so nothing is to be styled again
        app.set_reactive(App.theme, full)
        app.stylesheet.set_variables(app.get_css_variables())


def after(shown: str) -> str:
    """The name of the theme that comes after the one that is shown."""
    name = shown.removeprefix(_PREFIX)
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]


def fits_terminal(environment: Any) -> str:
    """Dark, or light where the terminal says that its background is (`COLORFGBG=0;15`)."""
    background = str(environment.get("COLORFGBG", "")).rpartition(";")[2]
    return "light" if background in {"7", "15"} else "dark"
