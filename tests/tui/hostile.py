"""Text as nobody should write it: markup, escape sequences, reordering, nothing to see, too much."""

from __future__ import annotations

MARKUP = (
    "[bold red]hot[/] [@click=app.quit]quit[/] [link=x] [ ] \\[ {{ x }} {% raw %} %(a)s {0} $text"
)
ESCAPES = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x1b]52;c;b3duZWQ=\x07\x9b2J\x1bP\x90q\x1bc\x00\x08\x7f"
)
BIDI = "price \u202e001\u202c \u2066in\u2069 \u200f\u200e שלום عربي"
NOTHING = "a\u200bb\u2060c\ufeff\u00ad\u034f\U000e0041 \u115f\u3164"
EMOJI = "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽 é ｗｉｄｅ 漢字 ก็ ᄒ" + "e\u0301" * 3  # noqa: RUF001
HEAP = "z" + "\u0335" * 60
LINES = "one\r\ntwo\rthree\x85four\u2028five\tsix"
SURROGATE = "half \ud83d\udc00 of one"
LONG = "L" * 1_000_000
WIDE = "界" * 20_000
ALL = (MARKUP, ESCAPES, BIDI, NOTHING, EMOJI, HEAP, LINES, SURROGATE)
MIXED = " ".join(ALL)
