"""Macros that are not written for a channel of the SOP that sends them.

A letter reads badly in a chat. Channels are compared only where both say some: the SOP, or one
that runs it, and the macro.

Good:

    # macros/standard.yaml
    done: {title: Done, status: live, channels: [email, chat], body: {en: All done.}}
    # sops/example.yaml
    channels: [email, chat]
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/standard.yaml
    done: {title: Done, status: live, channels: [email], body: {en: All done.}}
    # sops/example.yaml
    channels: [email, chat]
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    5:32: warning[SOP502] macro `done` is not for `chat`, which this SOP serves
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP502"
NAME = "channel-mismatch"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for macro in whole.senders:
        entry, model = whole.macro(macro)
        for first, *others in whole.first_senders(macro) if model.channels else ():
            served = whole.channels(first.procedure.id)
            missing = [channel for channel in served if channel not in model.channels]
            if not missing:
                continue
            by = served[missing[0]]
            who = (
                "this SOP serves"
                if by == first.procedure.id
                else f"`{by}`, which runs this, serves"
            )
            named = " and ".join(f"`{channel}`" for channel in missing)
            related = [Related(entry.span("channels"), "what it is for")]
            related += [Related(other.span("macro"), "sent from here too") for other in others]
            found = Diagnostic(
                CODE,
                Severity.WARNING,
                first.span("macro"),
                f"macro `{macro}` is not for {named}, which {who}",
                "send another macro there, or add the channel to the macro",
                tuple(related),
            )
            yield first.owner, found
