"""What the scenarios of a library pass through, and what none of them does, and why.

Counted are steps, the answers an author listed, the rules of a `go`, and ends; a sub-procedure is
one procedure, whichever SOPs run it. Steps alone would say too little: a step can be passed a
hundred times without one of its answers ever being given.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.review.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopguide.review.routes import Place, Route
    from sopguide.walk.walk import Walk

STEP, ANSWER, RULE, END = "step", "answer", "rule", "end"
KINDS = (STEP, ANSWER, RULE, END)


class Item(NamedTuple):
    """Something to pass through: a step, one of its answers, one of its rules, or an end."""

    kind: str
    sop: str
    step: str
    answer: str | None = None
    rule: int | None = None

    @property
    def name(self) -> str:
        """What it is, in a few words."""
        words = [f"answer {self.answer}"] if self.answer else []
        words += [f"rule {self.rule}"] if self.rule else []
        return ", ".join(words) or self.kind


class Missed(NamedTuple):
    """What no scenario passes through, and why."""

    item: Item
    why: str


@dataclass
class Coverage:
    """Gathers what walks pass through; the same procedure may come from many SOPs."""

    passed: Counter[Item] = field(default_factory=Counter)
    known: defaultdict[str, dict[Item, Place]] = field(default_factory=lambda: defaultdict(dict))
    """What there is to pass through, by the procedure it is in."""
    ways_in: defaultdict[tuple[str, str], set[Item]] = field(
        default_factory=lambda: defaultdict(set)
    )
    given: defaultdict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def expect(self, found: Mapping[str, Place]) -> None:
        """Note everything there is to pass through in an SOP and its sub-procedures."""
        for place in found.values():
            for item in _items(place):
                self.known[item.sop].setdefault(item, place)
            for route in place.routes:
                to = found[route.to]
                self.ways_in[to.sop, to.id].add(_way(place, route))

    def add(self, walk: Walk, found: Mapping[str, Place]) -> None:
        """Note what one walk passed through."""
        for left in trace(walk, found):
            place = left.place
            if left.route is None or place.kind != "run":
                self.passed[_here(place)] += 1
            if isinstance(left.answer, str):
                self.passed[Item(ANSWER, place.sop, place.id, left.answer)] += 1
            if left.answer is not None:
                self.given[place.sop, place.id][str(left.answer)] += 1
            if left.route and left.route.rule:
                self.passed[_way(place, left.route)] += 1

    def merge(self, other: Coverage) -> None:
        """Add what another gathered."""
        self.passed.update(other.passed)
        for sop, items in other.known.items():
            self.known[sop] |= items
        for key, ways in other.ways_in.items():
            self.ways_in[key] |= ways
        for key, given in other.given.items():
            self.given[key].update(given)

    def sops(self) -> list[str]:
        return sorted(self.known)

    def counts(self, sop: str) -> dict[str, tuple[int, int]]:
        """By kind: how many are passed, of how many."""
        whole = Counter(item.kind for item in self.known[sop])
        passed = Counter(item.kind for item in self.known[sop] if item in self.passed)
        return {kind: (passed[kind], whole[kind]) for kind in KINDS}

    def missed(self, sop: str) -> Iterator[Missed]:
        """What no walk passed through; of a step nobody came to, the step alone."""
        for item, place in self.known[sop].items():
            if item in self.passed:
                continue
            times = self.passed[_here(place)]
            if item.kind in (STEP, END):
                yield Missed(item, self._why_not_reached(item))
            elif times:
                yield Missed(item, self._why_not_taken(item, times))

    def to_json(self) -> dict[str, Any]:
        return {
            sop: {
                **{f"{kind}s": dict(zip(("passed", "of"), pair, strict=True))
                   for kind, pair in self.counts(sop).items()},
                "missed": [
                    {**_item_json(missed.item), "why": missed.why} for missed in self.missed(sop)
                ],
            }
            for sop in self.sops()
        }  # fmt: skip

    def _why_not_reached(self, item: Item) -> str:
        ways = sorted(self.ways_in[item.sop, item.step], key=lambda way: (way.step, way.name))
        if not ways:
            return "no scenario starts this procedure"
        shown = [f"`{way.step}`" + (f" ({way.name})" if way.name != STEP else "") for way in ways]
        more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""  # noqa: PLR2004 (enough)
        return f"no scenario takes the way from {', '.join(shown[:3])}{more}"

    def _why_not_taken(self, item: Item, times: int) -> str:
        came = f"came here {times} time{'s' * (times != 1)}"
        if item.kind == RULE:
            held = [
                f"rule {other.rule}"
                for other in sorted(self.known[item.sop], key=lambda one: one.rule or 0)
                if (other.kind, other.step) == (RULE, item.step) and other in self.passed
            ]
            return f"scenarios {came}; what held was {', '.join(held) or 'none of the rules'}"
        given = ", ".join(sorted(self.given[item.sop, item.step])[:6])
        return f"scenarios {came}, and the answer was {given or 'none'}"


def _here(place: Place) -> Item:
    return Item(END if place.kind == "end" else STEP, place.sop, place.id)


def _items(place: Place) -> Iterator[Item]:
    yield _here(place)
    answers = [*place.answers, *place.form.get("by", {})]
    yield from (Item(ANSWER, place.sop, place.id, answer) for answer in answers)
    yield from (_way(place, route) for route in place.routes if route.rule)


def _way(place: Place, route: Route) -> Item:
    if route.rule is None and route.answer is None:
        return _here(place)
    kind = RULE if route.rule else ANSWER
    return Item(kind, place.sop, place.id, route.answer, route.rule)


def _item_json(item: Item) -> dict[str, Any]:
    return {key: value for key, value in item._asdict().items() if value is not None}
