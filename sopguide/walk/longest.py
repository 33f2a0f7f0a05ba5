"""The most questions from a step on: those of the longest way, each step at most once on it.

A fact is asked for once in a walk, however many rules need it, so two bounds are kept, and the
lower counts: every rule's facts along the way, or the other questions along the way and each fact
once.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Key = tuple[int, str]


class Stop(NamedTuple):
    """A step ahead: the questions of its own, the facts that may be asked for, where it leads.

    `facts` has a bit for each; `waits`: somebody else has to do something first.
    """

    questions: int
    facts: int
    to: tuple[Key, ...]
    waits: bool = False


class Most(NamedTuple):
    """The most questions: of all, of those that ask for no fact, and for which facts."""

    all: int
    plain: int
    facts: int


def longest(graph: Mapping[Key, Stop], first: Stop, *, to_wait: bool = False) -> int | None:
    """Return the most questions from a step on; None where a way goes round.

    `to_wait`: up to where the walk waits for somebody, or ends.
    """
    done: dict[Key, Most | None] = {}
    stack = [_Visit(None, first)]
    while True:
        visit = stack[-1]
        key = next(visit.rest, None)
        if key is None:
            stack.pop()
            most = _add(visit.stop, visit.most)
            if visit.key is None:
                return most.all
            done[visit.key] = most
            stack[-1].take(most)
        elif key not in done:
            stop = graph[key]
            if to_wait and stop.waits:
                done[key] = NOTHING
            else:
                done[key] = None
                stack.append(_Visit(key, stop))
        else:
            known = done[key]
            if known is None:
                return None
            visit.take(known)


NOTHING = Most(0, 0, 0)


class _Visit:
    """A step being gone through, with the most questions of those after it that are done."""

    __slots__ = ("key", "most", "rest", "stop")

    def __init__(self, key: Key | None, stop: Stop) -> None:
        self.key = key
        self.stop = stop
        self.rest: Iterator[Key] = iter(stop.to)
        self.most = NOTHING

    def take(self, most: Most) -> None:
        """Note one more way on."""
        if self.most is NOTHING:
            self.most = most
        elif most is not self.most:
            here = self.most
            self.most = Most(
                max(here.all, most.all), max(here.plain, most.plain), here.facts | most.facts
            )


def _add(stop: Stop, after: Most) -> Most:
    """Return the most questions from a step on, from those after it."""
    plain, facts = stop.questions + after.plain, stop.facts | after.facts
    all_on_the_way = stop.questions + stop.facts.bit_count() + after.all
    return Most(min(all_on_the_way, plain + facts.bit_count()), plain, facts)
