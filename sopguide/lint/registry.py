"""All rules by code: those that `run` calls, and the manual pages.

A page is a module's docstring: what the rule finds and why it matters, then a `Good:` and a `Bad:`
example and what is said about the bad one. What no example can show has only words.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from sopguide.lint import rules
from sopguide.lint.rules import (
    answers_alike,
    channel_mismatch,
    dead_end,
    deprecated_macro,
    double_barrelled,
    draft_macro,
    impossible_return,
    long_question,
    loop_without_exit,
    missing_locale,
    no_help,
    no_outcome,
    not_translated,
    pair_not_allowed,
    retired_macro,
    unhandled_return,
    unknown_placeholder,
    unknown_start,
    unreachable_step,
    unused_fact,
    unused_go,
    unused_label,
    unused_macro,
    unused_set,
    unused_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.decision_graph import DecisionGraph
    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole


class FlowRule(Protocol):
    """A rule over the flow of one SOP."""

    CODE: str
    NAME: str

    def check(self, graph: DecisionGraph) -> Iterator[Diagnostic]:
        """Find what the rule is about."""


class LibraryRule(Protocol):
    """A rule that looks across the files of a library."""

    CODE: str
    NAME: str

    def check(self, whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
        """Find what the rule is about, each with the entry it belongs to."""


FLOW_RULES: tuple[FlowRule, ...] = (
    unreachable_step,
    dead_end,
    loop_without_exit,
    unhandled_return,
    impossible_return,
    unknown_start,
    no_outcome,
    unused_go,
)

LIBRARY_RULES: tuple[LibraryRule, ...] = (
    missing_locale,
    channel_mismatch,
    retired_macro,
    draft_macro,
    deprecated_macro,
    pair_not_allowed,
    unknown_placeholder,
    unused_macro,
    unused_label,
    unused_table,
    unused_fact,
    unused_set,
    long_question,
    double_barrelled,
    answers_alike,
    no_help,
    not_translated,
)

FIXED = frozenset(
    rule.CODE
    for rule in (
        dead_end,
        loop_without_exit,
        unhandled_return,
        impossible_return,
        unknown_start,
        no_outcome,
    )
)
"""The flow rules without which there is nothing to walk: their weight cannot be changed."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the manual says about one code."""

    code: str
    name: str
    text: str

    @property
    def headline(self) -> str:
        """The first line."""
        return self.text.partition("\n")[0]


def pages() -> list[Page]:
    """Every page, by code."""
    found = []
    for info in iter_modules(rules.__path__):
        rule = import_module(f"{rules.__name__}.{info.name}")
        found.append(Page(rule.CODE, rule.NAME, (rule.__doc__ or "").strip()))
    return sorted(found, key=lambda page: page.code)
