"""What the rules of a procedure need to know: the facts that they may make the walk ask for.

Read off the compiled form once a rule. A fact that is worked out stands for those it is worked out
from, and a fact with limits brings along what its limits need.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.truth import Test

if TYPE_CHECKING:
    from sopguide.walk.step import Go

_VALUES = frozenset({"is", "in", "has_any", "has_all", "only"})
_NOTHING: frozenset[str] = frozenset()


class Way(NamedTuple):
    """One rule: where it leads, what may be asked before it is settled.

    `wary` are the facts that it tests for being known at all: until they are known, such a
    test says nothing for good. All by their keys.
    """

    test: Test | None
    to: str
    asks: frozenset[str] = _NOTHING
    wary: frozenset[str] = _NOTHING


class Needs:
    """What the rules of one procedure need; kept for all later walks."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        key: Callable[[Fact], str],
        tables: Mapping[str, Any],
        calendar: str | None,
    ) -> None:
        """`key` and `tables` are a linker's; `calendar` is the fact that names the holidays."""
        self._facts = facts
        self._key = key
        self._tables = tables
        self._calendar = calendar
        self._ways: dict[int, tuple[Go, tuple[Way, ...]]] = {}
        self._asks: dict[str, frozenset[str]] = {}

    def ways(self, go: "Go") -> tuple[Way, ...]:
        """Return the rules of a `go`; a step alone is one that always holds."""
        found = self._ways.get(id(go))
        if found is None:
            ways = (Way(None, go),) if isinstance(go, str) else tuple(self._rules(go))
            found = self._ways[id(go)] = (go, ways)
        return found[1]

    def asks(self, name: str) -> frozenset[str]:
        """Return the keys of the facts that may be asked for to know a fact."""
        found = self._asks.get(name)
        if found is None:
            self._asks[name] = _NOTHING  # a fact that limits itself is asked for once
            found = self._asks[name] = self._ask_for(name)
        return found

    def limits(self, name: str) -> frozenset[str]:
        """Return the keys of the facts that the limits of a fact need."""
        return self._all(_Mentions().read(limit) for limit in self._limits(name))

    def _rules(self, go: Iterable[Any]) -> Iterable[Way]:
        for rule in go:
            if rule.condition is None:
                yield Way(None, rule.to)
                continue
            found = _Mentions().read(rule.condition)
            yield Way(rule.test, rule.to, self._all([found]), self._of(found.tested))

    def _ask_for(self, name: str) -> frozenset[str]:
        fact = self._facts[name]
        limits = self.limits(name)
        if fact.formula is not None:
            return limits | self._all([_Mentions().read(fact.formula)])
        if fact.table is not None:
            rows = [row["if"] for row in self._tables[fact.table]["rows"] if "if" in row]
            found = [_Mentions().read(condition) for condition in rows]
            return limits.union(self._all(found), *(self._of(one.tested) for one in found))
        return limits | {self._key(fact)}

    def _limits(self, name: str) -> list[list[Any]]:
        fact = self._facts[name]
        return [limit.formula for limit in (fact.minimum, fact.maximum) if limit is not None]

    def _all(self, found: Iterable["_Mentions"]) -> frozenset[str]:
        names: set[str] = set()
        for one in found:
            names |= one.needed
            if one.sums and self._calendar is not None:
                names.add(self._calendar)
        return self._of(names)

    def _of(self, names: Iterable[str]) -> frozenset[str]:
        return _NOTHING.union(*(self.asks(name) for name in names))


class _Mentions:
    """The facts that a form names: those whose value it needs, those it tests for being known."""

    def __init__(self) -> None:
        self.needed: set[str] = set()
        self.tested: set[str] = set()
        self.sums = False

    def read(self, form: list[Any], tested: str = "") -> "_Mentions":
        kind = form[0]
        if kind == "test":
            return self.read(form[2], form[1])
        if kind in ("known", "unknown"):
            self.tested.add(tested)
        elif kind == "fact":
            self.needed.add(form[1])
        if tested and kind not in ("known", "unknown", "not", "and"):
            self.needed.add(tested)
        self.sums = self.sums or kind in ("+", "-")
        inside = tested if kind in ("not", "and") else ""
        for part in form[1:] if kind not in _VALUES else ():
            if isinstance(part, list):
                self.read(part, inside)
        return self
