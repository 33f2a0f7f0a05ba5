"""Macros and labels in the compiled form, their names resolved and their placeholders read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.graph import codes
from sopguide.graph.placeholders import Unreadable, placeholders

if TYPE_CHECKING:
    from sopguide.graph.report import Reporter
    from sopguide.graph.symbols import Symbols
    from sopguide.source import models
    from sopguide.source.sources import Sources

Form = dict[str, Any]


class Catalogues:
    """The macros and labels of a library; `asks` names what the bodies of a macro ask for."""

    def __init__(self, symbols: Symbols) -> None:
        sources = symbols.sources
        self.macros: dict[str, Form] = {}
        self.labels: dict[str, Form] = {}
        self.asks: dict[str, set[str]] = {}
        for name, macro in sources.macros.items():
            if macro.model is not None:
                report = symbols.reporter("macros", name)
                self.macros[name] = self._macro(name, macro.model, report, sources)
        for name, label in sources.labels.items():
            if label.model is not None:
                report = symbols.reporter("labels", name)
                self.labels[name] = self._label(label.model, report, sources)

    def _macro(self, name: str, model: models.Macro, report: Reporter, sources: Sources) -> Form:
        form: Form = {"title": model.title, "status": model.status, "body": dict(model.body)}
        if model.channels:
            form["channels"] = list(model.channels)
        if model.replaced_by is not None:
            _known_macro(model.replaced_by, ("replaced_by",), report, sources)
        asks: set[str] = set()
        for locale, body in model.body.items():
            found = placeholders(body)
            if isinstance(found, Unreadable):
                headline = f"the placeholders of macro `{name}` cannot be read: {found.why}"
                report.error(codes.BROKEN_PLACEHOLDER, report.span(("body", locale)), headline)
            else:
                asks.update(one.name for one in found)
        self.asks[name] = asks
        return form

    @staticmethod
    def _label(model: models.Label, report: Reporter, sources: Sources) -> Form:
        form: Form = {"title": model.title}
        if model.macros:
            form["macros"] = list(model.macros)
        for place, macro in enumerate(model.macros):
            if macro != "none":
                _known_macro(macro, ("macros", place), report, sources)
        return form


def _known_macro(
    name: str, path: tuple[str | int, ...], report: Reporter, sources: Sources
) -> None:
    if name not in sources.macros and "macros" not in sources.unsure:
        report.unknown(codes.UNKNOWN_MACRO, "macro", name, sources.macros, report.span(path))
