"""Placeholders of macros that some ticket leaves open: sent, they would stand there unfilled.

Every step that sends a macro is looked at with all combinations of known and not known facts that
can come to it; what is found is walked, and the macro filled in, before it is told. Where no such
walk is found nothing is: a fact counts as open here even if a rule made the walk ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts.mentions import facts_in
from sopguide.facts.names import CLOCK_FACTS
from sopguide.graph.placeholders import Unreadable, placeholders
from sopguide.proof.diagrams import NOTHING, TooLargeError
from sopguide.proof.explore import Explorer
from sopguide.proof.findings import UNBOUND, Finding
from sopguide.proof.witness import find_witness
from sopguide.walk.walk import ENDED, WAIT
from sopguide.walk.wording import render_macro

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.facts.fact import Fact
    from sopguide.proof.places import Watched
    from sopguide.proof.steps import Path, Place
    from sopguide.walk.procedure import Part, Procedure
    from sopguide.walk.walk import Walk

_PICKS = 6
"""How many tickets are tried until one leaves a placeholder open."""


Asked = dict[str, dict[str, "Fact"]]
"""What a macro asks for: by placeholder, the facts by key that must be known to fill it."""


def watched_by(procedure: Procedure) -> Watched:
    """Return the facts that must be known at the steps that send macros, by step."""
    return {
        step: {key: fact for facts in names.values() for key, fact in facts.items()}
        for step, names in _asked(procedure)
    }


def prove_sending(procedure: Procedure, explorer: Explorer | None = None) -> list[Finding]:
    """Return the placeholders that some walk comes to unfilled, in the order of the steps.

    The explorer watches what `watched_by` names.
    """
    asked = dict(_asked(procedure))
    if not asked:
        return []
    try:
        explorer = explorer or Explorer(procedure, watched_by(procedure))
        return list(_Sender(procedure, explorer, asked).findings())
    except (TooLargeError, RecursionError):
        return []  # `prove` says so


class _Sender:
    def __init__(
        self, procedure: Procedure, explorer: Explorer, asked: dict[tuple[str, str], Asked]
    ) -> None:
        self._procedure = procedure
        self._explorer = explorer
        self._explored = explorer.found
        self._asked = asked

    def findings(self) -> Iterator[Finding]:
        """One finding a step and placeholder, however many ways lead there."""
        told: set[tuple[Path, str]] = set()
        for place, came in self._explored.rounds.items():
            for name, facts in self._asked.get((place.sop, place.step), {}).items():
                path = _path(place)
                if (path, name) in told or self._open(facts, came) == NOTHING:
                    continue
                found = self._shown(place, path, name, facts)
                if found is not None:
                    told.add((path, name))
                    yield found

    def _open(self, facts: dict[str, Fact], came: int) -> int:
        """The combinations in which one of the facts is not known, or is known to be unknown."""
        domain, space, found = self._explorer.domain, self._explorer.domain.space, NOTHING
        for key in facts:
            missing = domain.mark(("state", key), "unknown")
            if ("null", key) in domain.index:
                missing = space.either(missing, domain.mark(("null", key), "not known"))
            found = space.either(found, space.both(came, missing))
        return found

    def _shown(self, place: Place, path: Path, name: str, facts: dict[str, Fact]) -> Finding | None:
        came = self._explorer.whole.rounds.get(place, NOTHING)
        macro = self._procedure.part(place.sop).form["steps"][place.step]["macro"]
        ref = self._procedure.part(place.sop).ref(place.step)
        locales = self._procedure.form["macros"][macro]["body"]

        def is_left_open(walk: Walk) -> bool:
            return (
                walk.status in (ENDED, WAIT)
                and walk.step.ref == ref
                and any(name in _missing(walk, macro, locale) for locale in locales)
            )

        witness = find_witness(
            self._procedure,
            self._explorer.domain,
            self._open(facts, came),
            is_left_open,
            self._explorer.places.keys_asked_again(),
            picks=_PICKS,
        )
        if witness is None:
            return None
        about = f"`{name}` in macro `{macro}`"
        return Finding(UNBOUND, path, about, witness.words, witness.to_json())


def _missing(walk: Walk, macro: str, locale: str) -> set[str]:
    rendered = render_macro(walk, macro, locale)
    return {name.partition(".")[0] for name in rendered.missing}


def _path(place: Place) -> Path:
    """Where it is told: at the step's macro, or in the SOP where that runs the sub-procedure."""
    key, caller = "macro", place.caller
    while caller is not None:
        key, place, caller = "run", caller, caller.caller
    return ("steps", place.step, key)


def _asked(procedure: Procedure) -> Iterator[tuple[tuple[str, str], Asked]]:
    """What each step's macro asks for.

    A sub-procedure answers for its own facts, whoever runs it for those of the library.
    """
    alone = "returns" in procedure.root.form
    for sop, form in procedure.form["procedures"].items():
        part = procedure.part(sop)
        for step, shape in form["steps"].items():
            macro = procedure.form.get("macros", {}).get(shape.get("macro"))
            if macro is not None:
                names = _names(macro)
                found = {name: _inputs(procedure, part, name) for name in sorted(names)}
                told = {
                    name: facts
                    for name, facts in found.items()
                    if facts and _here(part, name, alone=alone, root=procedure.sop)
                }
                if told:
                    yield (sop, step), told


def _here(part: Part, name: str, *, alone: bool, root: str) -> bool:
    own = part.facts[name].own
    if part.sop != root:
        return not own
    return own or not alone


def _names(macro: dict[str, Any]) -> set[str]:
    names: set[str] = set()
    for body in macro["body"].values():
        found = placeholders(body)
        if not isinstance(found, Unreadable):
            names |= {each.name for each in found}
    return names - CLOCK_FACTS


def _inputs(procedure: Procedure, part: Part, name: str) -> dict[str, Fact]:
    """The facts without which one is never known: itself, or what it is computed from.

    Of a table, that is what its first row tests first: later tests may not be needed.
    """
    found: dict[str, Fact] = {}
    ahead = [name]
    while ahead:
        fact = part.facts.get(ahead.pop())
        if fact is None or fact.name in CLOCK_FACTS:
            continue
        if fact.formula is not None:
            ahead += sorted(facts_in(fact.formula))
        elif fact.table is not None:
            first = procedure.form["tables"][fact.table]["rows"][0]
            ahead += _first_tested(first["if"]) if "if" in first else []
        else:
            found[part.key(fact)] = fact
    return found


def _first_tested(condition: list[Any]) -> list[str]:
    """The fact that a condition looks at first."""
    if condition[0] == "test":
        return [condition[1]]
    return _first_tested(condition[1]) if len(condition) > 1 else []
