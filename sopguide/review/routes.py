"""Where an SOP can go: the ways out of each step of a compiled form, sub-procedures included.

Steps are named as people read them: `proof` in the SOP itself, `identity/verify-owner.proof` in a
sub-procedure. A sub-procedure that is run from several steps stands here once, so what can be
reached is never too little, and may be too much.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Route:
    """One way out of a step: by an answer, by a rule, by both or by neither."""

    step: str
    to: str
    answer: str | None = None
    """The answer, `reply` or `timeout` of a wait, or what a sub-procedure returned."""
    rule: int | None = None
    """Which of a list of rules, counted from 1."""
    condition: list[Any] | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a procedure, with the ways out of it."""

    ref: str
    sop: str
    id: str
    kind: str
    routes: tuple[Route, ...]
    answers: tuple[str, ...]
    """The answers that the author gave a place of their own."""
    first: bool
    """Whether the procedure starts here."""
    form: Json


def places(form: Json) -> dict[str, Place]:
    """Every step of a compiled form and of the sub-procedures it can run, by its name."""
    return {
        place.ref: place
        for sop, procedure in form["procedures"].items()
        for place in _places_of(form, sop, procedure)
    }


def name_of(walked: str, sop: str, step: str) -> str:
    """A step as people read it in a walk through the SOP `walked`."""
    return step if sop == walked else f"{sop}.{step}"


def leading_to(found: Mapping[str, Place], ends: Iterable[str]) -> set[str]:
    """The steps from which one of these ends can be reached."""
    into = defaultdict(set)
    for step, to in _passages(found):
        into[to].add(step)
    reached, waiting = set(ends), list(ends)
    while waiting:
        for step in into[waiting.pop()] - reached:
            reached.add(step)
            waiting.append(step)
    return reached


def _passages(found: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Which step can follow which: into sub-procedures and back as well."""
    returns = defaultdict(list)
    for place in found.values():
        if place.kind == "return":
            returns[place.sop].append(place)
    for place in found.values():
        if place.kind != "run":
            yield from ((place.ref, route.to) for route in place.routes)
            continue
        called = place.form["run"]
        yield place.ref, _start_of(found, called)
        for leaving in returns[called]:
            for route in place.routes:
                if route.answer in (None, leaving.form["return"]):
                    yield leaving.ref, route.to


def _start_of(found: Mapping[str, Place], sop: str) -> str:
    return next(place.ref for place in found.values() if place.sop == sop and place.first)


def _places_of(form: Json, sop: str, procedure: Json) -> Iterator[Place]:
    for step in _in_order(procedure):
        spec = procedure["steps"][step]
        ref = name_of(form["sop"], sop, step)
        open_answers = _open_answers(spec, {**form.get("facts", {}), **procedure.get("facts", {})})
        routes = tuple(
            Route(ref, name_of(form["sop"], sop, to), answer, *rest)
            for answer, go in _ways(spec, open_answers=open_answers)
            for to, *rest in _targets(go)
        )
        answers = tuple(answer["id"] for answer in spec.get("answers", ()))
        first = step == procedure["start"]
        yield Place(ref, sop, step, spec["kind"], routes, answers, first, spec)


def _in_order(procedure: Json) -> Iterator[str]:
    """The steps as a walk can come to them, those that none comes to last."""
    seen: dict[str, None] = {}
    waiting = deque([procedure["start"]])
    while waiting:
        step = waiting.popleft()
        if step not in seen:
            seen[step] = None
            ways = _ways(procedure["steps"][step], open_answers=True)
            waiting.extend(to for _, go in ways for to, *_ in _targets(go))
    yield from seen
    yield from (step for step in procedure["steps"] if step not in seen)


def _open_answers(spec: Json, facts: dict[str, Json]) -> bool:
    """Whether a question has values beside the answers that the author listed."""
    listed = {answer["id"] for answer in spec.get("answers", ())}
    fact = facts.get(spec.get("fact", ""), {})
    values = ("yes", "no") if fact.get("type") == "yes_no" else fact.get("values", ())
    return not listed or not listed.issuperset(values)


def _ways(spec: Json, *, open_answers: bool) -> Iterator[tuple[str | None, Any]]:
    """The `go` of each answer or return, and of the step itself where it can be taken."""
    for answer in spec.get("answers", ()):
        if go := answer.get("go", spec.get("go")):
            yield answer["id"], go
    yield from spec.get("by", {}).items()
    if "go" in spec and open_answers:
        yield None, spec["go"]


def _targets(go: str | list[Json]) -> Iterator[tuple[str, int | None, Any, tuple[str, ...]]]:
    if isinstance(go, str):
        yield go, None, None, ()
        return
    for place, rule in enumerate(go, start=1):
        yield rule["to"], place, rule.get("if"), tuple(rule.get("because", ()))
