"""What the pictures look like: one style sheet, light, and dark where the reader's screen is.

Colours stand for kinds of steps, and never alone: every box names its kind as well.
"""

from __future__ import annotations

_LIGHT = {
    "page": "#fbfbfa",
    "box": "#ffffff",
    "edge": "#c9c9c4",
    "ink": "#1c1c1a",
    "soft": "#5c5c57",
    "line": "#8a8a84",
    "back": "#a8552a",
    "ask": "#2563ab",
    "do": "#2f7d4f",
    "decide": "#7a4fb0",
    "run": "#0f7b80",
    "return": "#5c5c57",
    "wait": "#96690a",
    "resolved": "#2f7d4f",
    "rejected": "#b3362d",
    "escalated": "#b0560f",
    "pending": "#96690a",
    "duplicate": "#5c5c57",
}
_DARK = {
    "page": "#181817",
    "box": "#232322",
    "edge": "#4a4a47",
    "ink": "#ececea",
    "soft": "#ababa5",
    "line": "#85857f",
    "back": "#e0926a",
    "ask": "#6ea8e8",
    "do": "#6cc08e",
    "decide": "#b796e6",
    "run": "#5cc3c8",
    "return": "#ababa5",
    "wait": "#dcb256",
    "resolved": "#6cc08e",
    "rejected": "#ee857d",
    "escalated": "#f0a163",
    "pending": "#dcb256",
    "duplicate": "#ababa5",
}
_KINDS = ("ask", "do", "decide", "run", "return", "wait")
_ENDS = ("resolved", "rejected", "escalated", "pending", "duplicate")

FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


def stylesheet() -> str:
    """The style of everything that is drawn."""
    return f"{_SHAPES}{_painted(_LIGHT)}@media (prefers-color-scheme: dark){{{_painted(_DARK)}}}"


_SHAPES = f"""
text{{font-family:{FONT}}}
.head{{font-size:17px;font-weight:600}}
.name{{font-size:11px}} .tag{{font-size:10px;font-style:italic}}
.text{{font-size:13px;font-weight:500}} .note{{font-size:11.5px}} .words{{font-size:11.5px}}
.line{{fill:none;stroke-width:1.3}} .back{{stroke-dasharray:5 3}} .box{{stroke-width:1}}
.reference rect{{stroke-width:1;stroke-dasharray:2 2}}
"""


def _painted(colours: dict[str, str]) -> str:
    rules = [
        f".page,.under{{fill:{colours['page']}}}",
        f".box{{fill:{colours['box']};stroke:{colours['edge']}}}",
        f".reference rect{{fill:{colours['page']};stroke:{colours['line']}}}",
        f".head,.text,.words{{fill:{colours['ink']}}}",
        f".name,.tag,.note{{fill:{colours['soft']}}}",
        f".line{{stroke:{colours['line']}}} .tip{{fill:{colours['line']}}}",
        f".line.back{{stroke:{colours['back']}}} .tip-back{{fill:{colours['back']}}}",
        *(f".{kind} .mark{{fill:{colours[kind]}}}" for kind in (*_KINDS, *_ENDS)),
    ]
    return "\n".join(rules) + "\n"
