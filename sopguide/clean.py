"""The one cleaning function for text that others wrote: tickets, SOPs, feedback, file names.

`clean` gives text that is safe to show in a terminal, a browser or a log: it draws what it seems to
draw and steers nothing. It never fails, `clean(clean(x)) == clean(x)`, and plain text passes as it is.

| what | becomes | because |
|---|---|---|
| CR LF, CR, NEL, U+2028, U+2029 | a newline | one way to end a line; a lone CR overwrites the line |
| newline, tab (`keep_newlines=False`) | a space | a label or a file name has one line |
| other C0 and DEL | its picture: `␛`, `␡` | escape sequences steer the terminal |
| other C1 | `�` | 8-bit escape sequences do so too |
| bidi embeddings, overrides, isolates, U+206A to U+206F | `�` | they reorder what is read |
| lone surrogates, private use, noncharacters | `�` | no terminal agrees on them; surrogates cannot be encoded |
| zero-width and other invisible characters, tags, fillers | nothing | two texts that look alike must be alike |
| variation selectors | nothing, but U+FE0E and U+FE0F after a symbol | invisible carriers of data |
| ZWJ and ZWNJ | nothing, unless they join emoji or scripts that need them | spelling in Persian and Hindi, family emoji |

Markup is none of its business: callers show the result as plain text.
"""  # noqa: E501 - a table reads better whole, and shows the very characters

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Patterns are compiled when a text first needs them: most texts do not, and it takes its time.
_LINE_ENDS = "\r\n?|[\x85\u2028\u2029]"
_REPLACED = (
    "\x80-\x84\x86-\x9f"  # C1 without NEL
    "\u202a-\u202e\u2066-\u206f"  # bidi embeddings, overrides, isolates, deprecated shaping
    "\ufff9-\ufffb"  # interlinear annotation
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # surrogates, private use
    "\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(15) for last in (0xFFFE, 0xFFFF))
)
_REMOVED = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2060-\u2065\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SUSPECT = f"([\x00-\x08\x0b-\x1f\x7f])|([{_REPLACED}])|[{_REMOVED}]"

# What a joiner or a variation selector may stand beside: symbols and emoji (skin tones, flags
# included), and the scripts from Arabic to Myanmar, Khmer and Mongolian.
_EMOJI = "\xa9\xae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_SCRIPTS = "\u0600-\u109f\u1780-\u18af\u1b00-\u1bff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
_JOINED = f"{_EMOJI}{_SCRIPTS}\U00010a00-\U00011fff\ufe0f"
# A joiner after one of these makes a half form, at the end of a word too.
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2"
_STRAY_SELECTOR = f"(?<![{_EMOJI}0-9#*])[\ufe0e\ufe0f]"
_STRAY_JOINER = f"(?<![{_JOINED}])[\u200c\u200d]|(?<![{_VIRAMA}])[\u200c\u200d](?![{_JOINED}])"
_INVISIBLE = frozenset("\u200c\u200d\ufe0e\ufe0f")


def clean(text: str, keep_newlines: bool = True) -> str:  # noqa: FBT001, FBT002 - reads as a sentence
    """The text as it may be shown; one line only where newlines are not kept."""
    if text.isascii() and (text.isprintable() or (keep_newlines and _plain_lines(text))):
        return text
    text = re.sub(_LINE_ENDS, "\n", text)
    text = re.sub(_SUSPECT, _stand_in, text)
    if not _INVISIBLE.isdisjoint(text):
        text = re.sub(_STRAY_JOINER, "", re.sub(_STRAY_SELECTOR, "", text))
    return text if keep_newlines else text.replace("\n", " ").replace("\t", " ")


def _plain_lines(text: str) -> bool:
    return text.replace("\n", "").replace("\t", "").isprintable()


def _stand_in(found: re.Match[str]) -> str:
    control, replaced = found.groups()
    if control:
        return "\N{SYMBOL FOR DELETE}" if control == "\x7f" else chr(0x2400 + ord(control))
    return REPLACEMENT if replaced else ""
