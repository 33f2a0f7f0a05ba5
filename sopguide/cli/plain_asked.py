"""Choosing among a few things in lines: a reason, another outcome. Nothing typed is no choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.clean import clean
from sopguide.desk.asking import numbered
from sopguide.desk.hand import OVERRIDE_REASONS
from sopguide.desk.wording import SPOKEN, offered_line, override_reason
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopguide.cli.plain import Ask, Say
    from sopguide.desk.hand import OfferedOutcome


class Picker(NamedTuple):
    """Asks for one of a few, by its number or its code."""

    ask: Ask
    say: Say

    def pick(self, what: str, codes: Sequence[str], words: Callable[[str], str]) -> str | None:
        """The code chosen, or None."""
        for number, code in enumerate(codes, 1):
            self.say(clean(f"  {number}  {words(code)}", keep_newlines=False))
        prompt = _("{what}: 1-{most}, Enter for none> ").format(what=what, most=len(codes))
        while typed := (self.ask(prompt) or "").strip():
            if (chosen := named(typed, codes)) is not None:
                return chosen
            self.say(_("Type a number of 1 to {most}, or press Enter").format(most=len(codes)))
        return None

    def outcome(self, offered: Sequence[OfferedOutcome], typed: str) -> tuple[str, str] | None:
        """An offered outcome and the reason for it; both may be typed already: `2 context`."""
        first, _space, second = typed.partition(" ")
        ids = [each.id for each in offered]
        wording = {each.id: offered_line(each, SPOKEN) for each in offered}
        chosen = named(first, ids) or self.pick(_("outcome"), ids, wording.__getitem__)
        if chosen is None:
            return None
        reason = named(second.strip(), OVERRIDE_REASONS) or self.pick(
            _("reason"), OVERRIDE_REASONS, override_reason
        )
        return None if reason is None else (chosen, reason)


def named(typed: str, codes: Sequence[str]) -> str | None:
    """The code of that number, or that code."""
    known = typed.casefold() if typed.casefold() in codes else None
    return numbered(codes, typed) or known
