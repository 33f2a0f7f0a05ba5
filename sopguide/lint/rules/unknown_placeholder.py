"""Placeholders of a macro that nothing can fill.

A placeholder is a fact of the library, a fact of every SOP that sends the macro, or a field of the
ticket (`{{ ticket.requester.first_name }}`). Any other shows in the reply as it stands.

Good:

    # library.yaml
    facts: {amount: {type: decimal, ask: How much was paid?}}
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: "You get {{ amount }} back."}}
    # sops/example.yaml
    start: paid
    steps:
      paid: {fact: amount, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts: {amount: {type: decimal, ask: How much was paid?}}
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: "You get {{ amout }} back."}}
    # sops/example.yaml
    start: paid
    steps:
      paid: {fact: amount, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    macros/standard.yaml:2:58: warning[SOP507] nothing can fill `amout` in macro `done`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity
from sopguide.graph.placeholders import Placeholder, Unreadable, placeholders
from sopguide.graph.sight import FREE
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Sent, Whole
    from sopguide.source.models import Macro
    from sopguide.source.sources import Entry

CODE = "SOP507"
NAME = "unknown-placeholder"

_ADVICE = "use a fact that every SOP sending this knows, or a field of the ticket"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    silent = whole.symbols.silent
    if silent is None:
        return
    known = {FREE, *whole.symbols.scope.fact_names(), *silent}
    for macro in whole.senders:
        for name in sorted(whole.catalogues.asks[macro] - known):
            yield from _missing(whole, macro, name)


def _missing(whole: Whole, macro: str, name: str) -> Iterator[tuple[Owner, Diagnostic]]:
    """Nowhere known: told in the macro; known in some SOPs: told in the others."""
    senders = whole.first_senders(macro)
    blind = [steps for steps in senders if not _knows(steps[0], name)]
    entry, model = whole.macro(macro)
    if len(blind) == len(senders):
        known = {*whole.symbols.facts, *(own for one in senders for own in one[0].procedure.own)}
        for found in _in_bodies(entry, model, name, did_you_mean(name, known)):
            yield ("macros", macro), found
        return
    for first, *others in blind:
        related = [Related(other.span("macro"), "sent from here too") for other in others]
        headline = f"nothing here can fill `{name}` in macro `{macro}`"
        where = first.span("macro")
        found = Diagnostic(CODE, Severity.WARNING, where, headline, _ADVICE, tuple(related))
        yield first.owner, found


def _knows(sent: Sent, name: str) -> bool:
    procedure = sent.procedure
    return name in procedure.own or name in procedure.report.entry.names("facts")


def _in_bodies(
    entry: Entry[Macro], model: Macro, name: str, near: str | None
) -> Iterator[Diagnostic]:
    """One finding, at the first body that has the placeholder; the others are related."""
    spans = [
        entry.within(("body", locale), one.start, one.end)
        if one.start is not None
        else entry.span("body", locale)
        for locale, body in model.body.items()
        for one in _placeholders(body)
        if one.name == name
    ]
    headline = f"nothing can fill `{name}` in macro `{entry.id}`"
    related = tuple(Related(span, "here too") for span in spans[1:])
    yield Diagnostic(CODE, Severity.WARNING, spans[0], headline, near or _ADVICE, related)


def _placeholders(body: str) -> list[Placeholder]:
    found = placeholders(body)
    return [] if isinstance(found, Unreadable) else found
