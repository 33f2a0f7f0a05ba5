"""Three-valued truth: a test holds, does not hold, or is open for want of a fact.

An open test names the fact to be asked for first. A fourth outcome, None, is
a test that fails because its fact is "not known": `not` leaves it failing.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sopguide.facts.fact import Fact

Known = Mapping[str, Any]
"""What is known, by the linker's keys: a value, or None for "not known"."""


class Unknown:
    """The fact that has to be known first."""

    __slots__ = ("fact",)

    def __init__(self, fact: Fact) -> None:
        self.fact: Final = fact


Truth = bool | Unknown | None
"""Holds, does not hold, open; None: fails because a fact is "not known"."""

Test = Callable[[Known], Truth]

Formula = Callable[[Known], Any]
"""Gives a value, None for "not known", or an Unknown."""


def always(_: Known) -> Truth:
    """Hold whatever is known."""
    return True


def negate(truth: Truth) -> Truth:
    """Turn what is settled round; what is open stays open, what is "not known" fails."""
    return not truth if isinstance(truth, bool) else truth


def has_value(value: Any) -> bool:
    """Tell whether there is a value; `known` never makes the walk ask for one."""
    return value is not None and value.__class__ is not Unknown


def all_of(parts: list[Test]) -> Test:
    """One failing part settles it; else the first open one leaves it open."""

    def decide(known: Known) -> Truth:
        opened: Truth = True
        for part in parts:
            truth = part(known)
            if truth is True:
                continue
            if truth.__class__ is not Unknown:
                return truth
            if opened is True:
                opened = truth
        return opened

    return decide


def any_of(parts: list[Test]) -> Test:
    """One holding part settles it; else the first open one leaves it open."""

    def decide(known: Known) -> Truth:
        opened: Truth = False
        for part in parts:
            truth = part(known)
            if truth is True:
                return True
            if opened is False and truth.__class__ is Unknown:
                opened = truth
        return opened

    return decide


def lift(value: Formula, predicate: Callable[[Any], bool]) -> Test:
    def decide(known: Known) -> Truth:
        found = value(known)
        if found is None or found.__class__ is Unknown:
            return found
        return predicate(found)

    return decide
