"""What is known before the first step: the ticket's facts, read and held against their types.

A value that does not fit is no fact: it is kept as a misfit, to be shown as
such and asked for.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.fact import Fact
from sopguide.facts.fault import Fault
from sopguide.facts.names import CLOCK_FACTS
from sopguide.facts.times import as_date
from sopguide.facts.values import Value, from_json, to_json
from sopguide.phrases import Phrase
from sopguide.walk.procedure import Procedure

_MOST_DIGITS = 4


class Misfit(NamedTuple):
    """A value of the ticket that does not fit its fact."""

    name: str
    given: Any
    fault: Fault


class Given(NamedTuple):
    """The facts that a walk starts with, by key, and what did not fit."""

    facts: Mapping[str, Value | None] = MappingProxyType({})
    misfits: tuple[Misfit, ...] = ()


def read_ticket(ticket: Mapping[str, Any], procedure: Procedure) -> Given:
    """Read the ticket's own `facts`, then what facts take `from:` elsewhere in it."""
    facts: dict[str, Value | None] = {}
    misfits: list[Misfit] = []

    def take(key: str, fact: Fact, data: Any) -> None:
        if data is None and not fact.optional:
            return
        value = from_json(data, fact, procedure.zone)
        if isinstance(value, Fault):
            misfits.append(Misfit(fact.name, data, value))
        else:
            facts[key] = value

    named = ticket.get("facts")
    for name, data in named.items() if isinstance(named, Mapping) else ():
        fact = procedure.root.facts.get(name)
        if fact is not None and _may_be_given(fact):
            take(procedure.root.key(fact), fact, data)
    for key, fact in procedure.sources:
        data = look_up(ticket, fact.source or "")
        if key not in facts and data is not None and data != "":
            take(key, fact, data)
    return Given(facts, tuple(misfits))


def read_facts(facts: Mapping[str, Any], procedure: Procedure, others: Mapping[str, Fact]) -> Given:
    """Read facts given by name; a wrong or unknown name is a misfit too.

    `others` are the library's facts that this SOP does not use: they are held
    against their types all the same.
    """
    found: dict[str, Value | None] = {}
    misfits: list[Misfit] = []
    for name, data in facts.items():
        fact = procedure.root.facts.get(name) or others.get(name)
        value: Value | Fault | None
        if fact is None:
            near = (*procedure.root.facts, *others)
            value = Fault(
                Phrase("unknown fact `{fact}`", fact=name), kind="fact", word=name, near=near
            )
        elif not _may_be_given(fact):
            message = Phrase("`{fact}` is worked out, so it cannot be given", fact=name)
            value = Fault(message, kind="value")
        else:
            value = from_json(data, fact, procedure.zone)
        if isinstance(value, Fault):
            misfits.append(Misfit(name, data, value))
        else:
            found[name] = value
    return Given(found, tuple(misfits))


def hold_to_limits(given: Given, procedure: Procedure, now: datetime) -> Given:
    """Return what was given, less the values that lie outside limits known by now.

    They become misfits. A limit that depends on something unknown refuses nothing yet.
    """
    facts, misfits = dict(given.facts), list(given.misfits)
    clock = {"today": as_date(now, procedure.zone), "now": now}
    for key in given.facts:
        refused = _refused(key, {**clock, **facts}, procedure)
        if refused is not None:
            misfits.append(refused)
            del facts[key]
    return given if len(facts) == len(given.facts) else Given(facts, tuple(misfits))


def _refused(key: str, known: Mapping[str, Any], procedure: Procedure) -> Misfit | None:
    fact = procedure.fact_at(key)
    if fact is None:
        return None
    value = known[key]
    part = procedure.part(key.rpartition(":")[0] or procedure.sop)
    for bound in part.bounds(fact):
        try:
            why = bound.refuse(known, value)
        except Uncomputable:
            continue
        if why is not None:
            data = to_json(value)
            message = Phrase("`{value}` does not fit `{fact}`", value=data, fact=fact.name)
            return Misfit(fact.name, data, Fault(message, why, kind="value"))
    return None


def look_up(ticket: Mapping[str, Any], path: str) -> Any:
    """Follow a dotted path (`ticket.requester.name`) into the ticket; None where it ends early."""
    place: Any = ticket
    for name in path.removeprefix("ticket.").split("."):
        if isinstance(place, Mapping):
            place = place.get(name)
        elif isinstance(place, list) and _is_index(name) and int(name) < len(place):
            place = place[int(name)]
        else:
            return None
    return place


def _is_index(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) <= _MOST_DIGITS


def _may_be_given(fact: Fact) -> bool:
    return not fact.computed and fact.name not in CLOCK_FACTS
