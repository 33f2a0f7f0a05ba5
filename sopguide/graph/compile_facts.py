"""Facts as the library or an SOP declares them, with their limits and formulas parsed.

Limits and formulas may name any fact in sight, so facts are made twice: first their `outline`, what
a test on them needs to know, then the whole.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from sopguide.facts import fact as kinds
from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.evaluate import Linker
from sopguide.facts.expressions import article, parse_expression, parse_limit
from sopguide.facts.fact import Fact, Limit
from sopguide.facts.fault import Fault
from sopguide.facts.mentions import counts_business_days, facts_in
from sopguide.facts.order import alike
from sopguide.facts.values import Value, parse_text, show
from sopguide.graph import codes
from sopguide.graph.ticket_places import refuse_slip

if TYPE_CHECKING:
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.sight import Sight
    from sopguide.source import fact_models, step_models

_ACCEPTS = {kinds.DECIMAL: kinds.NUMBERS, kinds.DATE: kinds.TIMES}
_WRONG_SIGN = {"min": "<", "max": ">"}


def outline(name: str, declared: fact_models.Fact, *, own: bool = False) -> Fact:
    """A declared fact without its limits and its formula."""
    values, wording = written_values(declared.type, declared.values)
    return Fact(
        name=name,
        type=declared.type,
        values=values,
        wording=wording,
        exclusive=declared.exclusive,
        unit=declared.unit,
        ask=declared.ask,
        source=declared.source,
        optional=declared.optional,
        table=declared.table,
        formula=[] if declared.formula is not None else None,
        own=own,
    )


def written_values(
    kind: str, values: tuple[str, ...] | dict[str, str] | None
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The values of a fact and their wording, as an author may write them."""
    if kind == kinds.YES_NO:
        return kinds.YES_OR_NO, {}
    if isinstance(values, dict):
        return tuple(values), dict(values)
    return values or (), {}


def complete(
    fact: Fact, declared: fact_models.Fact | step_models.Question, path: Path, sight: Sight
) -> Fact:
    """The whole fact; what is wrong in its question, its limits and its formula is told."""
    if fact.ask and path[0] == "facts":
        sight.facts_in_text(fact.ask, (*path, "ask"))
    if fact.source:
        refuse_slip(fact.source, (*path, "from"), sight.report)
    low = _limit("min", declared.minimum, fact, path, sight)
    high = _limit("max", declared.maximum, fact, path, sight)
    if low and high and _crossed(low, high, fact):
        headline = f"nothing fits `{fact.name}`: its `min` lies above its `max`"
        sight.report.error(codes.CROSSED_LIMITS, sight.report.span((*path, "min")), headline)
    text = getattr(declared, "formula", None)
    if text is not None:
        fact = fact._replace(formula=_formula(text, fact, path, sight))
    return fact._replace(minimum=low, maximum=high) if low or high else fact


def refers(fact: Fact) -> set[str]:
    """The facts that this one's limits and formula name."""
    forms = _forms(fact)
    return {name for form in forms for name in facts_in(form)} if forms else set()


def needs_calendar(fact: Fact) -> bool:
    """Whether this fact's limits or formula count business days."""
    return any(counts_business_days(form) for form in _forms(fact))


def _forms(fact: Fact) -> list[list[Any]]:
    forms = [limit.formula for limit in (fact.minimum, fact.maximum) if limit]
    return [*forms, fact.formula] if fact.formula else forms


def _limit(side: str, text: str | None, fact: Fact, path: Path, sight: Sight) -> Limit | None:
    if text is None:
        return None
    place = (*path, side)
    sign = text.lstrip()[:1]
    if sign == _WRONG_SIGN[side]:
        other = "max" if side == "min" else "min"
        headline = f"`{side}` cannot begin with `{sign}`"
        sight.report.error(
            codes.WRONG_EXPRESSION, sight.report.span(place), headline, f"write it as `{other}`"
        )
        return None
    found = parse_limit(text, fact, sight.scope)
    if isinstance(found, Fault):
        sight.fault(place, found, codes.WRONG_EXPRESSION)
        return None
    return found


def _formula(text: str, fact: Fact, path: Path, sight: Sight) -> list[Any]:
    place = (*path, "is")
    found = parse_expression(text, sight.scope)
    if isinstance(found, Fault):
        sight.fault(place, found, codes.WRONG_EXPRESSION)
        return []
    if fact.type not in kinds.ORDERED or found.type not in _ACCEPTS.get(fact.type, {fact.type}):
        headline = f"`{fact.name}` is {article(fact.type)}, and this gives {article(found.type)}"
        advice = "only numbers, dates, times and durations can be computed"
        if fact.type == kinds.INTEGER and found.type == kinds.DECIMAL:
            advice = "write `round( … )` around it, or make the fact a `decimal`"
        sight.report.error(codes.WRONG_EXPRESSION, sight.report.span(place), headline, advice)
    return found.form


def read_value(text: str | list[str], fact: Fact) -> Value | Fault:
    """Read a value as an author types it, which a limit that never changes may refuse too."""
    found = parse_text(text, fact)
    return found if isinstance(found, Fault) else _outside(found, fact) or found


def _outside(value: Value, fact: Fact) -> Fault | None:
    firm = fact._replace(minimum=_firm(fact.minimum, fact), maximum=_firm(fact.maximum, fact))
    for bound in _plain_linker().bounds(firm):
        try:
            refused = bound.refuse({}, value)
        except Uncomputable:
            continue
        if refused is not None:
            text = show(value, fact._replace(unit=None))
            return Fault(f"`{text}` does not fit `{fact.name}`", refused, kind="value")
    return None


def _crossed(low: Limit, high: Limit, fact: Fact) -> bool:
    if _firm(low, fact) is None or _firm(high, fact) is None:
        return False
    linker = _plain_linker()
    try:
        first, last = (linker.expression(limit.formula)({}) for limit in (low, high))
    except Uncomputable:
        return False
    first, last = alike(first, last, UTC)
    return bool(first > last or (first == last and (low.exclusive or high.exclusive)))


def _firm(limit: Limit | None, fact: Fact) -> Limit | None:
    """The limit, where it depends on nothing: on no fact, no calendar, no zone."""
    if limit is None or fact.type == kinds.DATETIME:
        return None
    return None if facts_in(limit.formula) or counts_business_days(limit.formula) else limit


def _plain_linker() -> Linker:
    return Linker({}, lambda fact: fact.name, {}, UTC, None)
