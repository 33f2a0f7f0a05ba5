"""Notes and feedback that are begun and not kept yet: what is written stays until it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from sopguide.desk.beside import Beside, keep, kept

if TYPE_CHECKING:
    from sopguide.desk.hand import WalkInHand

_BEGUN = "remarks-begun"


class Begun:
    """Texts by their kind and the step they are about."""

    def __init__(self, walk: WalkInHand) -> None:
        self._walk = ref(walk)
        self._texts = {(kind, step): text for kind, step, text in kept(walk, _BEGUN, 3)}

    @property
    def open(self) -> tuple[tuple[str, str], ...]:
        """What is begun: its kind, and the step that it is about."""
        return tuple(self._texts)

    def text(self, kind: str, step: str) -> str:
        """What is written so far."""
        return self._texts.get((kind, step), "")

    def remember(self, kind: str, step: str, text: str) -> None:
        """Have this for what is written so far; nothing, once it is kept."""
        self._texts.pop((kind, step), None)
        if text:
            self._texts[kind, step] = text
        if walk := self._walk():
            keep(walk, {_BEGUN: [[*key, text] for key, text in self._texts.items()]})


begun_of = Beside(Begun)
"""What is begun on a walk."""
