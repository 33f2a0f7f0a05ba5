"""A procedure as Mermaid, in a Markdown page: one diagram a procedure, or several.

Mermaid draws at most 500 edges and 50,000 characters, so what is larger is cut in reading order;
where an arrow leads into another part, a stub names the step and the part. Every character that
could mean something to Mermaid, Markdown or HTML is written as its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.show.drawing import Drawing
    from sopguide.show.steps import Arrow, Box

MOST_EDGES, MOST_CHARACTERS = 450, 45_000
"""What one diagram holds; a little less than Mermaid allows."""

_LONGEST = 600
_SPECIAL = re.compile(
    r"[^A-Za-z0-9 ,.?!()/'=\u00b7\u00c0-\u024f\u0370-\u1fff\u2026\u2192\u2610\u3040-\ud7ff]"
    r"|(?<=[0-9])[.)](?= )"  # `1. ` would begin a list
)
_WORDS = re.compile(r"[\\`*_{}\[\]<>()#+!|&~@:-]")
_SHAPES = {
    "ask": ("(", ")"),
    "decide": ("{{", "}}"),
    "run": ("[[", "]]"),
    "end": ("([", "])"),
    "return": ("((", "))"),
    "wait": ("[/", "/]"),
}
_STYLES = (
    "classDef end_ stroke-width:3px",
    "classDef critical stroke:#b3362d,stroke-width:2px",
    "classDef stub stroke-dasharray:3 3",
)


@dataclass(slots=True)
class _Part:
    """One diagram: its boxes and their arrows, as lines."""

    number: int
    lines: list[str] = field(default_factory=list)
    stubs: dict[str, str] = field(default_factory=dict)
    edges: int = 0
    size: int = 0

    def has_room(self, edges: int, size: int) -> bool:
        return self.edges + edges <= MOST_EDGES and self.size + size <= MOST_CHARACTERS

    def text(self) -> str:
        lines = ["flowchart TD", *_STYLES, *self.lines, *self.stubs.values()]
        return "\n".join(f"  {line}" if at else line for at, line in enumerate(lines))


def mermaid(drawings: Sequence[Drawing]) -> str:
    """A Markdown page with every diagram."""
    return "\n".join(part for drawing in drawings for part in _page(drawing))


def _page(drawing: Drawing) -> Iterator[str]:
    parts = _parts(drawing)
    name = f"{drawing.title} ({drawing.sop} {drawing.version})"
    for part in parts:
        of = f", part {part.number} of {len(parts)}" if len(parts) > 1 else ""
        yield f"## {_markdown(name)}{of}\n\n```mermaid\n{part.text()}\n```\n"


def _parts(drawing: Drawing) -> list[_Part]:
    homes = _homes(drawing)
    parts = [_Part(number) for number in range(1, max(homes.values()) + 1)]
    for box in drawing.boxes:
        part = parts[homes[box.key] - 1]
        part.lines.append(_box(drawing, box))
        for arrow in box.arrows:
            target = f"n{drawing.places[arrow.target]}"
            home = homes[arrow.target]
            if home != part.number:
                target = f"to_{target}"
                name = quoted(f"{drawing.box(arrow.target).name}, part {home}")
                part.stubs[target] = f"{target}>{name}]:::stub"
            part.lines.append(_edge(f"n{drawing.places[box.key]}", target, arrow))
    return parts


def _homes(drawing: Drawing) -> dict[str, int]:
    """The part each box stands in; a stub for every arrow is counted in."""
    homes: dict[str, int] = {}
    part = _Part(1)
    for box in drawing.boxes:
        size = len(_box(drawing, box)) + 4
        for arrow in box.arrows:
            name = len(quoted(drawing.box(arrow.target).name))
            size += len(_edge("n00000", "to_n00000", arrow)) + name + 60
        if part.lines and not part.has_room(len(box.arrows), size):
            part = _Part(part.number + 1)
        part.lines.append("")
        part.edges += len(box.arrows)
        part.size += size
        homes[box.key] = part.number
    return homes


def _box(drawing: Drawing, box: Box) -> str:
    left, right = _SHAPES.get(box.kind, ("[", "]"))
    lines = [f"{box.name}: {box.text}", *box.notes]
    marks = "".join(f":::{mark}" for mark in _marks(box))
    return f"n{drawing.places[box.key]}{left}{quoted(*lines)}{right}{marks}"


def _marks(box: Box) -> Iterator[str]:
    if box.kind == "end":
        yield "end_"
    elif box.critical:
        yield "critical"


def _edge(source: str, target: str, arrow: Arrow) -> str:
    line = "-.->" if arrow.back else "-->"
    label = f"|{quoted(arrow.drawn)}|" if arrow.drawn else ""
    return f"{source} {line}{label} {target}"


def quoted(*lines: str) -> str:
    """Lines of text as one label of a diagram."""
    shown = (line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in lines)
    return '"' + "<br/>".join(_SPECIAL.sub(_number, line) for line in shown) + '"'


def _number(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"


def _markdown(text: str) -> str:
    """A text as Markdown shows it to the letter."""
    return _WORDS.sub(lambda found: f"&#{ord(found[0])};", text)
