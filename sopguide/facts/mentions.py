"""Which facts a parsed condition, test or expression mentions, and if it needs the calendar."""

from collections.abc import Iterator
from typing import Any


def facts_in(form: list[Any]) -> set[str]:
    """Return the names of all facts in a form, in whatever depth."""
    return set(_walk(form))


def counts_business_days(form: list[Any]) -> bool:
    """Tell whether a form counts business days anywhere, and so needs the calendar."""
    if form[0] == "duration":
        return "bd" in form[1]
    return form[0] not in _VALUES and any(
        counts_business_days(part) for part in form[1:] if isinstance(part, list)
    )


def _walk(form: list[Any]) -> Iterator[str]:
    if form[0] == "test":
        yield form[1]
        yield from _walk(form[2])
    elif form[0] == "fact":
        yield form[1]
    elif form[0] not in _VALUES:
        for part in form[1:]:
            if isinstance(part, list):
                yield from _walk(part)


_VALUES = frozenset({"is", "in", "has_any", "has_all", "only"})
