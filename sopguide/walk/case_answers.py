"""The answers of a case, given beforehand: by name, or in the order asked."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sopguide.walk.walk import Walk

Answers = Mapping[str, Any] | Sequence[Any]


class Source(Protocol):
    """Where the answers of a case come from."""

    def take(self, walk: Walk) -> tuple[Any] | None:
        """Return the answer to what is asked now; None where there is none."""

    def left_over(self) -> int:
        """Return how many answers were given and may not stay unused, but did."""


def answers_from(answers: Answers | None) -> Source:
    """Return the source that gives these answers, each once."""
    if answers is None or isinstance(answers, Mapping):
        return _ByName(answers or {})
    return _InOrder(answers)


class _ByName:
    """A mapping by step id or fact name; each entry is used once."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = dict(answers)

    def take(self, walk: Walk) -> tuple[Any] | None:
        for name in _names(walk):
            if name in self._answers:
                return (self._answers.pop(name),)
        return None

    def left_over(self) -> int:
        return 0


class _InOrder:
    """A list in the order asked."""

    def __init__(self, answers: Sequence[Any]) -> None:
        self._answers = list(answers)[::-1]

    def take(self, walk: Walk) -> tuple[Any] | None:  # noqa: ARG002  the order is all that counts
        return (self._answers.pop(),) if self._answers else None

    def left_over(self) -> int:
        return len(self._answers)


def _names(walk: Walk) -> tuple[str, ...]:
    """Return the names by which an answer may be given, the nearest first.

    What a sub-procedure asks takes nothing that is meant for the SOP itself.
    """
    need, root = walk.need, walk.procedure.root
    if need is None:
        return (walk.step.ref,)
    names = [] if walk.asked else [walk.step.ref]
    if walk.part is not root:
        names.append(f"{walk.part.sop}.{need.name}")
        if need.own and (need.name in root.facts or need.name in root.form["steps"]):
            return tuple(names)
    return (*names, need.name)
