"""The commands of a walk in lines: their words, what they do, and which line is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.desk.asking import Manner
from sopguide.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.desk.asking import Asking


class Command(NamedTuple):
    """A command's word, how it is written, and what it does."""

    word: str
    written: str
    about: str


COMMANDS = (
    Command("?", "?", N_("this, and the help of the step")),
    Command("back", "back", N_("return to the last answer; back 2: to that row of the path")),
    Command("undo", "undo", N_("take back the last thing done")),
    Command("redo", "redo", N_("do again what was undone")),
    Command("path", "path", N_("the path so far")),
    Command("ticket", "ticket", N_("what was written, what is known")),
    Command("ahead", "ahead", N_("the outcomes still possible, and how many questions")),
    Command("clocks", "clocks", N_("how much time there is by law or promise")),
    Command("macro", "macro", N_("the reply in full; macro de: in another language")),
    Command("fill", "fill", N_("type what is missing in the reply")),
    Command("edit", "edit", N_("edit the reply in your editor; edit undo: as it was")),
    Command("diff", "diff", N_("what you changed in the reply")),
    Command("copy", "copy", N_("copy the reply; copy label: the label")),
    Command("find", "find WORDS", N_("find an SOP, a step, a macro or a label")),
    Command("note", "note TEXT", N_("write a note on this walk")),
    Command("feedback", "feedback", N_("tell the SOP's owner what is wrong with this step")),
    Command("escalate", "escalate", N_("hand the ticket off")),
    Command("override", "override", N_("choose another outcome, with a reason")),
    Command("park", "park", N_("park the ticket, with a reason, and take the next")),
    Command("parked", "parked", N_("the parked tickets; parked 2: go on with that one")),
    Command("give", "give up", N_("end the walk without an outcome")),
    Command("quit", "quit", N_("leave; the walk is kept")),
)
_IN_DRILLS = frozenset({"?", "back", "undo", "redo", "path", "ticket", "macro", "give", "quit"})
"""Those that tell nothing of what a drill is to find out."""
_WITH_MORE = frozenset(
    {
        "back",
        "macro",
        "fill",
        "edit",
        "copy",
        "find",
        "note",
        "feedback",
        "escalate",
        "override",
        "park",
        "parked",
        "give",
    }
)
_BY_WORD = {command.word: command for command in COMMANDS} | {"help": COMMANDS[0]}
_ALWAYS = ("back", "macro", "give")


def told(*, drill: bool) -> Iterator[str]:
    """A line for each command."""
    yield _("Type the number, the id or the wording of an answer. Commands:")
    for command in COMMANDS:
        if not drill or command.word in _IN_DRILLS:
            yield f"  {command.written:<12} {_(command.about)}"
    yield _("Where an answer reads like a command, put a / before the command: /back")


def command_in(asking: Asking, typed: str, *, drill: bool) -> tuple[str, str] | None:
    """The command in a line, and what follows it; None where the line is an answer.

    An answer that reads the same is the answer, and so is whatever fits a question for a text;
    with a / before it, it is always the command.
    """
    word, _space, rest = typed.strip().partition(" ")
    slashed, rest = word.startswith("/"), rest.strip()
    command = _BY_WORD.get(word.casefold().removeprefix("/"))
    if command is None or (drill and command.word not in _IN_DRILLS):
        return None
    if (rest and command.word not in _WITH_MORE) or (
        command.word == "give" and rest.lower() != "up"
    ):
        return None
    if not slashed:
        free = asking.manner is Manner.TYPE and asking.view.type == "text"
        if asking.named(typed) is not None or (free and rest and command.word not in _ALWAYS):
            return None
    return command.word, rest
