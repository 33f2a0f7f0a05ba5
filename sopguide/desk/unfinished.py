"""What speaks against ending a walk, in words: the same on the desk and in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.actions import BY_NAME
from sopguide.desk.helpdesk import checklist_of
from sopguide.desk.remarking import begun_of
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.desk.hand import WalkInHand
    from sopguide.desk.reply import Draft
    from sopguide.walk.view import OutcomeView


def unfinished(walk: WalkInHand, draft: Draft) -> Iterator[str]:
    """What is open in the reply, and what was written and is kept nowhere yet."""
    if draft.missing:
        yield _("Not filled in: {names}").format(names=", ".join(draft.missing))
    if begun := begun_of(walk).open:
        named = (f"{_(BY_NAME[kind].word)} {step}".rstrip() for kind, step in begun)
        yield _("Written and not kept: {names}").format(names=", ".join(named))


def unticked(walk: WalkInHand, outcome: OutcomeView) -> Iterator[str]:
    """What is not ticked in the checklist."""
    if left := checklist_of(walk).left(outcome):
        yield _("Not ticked: {items}").format(items=", ".join(item.text for item in left))
