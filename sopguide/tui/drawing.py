"""What a view looks like: lines and rows, made from values and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sopguide.desk.asking import Asking, Manner, Option
from sopguide.tui.keys import Key
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.hanging import Paragraph
from sopguide.tui.widgets.rows import Row
from sopguide.walk.path import AGENT, RULE, TICKET
from sopguide.walk.walk import STUCK, WAIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import PathRow, View

_LONGEST = 10_000  # characters of a ticket; more would take seconds to wrap
TICKED, UNTICKED = "☑", "☐"
_BY = {AGENT: "you", TICKET: "ticket", RULE: "rule"}


def elapsed(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes:02}:{rest:02}"


def by(who: str) -> str:
    """Who answered, in a word."""
    return _BY.get(who, who)


def header(view: View) -> Content:
    """The SOP, and the facts that came with the ticket."""
    name = line(f"{view.sop} {view.version}", "bold")
    facts = [line(f"{row.name} {row.label}") for row in view.facts if row.by == TICKET]
    return Content(" · ").join([name, *facts])


def ticket(walk: WalkInHand, time: str) -> Content:
    """The ticket and the time on it."""
    return Content("   ").join(line(part) for part in (walk.ticket_id, time) if part)


def trail(view: View) -> Content:
    """The path on one line: each step with its answer, the current one last."""
    parts: list[Content] = []
    for row in view.path:
        if row.current:
            parts.append(line(f"▸ {row.label}", "$accent bold"))
        elif row.answer:
            who = "" if row.by == AGENT else f" ({by(row.by)})"
            parts.append(line(f"{row.label}: {row.answer}{who}"))
        else:
            parts.append(line(row.label))
    return Content(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ").join(parts)


def here(view: View) -> Content:
    """The current step alone, where the path stands beside it."""
    return Content("").join(
        line(f"▸ {row.label}", "$accent bold") for row in view.path if row.current
    )


def count(view: View) -> Content:
    """How far the walk is, and whether an error at this step counts double."""
    step = line(f"step {len(view.path)}", "$muted")
    return line("! critical  ", "$error bold") + "  " + step if view.critical else step


def question(view: View) -> Content:
    """The wording, and what kind of step it is where that is not plain."""
    notes = []
    if view.asked:
        notes.append(Content.styled("Needed to go on: ", "$accent"))
    if view.status == WAIT:
        limit = f" (for {view.wait_for})" if view.wait_for else ""
        notes.append(line(f"Wait{limit}: ", "$accent"))
        notes.append(Content(" "))
    return Content("").join([*notes, shown(view.text)])


def first_words(view: View) -> str:
    """What must be said as a step is shown: why it is stuck, what of the ticket did not fit."""
    if view.status == STUCK:
        return (
            f"{view.reason or 'No rule holds'}. Go back, or hand the ticket off and give it up (x)."
        )
    return f"From the ticket, not used: {'; '.join(view.not_used)}" if view.not_used else ""


def copied(what: str) -> str:
    """That something was sent to the clipboard; no terminal tells whether it took it."""
    return f"The {what} is on the clipboard. Not there? Select it with Shift and mouse."


HELP_MARGIN = len("  i  ")


def help_text(view: View) -> Sequence[Paragraph]:
    """The help and the policy references, under the texts of the answers."""
    parts = []
    if view.help:
        parts.append(Paragraph(line(view.help), Content.assemble("  ", ("i", "bold $accent"))))
    if view.because:
        policy = line(f"Policy: {' · '.join(view.because)}", "$muted")
        parts.append(Paragraph(policy, Content("")))
    return parts


def ticket_title(walk: WalkInHand) -> str:
    """What a zone or page of the ticket is called."""
    return f"Ticket {walk.ticket_id or ''}".rstrip()


def words(walk: WalkInHand) -> Content:
    """What the customer wrote, where the ticket came with it."""
    parts = [str(walk.ticket[name]) for name in ("subject", "body") if walk.ticket.get(name)]
    cut = (part if len(part) <= _LONGEST else f"{part[:_LONGEST]} …" for part in parts)
    return Content("\n\n").join(shown(part) for part in cut)


def fact_rows(view: View) -> Sequence[Row]:
    """What is known about the ticket, and who said so; what did not fit, and why."""
    facts = [Row(row.label, mark=row.name, note=by(row.by)) for row in view.facts]
    return [*facts, *(Row(misfit, mark="!") for misfit in view.misfits)]


def path_rows(view: View) -> Sequence[Row]:
    """The path, a row a step."""
    return [_path_row(row) for row in view.path]


def _path_row(row: PathRow) -> Row:
    if row.current:
        return Row(row.label, mark="▸")
    answer = f"{row.label}: {row.answer}" if row.answer else row.label
    return Row(answer, mark="✓", note=note(row))


def note(row: PathRow) -> str:
    """Who answered, where it was not the agent just now."""
    if not row.answer:
        return ""
    return "kept" if row.kept else "" if row.by == AGENT else by(row.by)


def answer_rows(asking: Asking) -> Sequence[Row]:
    """The answers: numbered, ticked, or both."""
    numbered = not asking.typed
    return [
        Row(option.label, mark=_mark(asking, option, number if numbered else None))
        for number, option in enumerate(asking.shown, 1)
    ]


def _mark(asking: Asking, option: Option, number: int | None) -> str:
    parts = [] if number is None else [str(number)]
    if asking.has_tick(option):
        parts.append(TICKED if asking.is_marked(option) else UNTICKED)
    return " ".join(parts)


def answer_keys(asking: Asking) -> tuple[Key, ...]:
    """The keys that answer this question."""
    numbers = f"1-{len(asking.options)}" if len(asking.options) > 1 else "1"
    enter = Key("Enter", "confirm", "Confirm what is marked or typed", "screen.confirm")
    if asking.filtered:
        find = Key("a-z", "find", "Type to find an answer; the arrows move, Enter answers")
        mark = (Key("Space", "mark", "Mark the answer under the cursor"),)
        return (find, *(mark if asking.manner is Manner.MARK else ()), enter)
    match asking.manner:
        case Manner.PICK:
            return (Key(numbers, "answer", "Answer at once; or the arrows and Enter"),)
        case Manner.MARK | Manner.TICK if asking.has_tick(asking.options[0]):
            return (Key(numbers, "tick", "Tick or untick (also Space on the arrows' row)"), enter)
        case Manner.TICK:
            return (Key("Enter", "done", "It is done: go on", "screen.confirm"),)
        case Manner.TYPE:
            down = Key("↓", "not known", "Choose `Not known`, then Enter")
            return (enter, *((down,) if asking.options else ()))
        case _:
            return ()
