"""What is known on a course, by whom, and who may change it.

The agent and the ticket have the last word: no `set:` changes what they gave. What the ticket gave
is forgotten where a limit that is known only now rules it out, so that it is asked for.
"""

from collections.abc import Mapping
from typing import Any

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.fact import Fact
from sopguide.facts.limits import Bound
from sopguide.facts.values import Value, from_json
from sopguide.walk.path import AGENT, RULE, TICKET
from sopguide.walk.private import conceal
from sopguide.walk.procedure import Part, Procedure
from sopguide.walk.state import State
from sopguide.walk.step import Settings

_MISSING = object()


class Knowledge:
    """Facts by their keys, and their sources; `changes` counts what was learnt."""

    __slots__ = ("_given", "_procedure", "changes", "facts", "sources")

    def __init__(
        self, procedure: Procedure, given: Mapping[str, Value | None], state: State
    ) -> None:
        self.facts = dict(state.facts)
        self.sources = dict(state.sources)
        self.changes = 0
        self._procedure = procedure
        self._given = given

    def learn(self, key: str, value: Any, source: str) -> None:
        """Take a value, and forget what its being known rules out of the ticket's."""
        self.facts[key] = value
        self.sources[key] = source
        self.changes += 1
        if self._given:
            for other, bounds in self._procedure.relative_limits:
                if self.sources.get(other) == TICKET and not self._may_stand(other, bounds):
                    del self.facts[other], self.sources[other]

    def take_given(self, sop: str = "") -> None:
        """Take what the ticket gave to the own facts of a part; of none: to all other facts."""
        for key, value in self._given.items():
            if key.rpartition(":")[0] == sop:
                self.facts[key] = value
                self.sources[key] = TICKET

    def start_afresh(self, part: Part) -> None:
        """Forget a sub-procedure's own facts but those that the ticket gives."""
        prefix = f"{part.sop}:"
        for key in [key for key in self.facts if key.startswith(prefix)]:
            del self.facts[key]
            self.sources.pop(key, None)
        self.take_given(part.sop)

    def set(self, sets: Settings, part: Part) -> dict[str, Any]:
        """Set facts as the SOP says; return what an event tells of it."""
        changed, skipped = {}, []
        for fact, key, data in sets:
            value = from_json(data, fact, self._procedure.zone)
            if self.facts.get(key, _MISSING) == value:
                continue
            given = self.sources.get(key) in (AGENT, TICKET)
            if given or not self.fits(value, part.bounds(fact)):
                skipped.append(fact.name)
            else:
                self.learn(key, value, RULE)
                changed[fact.name] = conceal(fact, data)
        return {
            **({"set": changed} if changed else {}),
            **({"skipped": skipped} if skipped else {}),
        }

    def fits(self, value: Any, bounds: tuple[Bound, ...]) -> bool:
        """Tell whether no limit that is known refuses a value."""
        return all(bound.refuse(self.facts, value) is None for bound in bounds)

    def first_to_ask(self, fact: Fact, part: Part) -> Fact:
        """Return the fact, or what its limits need to know before it."""
        asked = {fact.name}
        while True:
            missing = next(
                (
                    found.fact
                    for bound in part.bounds(fact)
                    if (found := bound.missing(self.facts)) and found.fact.name not in asked
                ),
                None,
            )
            if missing is None:
                return fact
            asked.add(missing.name)
            fact = missing

    def _may_stand(self, key: str, bounds: tuple[Bound, ...]) -> bool:
        try:
            return self.fits(self.facts[key], bounds)
        except Uncomputable:
            return True
