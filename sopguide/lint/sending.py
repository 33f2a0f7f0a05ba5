"""Macros that live SOPs send although their status speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.whole import Sent, Whole
    from sopguide.source.models import Macro


def sent_though(
    status: str, whole: Whole
) -> Iterator[tuple[str, Macro, Sent, tuple[Related, ...]]]:
    """Each macro of this status, its name first, for each live SOP that sends it.

    With it comes the first step that does, and what belongs to that: where the status stands, and
    the SOP's further steps.
    """
    for name in whole.senders:
        entry, macro = whole.macro(name)
        for first, *others in (
            whole.first_senders(name, live=True) if macro.status == status else ()
        ):
            related = [Related(entry.span("status"), "its status")]
            related += [Related(other.span("macro"), "sent from here too") for other in others]
            yield name, macro, first, tuple(related)
