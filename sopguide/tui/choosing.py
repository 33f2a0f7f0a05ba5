"""What the choice of an SOP looks like: keys, rows and texts, made from values and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sopguide.desk.actions import BY_NAME
from sopguide.desk.countdown import in_full
from sopguide.messages import _
from sopguide.tui.keys import Key, face
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.rows import Row

if TYPE_CHECKING:
    from sopguide.desk.actions import KeyMap
    from sopguide.desk.known import Known
    from sopguide.desk.shelf import Ranked

_LONGEST = 2_000  # characters of a ticket's text; F4 shows all of it
_MOST_WORDS = 4
_KEYWORDS = 8  # of an SOP; it may have many, in many languages


ACTIONS = {
    "later": "screen.later",
    "ticket": "screen.text",
    "parked": "screen.parked",
    "keys": "screen.keys",
    "leave": "app.quit",
}
"""What keys of the table do here."""


def keys(keymap: KeyMap) -> tuple[Key, ...]:
    """The keys of the choice."""

    def key(name: str, word: str, about: str) -> Key:
        return Key(face(keymap.key(name, typing=True)), word, about, ACTIONS[name])

    find, theme, later = (
        face(keymap.key(name, typing=True)) for name in ("find", "theme", "later")
    )
    return (
        Key("a-z", _("find"), _("Type to find an SOP by its title, keywords, labels or id")),
        Key("Enter", _("walk"), _("Walk the SOP under the cursor"), "screen.walk"),
        key("ticket", _("ticket"), _("The ticket's text: type, paste or read it")),
        Key("Tab", _("id"), _("The ticket's id, so that its walk is found again"), "screen.ticket"),
        key("parked", _("parked"), _("Walks left before their end")),
        key("keys", _("keys"), _("This page")),
        key("leave", _("leave"), _("Leave")),
        Key("↑↓", "", _("Move in the list")),
        Key(_("paste"), "", _("A ticket's text, or its JSON: its words rank the SOPs")),
        Key(later, "", _(BY_NAME["later"].about)),
        Key("Esc", "", _("Empty the field; in an empty one: put the ticket's text away")),
        Key(find, "", _("Find anything that can be done here")),
        Key(theme, "", _("The next colours")),
    )


def hint(text: str) -> Content:
    """What to do, where no SOP is pointed at."""
    told = (
        _("Point at an SOP with the arrows, or type a few words.")
        if text
        else _("Type a few words of the ticket, or paste its text; what fits best comes first.")
    )
    return line(told, "$muted")


def ticket_text(text: str) -> Content:
    """The beginning of what was written."""
    return shown(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …")


def row(ranked: Ranked) -> Row:
    """An SOP with the words that speak for it."""
    offer = ranked.offer
    words = ", ".join(ranked.words[:_MOST_WORDS])
    note = _("! has errors") if offer.why_not else words or offer.version
    return Row(offer.title, mark=offer.sop, note=note, enabled=not offer.why_not)


def preview(ranked: Ranked, known: Known) -> Content:
    """What an SOP is about, what speaks for it, and what the ticket fills in."""
    offer = ranked.offer
    parts = [line(offer.title, "bold")]
    if offer.why_not:
        parts.append(shown(_("Cannot be walked: {why}").format(why=offer.why_not), "$error"))
    if known.facts:
        facts = [line(f"✓ {row.name} {row.label}", "$accent") for row in known.facts]
        told = line(_("From the ticket:"), "$muted")
        parts.append(told + " " + Content(" · ").join(facts))
    parts += [
        line(_("! not used: {misfit}").format(misfit=misfit), "$error") for misfit in known.misfits
    ]
    parts += [line(in_full(clock), "$accent") for clock in known.clocks]
    if ranked.words:
        words = ", ".join(ranked.words)
        parts.append(line(_("Words that match: {words}").format(words=words)))
    parts.append(shown(offer.about))
    owner = _("owner {name}").format(name=offer.owner)
    parts.append(line(f"{offer.sop} {offer.version} · {owner}", "$muted"))
    if offer.keywords:
        more = ("…",) if len(offer.keywords) > _KEYWORDS else ()
        words = ", ".join((*offer.keywords[:_KEYWORDS], *more))
        parts.append(line(_("keywords: {words}").format(words=words), "$muted"))
    return Content("\n").join(parts)
