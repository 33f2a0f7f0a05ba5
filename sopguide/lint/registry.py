"""All rules by code: the flow rules that `run` calls, and the manual pages.

A page is a module's docstring: what the rule finds and why it matters, then a `Good:` and a `Bad:`
example and what is said about the bad one. The codes of the source family have only a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from sopguide.lint import rules
from sopguide.lint.rules import (
    dead_end,
    impossible_return,
    loop_without_exit,
    no_outcome,
    unhandled_return,
    unknown_start,
    unreachable_step,
    unused_go,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.decision_graph import DecisionGraph


class FlowRule(Protocol):
    """A rule over the flow of one SOP."""

    CODE: str
    NAME: str

    def check(self, graph: DecisionGraph) -> Iterator[Diagnostic]:
        """Find what the rule is about."""


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
    from sopguide.source.codes import NAMES

    found = [Page(code, name, name.replace("-", " ")) for code, name in NAMES.items()]
    for info in iter_modules(rules.__path__):
        rule = import_module(f"{rules.__name__}.{info.name}")
        found.append(Page(rule.CODE, rule.NAME, (rule.__doc__ or "").strip()))
    return sorted(found, key=lambda page: page.code)
