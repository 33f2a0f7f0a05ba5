"""The grammar of names, and the words that nobody may use as one."""

import re

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z", re.ASCII)
"""Steps, answers, labels, macros, tables and the values of a choice."""

FACT_NAME = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
"""Facts and sets."""

CLOCK_FACTS = frozenset({"today", "now"})  # given to every walk from outside
RESERVED_FACTS = frozenset({"any", "today", "now", "round", "min", "max", "ticket"})
RESERVED_VALUES = frozenset({"known", "unknown", "any", "all", "in", "not", "has", "only", "and"})


_WORDS = re.compile(r"[a-z]{2}|[^\x00-\x7f]")


def is_code(text: str) -> bool:
    """Tell whether a text holds no word, so that it reads the same in every language: `PAY-2`."""
    return _WORDS.search(text) is None


def is_id(text: str) -> bool:
    """Tell whether `text` may name a step, answer, label, macro or value."""
    return ID.match(text) is not None


def is_fact_name(text: str) -> bool:
    """Tell whether `text` may name a fact or a set."""
    return FACT_NAME.match(text) is not None


def fact_of_step(step: str) -> str:
    """Return the name of the fact that a question without `fact:` declares."""
    return step.replace("-", "_")
