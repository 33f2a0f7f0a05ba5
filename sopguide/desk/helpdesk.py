"""What is left to do in the helpdesk once a walk has ended, and the text that goes with a hand-off.

The list follows from the outcome alone. What was ticked is remembered by what it was, so that going
back into the procedure and coming to the same outcome again asks for nothing twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from sopguide.clean import clean
from sopguide.desk.beside import Beside, keep, kept
from sopguide.desk.wording import end_word, override_reason, sentence
from sopguide.messages import N_, _
from sopguide.walk.path import AGENT, RULE, TICKET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import OutcomeView, View

_SOURCES = {AGENT: N_("agent"), TICKET: N_("ticket"), RULE: N_("rule")}
_TICKS = "ticks"
LABEL, MACRO, HAND_OFF, STATE = "label", "macro", "hand-off", "state"


class Todo(NamedTuple):
    """One thing to do: of which kind, with what, and how it is said."""

    kind: str
    what: str
    text: str


def todo(outcome: OutcomeView) -> tuple[Todo, ...]:
    """What an outcome asks for, in the order in which it is done."""
    return tuple(_todo(outcome))


def _todo(outcome: OutcomeView) -> Iterator[Todo]:
    if outcome.label:
        yield Todo(LABEL, outcome.label, _("set the label"))
    if outcome.macro:
        yield Todo(MACRO, outcome.macro, _("send the macro"))
    if outcome.escalate:
        yield Todo(HAND_OFF, outcome.escalate.to, hand_off(outcome))
    if outcome.end == "pending":
        yield Todo(STATE, outcome.end, _("leave it pending"))
    elif outcome.end == "duplicate":
        yield Todo(STATE, outcome.end, _("close it as a duplicate"))
    elif outcome.end != "escalated":
        yield Todo(STATE, outcome.end, _("close"))


def hand_off(outcome: OutcomeView) -> str:
    """To whom the ticket goes, and by when; nothing where it goes to nobody."""
    goes = outcome.escalate
    if goes is None:
        return ""
    if goes.within:
        return _("hand off to {team} within {time}").format(team=goes.to, time=goes.within)
    return _("hand off to {team}").format(team=goes.to)


class Checklist:
    """What was ticked, at whichever outcome of the walk."""

    def __init__(self, walk: WalkInHand) -> None:
        self._walk = ref(walk)
        self._done = {(kind, what) for kind, what in kept(walk, _TICKS, 2)}

    def is_done(self, item: Todo) -> bool:
        return item[:2] in self._done

    def tick(self, item: Todo) -> None:
        """Tick it, or take the tick away."""
        self._done ^= {item[:2]}
        if walk := self._walk():
            keep(walk, {_TICKS: [list(done) for done in sorted(self._done)]})

    def left(self, outcome: OutcomeView) -> tuple[Todo, ...]:
        """What is not ticked yet."""
        return tuple(item for item in todo(outcome) if not self.is_done(item))


checklist_of = Beside(Checklist)
"""The checklist of a walk, whatever screen it is ticked on."""


def hand_off_text(walk: WalkInHand) -> str | None:
    """What whoever takes the ticket over should know; None where nobody does.

    It says what the desk shows: facts with where they came from, the path, and notes, redacted.
    """
    view = walk.view()
    outcome = view.outcome
    if outcome is None or outcome.escalate is None:
        return None
    told = hand_off(outcome)
    return "\n".join(_one_line(line) for line in (sentence(told), *_told(walk, view)))


def _told(walk: WalkInHand, view: View) -> Iterator[str]:
    outcome = view.outcome
    if walk.ticket_id:
        yield _("Ticket: {id}").format(id=walk.ticket_id)
    yield _("Procedure: {title} ({sop} {version})").format(
        title=view.title, sop=view.sop, version=view.version
    )
    if outcome is not None:
        yield _("Outcome: {end}, label {label}").format(
            end=end_word(outcome.end), label=outcome.label or _("none")
        )
    if view.overruled:
        yield _("Chosen by the agent: {reason}").format(reason=override_reason(view.overruled))
    if view.because:
        yield _("Policy: {references}").format(references=", ".join(view.because))
    if view.facts:
        yield _("Known:")
        yield from (f"- {row.name}: {row.label} ({_source(row.by)})" for row in view.facts)
    answered = [row for row in view.path if row.answer]
    if answered:
        yield _("Steps:")
        yield from (f"- {row.label}: {row.answer}" for row in answered)
    notes = walk.remarks()
    if notes:
        yield _("Notes:")
        yield from (f"- {note.text}" for note in notes)


def _source(by: str) -> str:
    return _(_SOURCES[by]) if by in _SOURCES else by


def _one_line(text: str) -> str:
    return " ".join(clean(text, keep_newlines=False).split())
