"""Liquid that comes to an end: what a text with placeholders may cost to read and to fill in.

python-liquid bounds the output and loops inside loops. It does not bound what filters make (a text
doubled forty times, a range of a billion joined), nor how long it looks for the end of a
placeholder that has none. Those bounds are here, counted and never clocked, so that a walk shows
the same wherever it is read. What a text asks for is `graph/placeholders.py`; what a walk has to
give is `walk/wording.py`.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from liquid import Environment, Undefined

MOST_CHARACTERS = 50_000
_MOST_TURNS = 1_000
_MOST_OUTPUT = 1_000_000
_MOST_IN_A_VALUE = 1_000_000
_MOST_WORK = 20_000_000
_A_CALL = 200  # what a filter costs, however small its values are

_left: ContextVar[int] = ContextVar("left")


def refusal(text: str) -> str | None:
    """Why a text is not even to be read as Liquid; None where it is."""
    if len(text) > MOST_CHARACTERS:
        return f"it is longer than the {MOST_CHARACTERS} characters of a text with placeholders"
    if text.rfind("{{") > text.rfind("}}"):
        return "a `{{` has no `}}`"
    return None


def render(text: str, undefined: type[Undefined], values: Mapping[str, Any]) -> str:
    """Fill a text in; raises LiquidError, also where that would cost too much."""
    from liquid.exceptions import LiquidSyntaxError

    why = refusal(text)
    if why is not None:
        raise LiquidSyntaxError(why, token=None)
    token = _left.set(_MOST_WORK)
    try:
        return _environment(undefined).from_string(text).render(values)
    finally:
        _left.reset(token)


_environments: dict[type[Undefined], Environment] = {}


def _environment(undefined: type[Undefined]) -> Environment:
    if undefined not in _environments:
        from liquid import Environment

        class Bounded(Environment):
            loop_iteration_limit = _MOST_TURNS
            output_stream_limit = _MOST_OUTPUT

        made = Bounded(undefined=undefined)
        made.filters = {name: _bounded(name, filter_) for name, filter_ in made.filters.items()}
        _environments[undefined] = made
    return _environments[undefined]


def _bounded(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, which refuses values that are too large and counts what it does."""

    @wraps(filter_)  # with the marks that tell Liquid what else it wants to be given
    def call(value: Any, *args: Any, **named: Any) -> Any:
        sizes = [_size(item) for item in (value, *args)]
        if name.startswith("replace") and len(sizes) > 2:  # noqa: PLR2004 (a text, what, by what)
            sizes.append((sizes[0] + 1) * sizes[2])
        _spend(name, sizes)
        made = filter_(value, *args, **named)
        _spend(name, [_size(made)])
        return made

    return call


def _spend(name: str, sizes: list[int]) -> None:
    from liquid.exceptions import FilterError

    left = _left.get() - _A_CALL - sum(sizes)
    _left.set(left)
    if left < 0 or max(sizes) > _MOST_IN_A_VALUE:
        raise FilterError(f"`{name}` would have too much to do", token=None)


def _size(value: Any) -> int:
    """About how many characters a value prints; counted no further than is allowed."""
    size, waiting = 0, [value]
    while waiting and size <= _MOST_IN_A_VALUE:
        item = waiting.pop()
        size += 1
        if isinstance(item, str):
            size += len(item)
        elif isinstance(item, int):
            size += item.bit_length() // 3
        elif isinstance(item, range):
            size += max(0, item.stop - item.start)
        elif isinstance(item, dict):
            waiting += item.keys()
            waiting += item.values()
        elif isinstance(item, list | tuple):
            waiting += item
    return size
