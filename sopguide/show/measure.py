"""How much room a text takes, without knowing the reader's fonts: estimated, and not too little."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset(" iIl.,:;'|!ftjr()[]")
_WIDE = frozenset("mwMW@%…→☐")


def text_width(text: str, size: float) -> float:
    """The width of one line in a sans-serif face of that size."""
    return size * sum(map(_em, text))


def wrap(text: str, width: float, size: float, most: int) -> list[str]:
    """The text in lines no wider than `width`; what is over `most` lines ends in `…`."""
    lines: list[str] = []
    line = ""
    for word in _words(text, width, size):
        longer = f"{line} {word}" if line else word
        if not line or text_width(longer, size) <= width:
            line = longer
            continue
        if len(lines) + 1 == most:
            return [*lines, f"{line} …"]
        lines.append(line)
        line = word
    return [*lines, line]


def _words(text: str, width: float, size: float) -> list[str]:
    """The words of a text; those that are too wide by themselves in pieces."""
    words: list[str] = []
    for word in text.split():
        piece = ""
        for character in word:
            if piece and text_width(piece + character, size) > width:
                words.append(piece)
                piece = ""
            piece += character
        words.append(piece)
    return words


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.37
    if character in _WIDE:
        return 0.98
    if character.isascii():
        return 0.68 if character.isupper() or character.isdigit() else 0.6
    return 1.05 if unicodedata.east_asian_width(character) in {"W", "F"} else 0.68
