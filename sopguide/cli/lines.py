"""Lines of text that several commands write alike; every text in them is cleaned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.clean import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {"end": "", "macro": "macro ", "label": "label "}


def line(text: str) -> str:
    """One line, whatever the text holds."""
    return clean(text, keep_newlines=False)


def row(name: str, text: str) -> str:
    """A name and what there is to say of it, below a heading."""
    return line(f"  {name:<9} {text}")


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def outcome_text(outcome: Mapping[str, Any]) -> str:
    """`rejected · macro not-shown · label account/hacked · to seniors within 4h`."""
    parts = [f"{word}{outcome[key]}" for key, word in _WORDS.items() if outcome.get(key)]
    if escalate := outcome.get("escalate"):
        within = f" within {escalate['within']}" if escalate.get("within") else ""
        parts.append(f"to {escalate['to']}{within}")
    return " · ".join(parts)


def value_text(value: object) -> str:
    """A fact's value or an answer, as JSON has it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "not known" if value is None else str(value)


def minutes(seconds: float) -> str:
    """`4:05`, `1:04:05`."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock.removeprefix("0")


def when(wall_ms: int) -> str:
    """`22 Nov 12:00`, and for other years `22 Nov 2025`."""
    then = datetime.fromtimestamp(wall_ms / 1000, UTC).astimezone()
    this_year = then.year == datetime.now(UTC).astimezone().year
    return f"{then:%d %b %H:%M}" if this_year else f"{then:%d %b %Y}"
