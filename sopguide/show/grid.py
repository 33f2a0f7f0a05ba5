"""A drawing as cells in layers: what the layout arranges.

Boxes stand in every second layer, the words of their arrows between them. An arrow that passes
layers has a thin cell in each, so that nothing lies in its way. Where an arrow would run too far it
ends in a reference, a small cell that names its target, as flow charts have always done.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sopguide.show.measure import text_width, wrap

if TYPE_CHECKING:
    from sopguide.show.drawing import Drawing
    from sopguide.show.steps import Arrow, Box

BOX, WORDS, THIN, REFERENCE = "box", "words", "thin", "reference"

NAME_SIZE, TEXT_SIZE, NOTE_SIZE, WORDS_SIZE = 11.0, 13.0, 11.5, 11.5
NAME_LINE, TEXT_LINE, NOTE_LINE, WORDS_LINE = 16.0, 17.0, 15.0, 14.5
BOX_WIDTH, WORDS_WIDTH = 248.0, 168.0
PAD = 12.0

_FARTHEST = 5
_FARTHEST_END = 2
_FARTHEST_BACK = 4
_MOST_WORDS = 6


@dataclass(slots=True)
class Cell:
    """Something in a layer: its middle (`x`), its top (`y`), where its layer ends (`floor`).

    `above` and `below` are the cells in the next layers that it is joined to; `last` is one that
    nothing but an end or a reference follows.
    """

    kind: str
    layer: int
    width: float = 0.0
    height: float = 0.0
    box: Box | None = None
    lines: list[str] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    floor: float = 0.0
    last: bool = False
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Route:
    """All arrows from one box to another, as the cells they pass, from source to target.

    `source` and `target` are keys of boxes; a route that ends in a reference, as that of a box to
    itself does, does not reach its target's box.
    """

    source: str
    target: str
    cells: tuple[int, ...]
    words: tuple[str, ...]
    back: bool


class Grid:
    """The cells of one drawing, the layers they stand in, the routes between them."""

    def __init__(self, drawing: Drawing) -> None:
        self.cells: list[Cell] = []
        self.routes: list[Route] = []
        self.of_box: dict[str, int] = {}
        self._drawing = drawing
        ranks = _ranks(drawing)
        for box in drawing.boxes:
            self.of_box[box.key] = self._add(_boxed(box, 2 * ranks[box.key]))
        for box in drawing.boxes:
            for target, arrows in _by_target(box).items():
                self._route(box, drawing.box(target), arrows, ranks)
        self.layers = self._layers()

    def _layers(self) -> list[list[int]]:
        layers: dict[int, list[int]] = defaultdict(list)
        for number, cell in enumerate(self.cells):
            layers[cell.layer].append(number)
        return [layers[layer] for layer in range(max(layers) + 1)]

    def _add(self, cell: Cell) -> int:
        self.cells.append(cell)
        return len(self.cells) - 1

    def _route(self, source: Box, target: Box, arrows: list[Arrow], ranks: dict[str, int]) -> None:
        words = tuple(arrow.drawn for arrow in arrows if arrow.drawn)
        first, last = 2 * ranks[source.key], 2 * ranks[target.key]
        back = arrows[0].back
        start = self.of_box[source.key]
        if first == last or _too_far(last - first, target):
            word = self._add(_worded(words, first + 1))
            reference = self._add(_reference(target, first + 2, back=back))
            cells: tuple[int, ...] = (start, word, reference)
            self._join(cells)
        elif back:
            inner = [self._add(_worded(words, first - 1))]
            inner += [self._add(Cell(THIN, layer)) for layer in range(first - 2, last, -1)]
            cells = (start, *inner, self.of_box[target.key])
            self._join(cells[::-1])
        else:
            inner = [self._add(_worded(words, first + 1))]
            inner += [self._add(Cell(THIN, layer)) for layer in range(first + 2, last)]
            cells = (start, *inner, self.of_box[target.key])
            self._join(cells)
        self.routes.append(Route(source.key, target.key, cells, words, back))

    def _join(self, cells: tuple[int, ...]) -> None:
        for upper, lower in pairwise(cells):
            self.cells[upper].below.append(lower)
            self.cells[lower].above.append(upper)


def _ranks(drawing: Drawing) -> dict[str, int]:
    """How many boxes stand above each at least; loops do not count."""
    ranks = {box.key: 0 for box in drawing.boxes}
    for box in drawing.boxes[drawing.reached :] + drawing.boxes[: drawing.reached]:
        for arrow in box.arrows:
            if not arrow.back:
                ranks[arrow.target] = max(ranks[arrow.target], ranks[box.key] + 1)
    return ranks


def _too_far(layers: int, target: Box) -> bool:
    if layers < 0:
        return -layers > 2 * _FARTHEST_BACK
    return layers > 2 * (_FARTHEST_END if target.kind in ("end", "return") else _FARTHEST)


def _by_target(box: Box) -> dict[str, list[Arrow]]:
    found: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in box.arrows:
        found[arrow.target].append(arrow)
    return found


# ---------------------------------------------------------------- how large they are


def _boxed(box: Box, layer: int) -> Cell:
    inner = BOX_WIDTH - 2 * PAD
    lines = wrap(box.text, inner, TEXT_SIZE, 6)
    notes = sum(len(note) for note in wrapped_notes(box))
    height = NAME_LINE + TEXT_LINE * len(lines) + NOTE_LINE * notes + PAD + 4
    return Cell(BOX, layer, BOX_WIDTH, height, box, lines)


def wrapped_notes(box: Box) -> list[list[str]]:
    """The notes of a box in lines."""
    return [wrap(note, BOX_WIDTH - 2 * PAD, NOTE_SIZE, 3) for note in box.notes]


def _worded(words: tuple[str, ...], layer: int) -> Cell:
    """The words of a route; more than a few are counted."""
    if not words:
        return Cell(THIN, layer)
    shown = words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1]
    lines: list[str] = []
    for word in shown:
        wrapped = wrap(word, WORDS_WIDTH - 8, WORDS_SIZE, 4)
        lines += [f"· {wrapped[0]}", *wrapped[1:]] if len(words) > 1 else wrapped
    if len(shown) < len(words):
        lines.append(f"… and {len(words) - len(shown)} more")
    width = max(text_width(line, WORDS_SIZE) for line in lines) + 8
    return Cell(WORDS, layer, width, WORDS_LINE * len(lines) + 4, None, lines)


def _reference(target: Box, layer: int, *, back: bool) -> Cell:
    line = f"{'↑' if back else '→'} {short_name(target.name, WORDS_WIDTH, WORDS_SIZE)}"
    width = text_width(line, WORDS_SIZE) + 2 * PAD
    return Cell(REFERENCE, layer, width, WORDS_LINE + 8, target, [line])


def short_name(name: str, width: float, size: float) -> str:
    """A step's name; without the procedure it is in, or without its end, where room is short."""
    if text_width(name, size) <= width:
        return name
    pieces = wrap(name.rpartition(".")[2], width - text_width("… …", size), size, len(name))
    return f"… {pieces[0]}{'…' if len(pieces) > 1 else ''}"
