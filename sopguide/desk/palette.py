"""Finding anything by a few words: SOPs, steps of this SOP, macros, labels, and what keys do.

Without a word it offers what is likeliest: the SOPs that the ticket's words speak for, then what
can be done. What comes of a hit is for the desk to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.desk.actions import ACTIONS
from sopguide.desk.wording import end_word
from sopguide.messages import _
from sopguide.walk.catalogue import LABEL, MACRO, STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopguide.desk.hand import WalkInHand
    from sopguide.desk.shelf import Shelf

COMMAND, SOP = "command", "sop"
_KINDS = (COMMAND, STEP, SOP, MACRO, LABEL)
_WITHOUT_WALK = {"parked", "later", "leave", "theme", "keys"}
_NEVER = {"find"}
_NEVER_IN_A_WALK = {"later"}
_EACH = 8
"""So many hits of a kind are shown."""

_LIKE = 70.0


class Hit(NamedTuple):
    """Something found: `detail` is for the eye alone, a command's key or where a step stands."""

    kind: str
    id: str
    title: str
    detail: str = ""


class Palette:
    """What can be found from where the agent stands."""

    def __init__(self, shelf: Shelf, walk: WalkInHand | None) -> None:
        """Without a walk only what keys do: an SOP for a ticket has a screen of its own."""
        self._shelf = shelf
        self._walk = walk
        self._hits = [*_commands(walk), *(_of_walk(walk) if walk else ())]

    def find(self, text: str) -> list[Hit]:
        """The hits for a text, the best of each kind, kinds with better hits first."""
        sought = text.casefold().split()
        if not sought:
            return [*self._by_ticket(), *(hit for hit in self._hits if hit.kind == COMMAND)]
        ranked = [(rank, hit) for hit in self._hits if (rank := _rank(hit, sought)) is not None]
        if not ranked:
            ranked = [(3, hit) for hit in _alike(self._hits, text)]
        sops = ((_rank(hit, sought) or 2, hit) for hit in self._sops(text))
        ranked += [(min(rank, 2), hit) for rank, hit in sops]
        ranked.sort(key=lambda each: (each[0], _KINDS.index(each[1].kind)))
        return _first_of_each(hit for _, hit in ranked)

    def _by_ticket(self) -> list[Hit]:
        """The SOPs that the customer's words speak for."""
        ticket = self._walk.ticket if self._walk else {}
        told = " ".join(str(ticket[name]) for name in ("subject", "body") if ticket.get(name))
        ranked = self._shelf.rank(told)[:3] if told else ()
        return [
            Hit(SOP, each.offer.sop, each.offer.title, ", ".join(each.words)) for each in ranked
        ]

    def _sops(self, text: str) -> Iterable[Hit]:
        for offer in self._shelf.find(text)[:_EACH] if self._walk else ():
            yield Hit(SOP, offer.sop, offer.title, offer.why_not or offer.version)


def _commands(walk: WalkInHand | None) -> Iterable[Hit]:
    for action in ACTIONS:
        if action.name not in _NEVER and _is_done_here(action.name, walk):
            yield Hit(COMMAND, action.name, _(action.about))


def _is_done_here(name: str, walk: WalkInHand | None) -> bool:
    return name in _WITHOUT_WALK if walk is None else name not in _NEVER_IN_A_WALK


def _of_walk(walk: WalkInHand) -> Iterable[Hit]:
    reached = {row.step for row in walk.view().path}
    details = {
        STEP: _("not reached"),
        MACRO: _("Enter copies it"),
        LABEL: _("Enter copies it"),
    }
    for entry in walk.catalogue():
        detail = _("on the path") if entry.kind == STEP and entry.id in reached else ""
        title = end_word(entry.title) if entry.kind == STEP else entry.title
        yield Hit(entry.kind, entry.id, title, detail or details[entry.kind])


def _rank(hit: Hit, sought: Sequence[str]) -> int | None:
    """How well a hit fits: all words must be in it; whole beginnings of words count most."""
    text = f"{hit.id} {hit.title}".casefold()
    if not all(word in text for word in sought):
        return None
    if hit.id.casefold() == " ".join(sought):
        return 0
    words = text.replace("/", " ").replace("-", " ").replace("_", " ").split()
    begun = all(any(word.startswith(part) for word in words) for part in sought)
    return 1 if begun else 2


def _alike(hits: Sequence[Hit], text: str) -> Iterable[Hit]:
    """Hits that read much like a text with typing errors in it."""
    from rapidfuzz import fuzz, process

    texts = [f"{hit.id} {hit.title}".casefold() for hit in hits]
    found = process.extract(
        text.casefold(), texts, scorer=fuzz.partial_ratio, score_cutoff=_LIKE, limit=_EACH
    )
    return [hits[place] for _, _, place in found]


def _first_of_each(hits: Iterable[Hit]) -> list[Hit]:
    found: list[Hit] = []
    counts = dict.fromkeys(_KINDS, 0)
    for hit in hits:
        counts[hit.kind] += 1
        if counts[hit.kind] <= _EACH:
            found.append(hit)
    return found
