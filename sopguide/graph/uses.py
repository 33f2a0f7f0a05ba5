"""What an SOP refers to outside itself, and where it did so first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopguide.graph.decision_graph import Path


@dataclass(slots=True)
class Uses:
    """Collected while an SOP is compiled.

    `needed` are the facts whose value a walk may want, `given` those that the SOP asks for in
    its own words or sets; `unsure` the kinds of names that may lie in a file which cannot be
    read.
    """

    facts: dict[str, Path] = field(default_factory=dict)
    needed: dict[str, Path] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    macros: dict[str, None] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    sops: dict[str, Path] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
