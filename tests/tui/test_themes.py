from __future__ import annotations

from itertools import combinations

import pytest
from textual.color import Color

from sopguide.desk.settings import THEMES
from sopguide.tui.themes import NAMES, after, fits_terminal, make_theme

# How red-blind and green-blind eyes see linear colours (Machado and others, 2009).
_RED_BLIND = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
_GREEN_BLIND = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def linear(colour: Color) -> list[float]:
    parts = (part / 255 for part in colour.rgb)
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]


def luminance(colour: Color) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG."""
    darker, lighter = sorted(luminance(Color.parse(each)) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_text_reads_on_its_ground(name: str) -> None:
    theme = make_theme(name)
    least = 7.0 if "contrast" in name else 4.5
    assert theme.background
    assert theme.panel
    for ground in (theme.background, theme.panel):
        for colour in (theme.foreground, theme.accent, theme.error, theme.success):
            assert colour is not None
            assert contrast(colour, ground) >= least, (colour, ground)
        assert contrast(theme.variables["muted"], ground) >= least


@pytest.mark.parametrize("name", [name for name in NAMES if "contrast" in name])
def test_frames_are_plain_where_contrast_is_strong(name: str) -> None:
    theme = make_theme(name)
    assert theme.background
    assert contrast(theme.variables["rule"], theme.background) >= 7.0


@pytest.mark.parametrize("name", [name for name in NAMES if "okabe" in name])
@pytest.mark.parametrize("eye", [_RED_BLIND, _GREEN_BLIND])
def test_colours_are_told_apart_without_red_or_green(
    name: str, eye: tuple[tuple[float, ...], ...]
) -> None:
    theme = make_theme(name)
    seen = []
    for colour in (theme.accent, theme.error, theme.success):
        assert colour is not None
        parts = linear(Color.parse(colour))
        mixed = (sum(a * b for a, b in zip(row, parts, strict=True)) for row in eye)
        seen.append([max(0.0, part) ** (1 / 2.2) for part in mixed])
    for one, other in combinations(seen, 2):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) >= 0.2


def test_the_themes_follow_each_other_in_a_ring() -> None:
    assert [after(make_theme(name).name) for name in NAMES] == [*NAMES[1:], NAMES[0]]
    assert after("textual-dark") == NAMES[0]


def test_settings_and_desk_know_the_same_themes() -> None:
    assert THEMES == NAMES


@pytest.mark.parametrize(
    ("said", "name"), [("0;15", "light"), ("15;0", "dark"), ("12;7", "light"), ("", "dark")]
)
def test_a_terminal_that_says_it_is_light_is_believed(said: str, name: str) -> None:
    assert fits_terminal({"COLORFGBG": said}) == name
