"""What a picture of a procedure shows, whatever it is drawn with: boxes, and arrows with words.

Made from the compiled form alone. Every text has passed `clean` and is one line; escaping it is the
work of each format. Boxes stand in reading order: an arrow goes to a later box, or it is a loop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sopguide.show.order import reading_order
from sopguide.show.steps import Scene, box_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.show.steps import Box

Form = dict[str, Any]

MOST_INLINE = 5000
"""How many boxes one drawing may have when sub-procedures are drawn in place."""

_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Drawing:
    """One procedure as boxes in reading order; `places` gives each its position in that order.

    Those from position `reached` on cannot be reached from the start.
    """

    sop: str
    title: str
    version: str
    boxes: tuple[Box, ...]
    places: dict[str, int]
    reached: int

    def box(self, key: str) -> Box:
        """The box that an arrow leads to."""
        return self.boxes[self.places[key]]


def drawings(form: Form, *, inline: bool = False) -> tuple[Drawing, ...]:
    """The SOP, then every sub-procedure in the order in which they are first run.

    With `inline`, one drawing that holds them all, each where it is run.
    """
    if inline:
        return (_drawing(form, form["sop"], inline=True),)
    found: dict[str, Drawing] = {}
    todo = [form["sop"]]
    for sop in todo:
        if sop not in found:
            found[sop] = _drawing(form, sop)
            todo += [box.opens for box in found[sop].boxes if box.opens]
    return tuple(found.values())


def boxes_inline(form: Form) -> int:
    """How many boxes an inline drawing has, without drawing it; too many if it nests too deep."""
    return _count(form, form["sop"], {}, 0)


def _count(form: Form, sop: str, known: dict[str, int], depth: int) -> int:
    if depth > _DEEPEST:
        return MOST_INLINE + 1
    if sop not in known:
        steps = form["procedures"][sop]["steps"].values()
        runs = [step["run"] for step in steps if step["kind"] == "run"]
        known[sop] = len(steps) + sum(_count(form, run, known, depth + 1) for run in runs)
    return known[sop]


def _drawing(form: Form, sop: str, *, inline: bool = False) -> Drawing:
    procedure = form["procedures"][sop]
    found = {box.key: box for box in _boxes(form, sop, "", inline=inline)}
    ways = {key: [arrow.target for arrow in box.arrows] for key, box in found.items()}
    order, reached = reading_order(procedure["start"], ways)
    places = {key: place for place, key in enumerate(order)}
    boxes = tuple(_with_loops(found[key], places, reached) for key in order)
    title = Scene(form, sop).word(procedure["title"])
    return Drawing(sop, title, procedure["version"], boxes, places, reached)


def _with_loops(box: Box, places: dict[str, int], reached: int) -> Box:
    first = 0 if places[box.key] < reached else reached
    loop = range(first, places[box.key] + 1)
    arrows = tuple(replace(arrow, back=places[arrow.target] in loop) for arrow in box.arrows)
    return replace(box, arrows=arrows)


def _boxes(form: Form, sop: str, prefix: str, *, inline: bool) -> Iterator[Box]:
    """Every step of an SOP; with `inline`, those of what it runs as well."""
    scene = Scene(form, sop, prefix)
    for name, step in form["procedures"][sop]["steps"].items():
        box = box_of(scene, name, step)
        if not (inline and box.opens):
            yield box
            continue
        inside = f"{box.key}>"
        start = form["procedures"][box.opens]["start"]
        yield replace(
            box, arrows=(replace(box.arrows[0], target=inside + start, label="", drawn=""),)
        )
        for inner in _boxes(form, box.opens, inside, inline=True):
            arrows = _coming_back(box, inner) if inner.returns else inner.arrows
            yield replace(inner, arrows=arrows)


def _coming_back(run: Box, inner: Box) -> tuple[Any, ...]:
    """What follows a `return` is what its caller says."""
    arrows = [arrow for arrow in run.arrows if arrow.back_from in (None, inner.returns)]
    return tuple(replace(arrow, label=arrow.rule, drawn=arrow.rule) for arrow in arrows)
