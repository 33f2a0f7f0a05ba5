"""Texts with placeholders, filled in for one walk: questions, help, macros.

Liquid, as helpdesks write it, imported only where a text has a placeholder.
What nobody filled in stays visible; what it may cost is `templates.py`.
"""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.truth import Unknown
from sopguide.templates import render
from sopguide.walk.private import LostText
from sopguide.walk.procedure import Part
from sopguide.walk.saying import Words

if TYPE_CHECKING:
    from liquid import Undefined

    from sopguide.walk.walk import Walk


class Rendered(NamedTuple):
    """A text as a person reads it, and the placeholders that nobody filled in."""

    text: str
    missing: tuple[str, ...] = ()
    locale: str = ""
    """Of a macro: in which of its locales it is."""


def fill(
    walk: "Walk",
    text: str,
    ticket: Mapping[str, Any] | None = None,
    filled: Mapping[str, str] | None = None,
    part: Part | None = None,
    words: Words | None = None,
    letter_in: str | None = None,
) -> Rendered:
    """Return a text of the SOP with its placeholders filled in; a missing one shows as ⟦name⟧.

    `filled`: what the agent typed for those that are missing, by their names. `part`: whose text
    it is, where that is not the procedure in which the walk stands. `words`: in which language
    choices are named, where that is not the library's. `letter_in`: in which language days are
    written out, where the text goes to a customer.
    """
    if "{{" not in text and "{%" not in text:
        return Rendered(text)
    from liquid.exceptions import LiquidError

    from sopguide.walk.printed import without_blanks

    missing: list[str] = []
    token, typed = _missing.set(missing), _typed.set(filled or {})
    try:
        values = {
            "ticket": without_blanks(ticket or {}),
            **_facts(walk, part or walk.part, text, words, letter_in),
        }
        rendered = render(text, _shown(), values)
    except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
        return Rendered(f"⟦this text cannot be filled in: {error}⟧\n{text}", ("text",))
    finally:
        _missing.reset(token)
        _typed.reset(typed)
    return Rendered(rendered, tuple(dict.fromkeys(missing)))


def render_macro(
    walk: "Walk",
    macro: str,
    locale: str,
    ticket: Mapping[str, Any] | None = None,
    filled: Mapping[str, str] | None = None,
) -> Rendered:
    """Return a macro's body in a locale, or in the nearest that the macro has."""
    body = walk.procedure.form["macros"][macro]["body"]
    chosen = choose_locale(body, locale, walk.procedure.locales)
    words = walk.procedure.words(chosen, marked=False)
    told = fill(walk, body[chosen], ticket, filled, words=words, letter_in=chosen)
    return told._replace(locale=chosen)


def choose_locale(body: Mapping[str, str], locale: str, locales: tuple[str, ...]) -> str:
    """Return the locale itself, its language, the library's first, or any that there is."""
    wanted = (locale, locale.replace("_", "-").split("-")[0], *locales)
    return next((name for name in wanted if name in body), next(iter(body)))


_missing: ContextVar[list[str]] = ContextVar("missing")
_typed: ContextVar[Mapping[str, str]] = ContextVar("typed")
_DOTTED = r"[\w-]+(?:\.[\w-]+)*"
_NAME = r"[a-z][a-z0-9_]*"


@cache
def _shown() -> "type[Undefined]":
    from liquid import Undefined

    dotted = re.compile(_DOTTED)

    class Shown(Undefined):
        """A placeholder without a value: shown, never a blank."""

        __slots__ = ()

        def __str__(self) -> str:
            name = self.name
            if self.token is not None:
                found = dotted.match(self.token.source, self.token.start_index)
                name = found[0] if found else name
            typed = _typed.get().get(name, "")
            if typed.strip():
                return typed
            _missing.get().append(name)
            return f"⟦{name}⟧"

    return Shown


def _facts(
    walk: "Walk", part: Part, text: str, words: Words | None, letter_in: str | None
) -> dict[str, Any]:
    """Return the known facts that a text may mention, ready to be printed."""
    from sopguide.walk.printed import printable

    found = {}
    for name in set(re.findall(_NAME, text)):
        fact = part.facts.get(name)
        if fact is None:
            continue
        try:
            value = part.linker.value(name)(walk.facts)
        except Uncomputable:
            continue
        if value is not None and not isinstance(value, Unknown | LostText):
            said = words.fact(fact, part.sop) if words else fact
            found[name] = printable(value, said, letter_in)
    return found
