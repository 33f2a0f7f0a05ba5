"""Which outcomes can be reached from each step of an SOP, whatever the facts: once a procedure.

Where a procedure is too long to be gone through with what is known, this is told instead.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sopguide.walk.outcome import Outcome, outcome_of
from sopguide.walk.procedure import Procedure
from sopguide.walk.walk import Walk

_Reach = tuple[tuple[Outcome, ...], Mapping[str, int]]
_reaches: WeakKeyDictionary[Procedure, _Reach] = WeakKeyDictionary()


def outcomes_beyond(walk: Walk) -> list[Outcome]:
    """Return the outcomes that some way leads to from where a walk stands in its SOP."""
    frame = walk.state.frame
    while frame.caller is not None:
        frame = frame.caller
    procedure = walk.procedure
    found = _reaches.get(procedure)
    if found is None:
        found = _reaches[procedure] = _reach(procedure.root.form["steps"])
    outcomes, reach = found
    return [one for place, one in enumerate(outcomes) if reach[frame.step] >> place & 1]


def _reach(steps: Mapping[str, Any]) -> _Reach:
    """Return the different outcomes, and by step a bit for each that it leads to."""
    places: dict[Outcome, int] = {}
    reach = dict.fromkeys(steps, 0)
    for name, form in steps.items():
        if form["kind"] == "end":
            reach[name] = 1 << places.setdefault(outcome_of(form), len(places))
    leads = {name: tuple(_leads(form)) for name, form in steps.items()}
    order = _from_the_ends(leads)
    changed = True
    while changed:  # once more than loops lie within loops
        changed = False
        for name in order:
            here = reach[name]
            for to in leads[name]:
                here |= reach[to]
            changed = changed or here != reach[name]
            reach[name] = here
    return tuple(places), reach


def _leads(form: Mapping[str, Any]) -> Iterator[str]:
    for go in (form.get("go"), *form.get("by", {}).values(), *_answers(form)):
        if isinstance(go, str):
            yield go
        else:
            yield from (rule["to"] for rule in go or ())


def _answers(form: Mapping[str, Any]) -> Iterator[Any]:
    return (answer.get("go") for answer in form.get("answers", ()))


def _from_the_ends(leads: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the steps such that most come after those they lead to."""
    order: list[str] = []
    seen: set[str] = set()
    for start in leads:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(leads[start]))]
        while stack:
            name, rest = stack[-1]
            to = next((each for each in rest if each not in seen), None)
            if to is None:
                order.append(name)
                stack.pop()
            else:
                seen.add(to)
                stack.append((to, iter(leads[to])))
    return order
