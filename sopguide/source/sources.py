"""A whole library as it was read: models with their places, and all that was wrong.

What is broken stays known by name, so that one mistake is reported once: a step that goes to a
broken step, or ends in a broken macro, names something that exists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from sopguide.facts.names import fact_of_step
from sopguide.source.shapes import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.diagnostics import Diagnostic, Span
    from sopguide.source.document import Document, Path
    from sopguide.source.models import Label, Library, Macro, Scenario, Sop, Table
    from sopguide.source.translations import Catalogue

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M]):
    """One thing of a library: a macro, a label, a table, an SOP, a scenario, or `library.yaml`.

    `model` is None where nothing of it could be read. `broken` names the parts that were left out
    of the model because something is wrong in them: `("steps", "refuse")`, `("facts", "age")`, and
    plain keys such as `("version",)`, which the model then holds a stand-in for. `repeated` tells
    that a key among the steps was given twice, and that what stood there again is lost.
    """

    id: str
    model: M | None
    document: Document
    path: Path = ()
    broken: frozenset[Path] = frozenset()
    faulty: bool = False
    repeated: bool = False

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Where a part of this entry lies: its value, or the key it stands under."""
        return self.document.span((*self.path, *path), key=key)

    def within(self, path: Path, start: int, end: int | None = None) -> Span:
        """Where part of a text of this entry lies."""
        return self.document.within((*self.path, *path), start, end)

    def names(self, part: str) -> frozenset[str]:
        """The names that are known but broken below one key: `names("steps")`.

        The facts are also those that a broken step may declare by its own name.
        """
        names = {str(path[1]) for path in self.broken if len(path) > 1 and path[0] == part}
        if part == "facts":
            names |= {fact_of_step(step) for step in self.names("steps")}
        return frozenset(names)


@dataclass(frozen=True, slots=True)
class Sources:
    """All entries of a library by kind and id. Every error of one is in `diagnostics`.

    `unsure` holds the kinds ("library", "labels", "macros", "tables", "sops") of which a file could
    not be read at all, so that a name which is not here may yet exist. `translations` are the
    catalogues of each language, by area.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    library: Entry[Library] | None = None
    labels: Mapping[str, Entry[Label]] = field(default_factory=dict)
    macros: Mapping[str, Entry[Macro]] = field(default_factory=dict)
    tables: Mapping[str, Entry[Table]] = field(default_factory=dict)
    sops: Mapping[str, Entry[Sop]] = field(default_factory=dict)
    scenarios: Mapping[str, tuple[Entry[Scenario], ...]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    translations: Mapping[str, Mapping[str, Catalogue]] = field(default_factory=dict)
