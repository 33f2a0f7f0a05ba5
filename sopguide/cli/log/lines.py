"""The texts of `sopguide log list` and `show`: a table of walks, and one walk. All are cleaned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.cli.lines import line, minutes, outcome_text, value_text, when
from sopguide.cli.table import fill, named, table
from sopguide.log.active import active_times
from sopguide.log.document import COMPLETED, OPEN
from sopguide.log.record import agent_of
from sopguide.review.seen import STANDS
from sopguide.walk.private import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopguide.log.document import WalkDoc
    from sopguide.review.seen import Entry
    from sopguide.walk.view import View

_SHORT = 13  # of an id: the whole of its time
_INDENT = " " * 9
_MOVES = {
    "step.back": "← back to",
    "step.undone": "↶ undone, at",
    "step.redone": "↷ done again, at",
}
_OF_OUTCOMES = ("reason", "locale", "edited", "filled")
_MARKS = ("▸ ", "  ", "[ ] ")


def walk_json(walk: WalkDoc) -> dict[str, Any]:
    """What the list tells of a walk."""
    return {
        **walk.head,
        "started": walk.started,
        "last": walk.last,
        "time_s": round(_active(walk), 3),
        "status": walk.status,
        "outcome": walk.outcome,
        "overridden": walk.overridden is not None,
    }


def walk_table(walks: Sequence[WalkDoc]) -> Iterator[str]:
    """One line a walk; nothing for none."""
    if walks:
        head = ("walk", "started", "time", "SOP", "outcome", "agent")
        yield from table([head, *map(_walk_cells, walks)], right={2})


def _walk_cells(walk: WalkDoc) -> tuple[str, ...]:
    mode = "" if walk.mode == "live" else f" ({walk.mode})"
    return (
        walk.walk[:_SHORT],
        when(walk.started),
        minutes(_active(walk)),
        walk.sop,
        f"{_came_out(walk)}{mode}",
        agent_of(walk.head),
    )


def _came_out(walk: WalkDoc) -> str:
    if walk.status == OPEN:
        return "unfinished"
    ended = (walk.outcome or {}).get("end", walk.status)
    return str(ended if walk.status == COMPLETED else walk.status)


def account_lines(walk: WalkDoc, entries: Iterable[Entry]) -> Iterator[str]:
    """One walk: who, when, what came out; then each step with the time it came at."""
    head = walk.head
    about = [head["mode"], head["vendor"], head["channel"], head["locale"]]
    yield from named("walk", walk.walk)
    yield from named("SOP", f"{walk.sop} {head['version']}")
    yield from named("agent", " · ".join(str(part) for part in (agent_of(head), *about) if part))
    started = datetime.fromtimestamp(walk.started / 1000, UTC).astimezone()
    times = f"{started:%Y-%m-%d %H:%M:%S %z}, {minutes(_active(walk))} at work"
    yield from named("started", times)
    yield from named("outcome", _outcome(walk))
    yield ""
    for entry in entries:
        yield from _entry_lines(entry)


def _outcome(walk: WalkDoc) -> str:
    how = "chosen" if walk.overridden else "recommended"
    state = f"unfinished, {how}" if walk.status == OPEN else walk.status
    text = outcome_text(walk.outcome) if walk.outcome else ""
    if walk.overridden:
        instead = outcome_text(walk.recommended) if walk.recommended else "nothing yet"
        text += f" (overridden for {walk.overridden.get('reason')}, recommended was: {instead})"
    return f"{state}: {text}" if text else state.partition(",")[0]


def _entry_lines(entry: Entry) -> Iterator[str]:
    time = f"{minutes(entry.time):>7}  "
    if entry.type in _MOVES:
        left = f" from {entry.shown.step}" if entry.shown else ""
        how = _MOVES[entry.type]
        yield line(f"{time}{how} {entry.step}{left}, after {minutes(entry.dwell)}")
    elif entry.type == "step.answered" and entry.shown is None:
        how = "kept" if "kept" in entry.data else f"by {entry.by}"
        yield line(f"{time}{_asked(entry)} = {_answer(entry)}  ({how})")
    elif entry.type in ("step.answered", STANDS):
        yield line(f"{time}{_asked(entry)}")
        yield from _shown_lines(entry)
        yield ""
    else:
        rest = ", ".join(f"{key} {value_text(each)}".strip() for key, each in _told(entry))
        yield from fill(line(f"{entry.type}{': ' if rest else ''}{rest}"), time, _INDENT)
        yield from _wrapped(entry.remark or ())


def _told(entry: Entry) -> Iterator[tuple[str, Any]]:
    """What an event says, where a line can hold it."""
    if entry.type.startswith("outcome."):
        yield "", outcome_text(entry.data)
        yield from ((key, entry.data[key]) for key in _OF_OUTCOMES if entry.data.get(key))
        return
    for key, value in entry.data.items():
        if key == "remark" and entry.remark is not None:
            continue
        if not isinstance(value, dict | list) and key not in ("zone", "now"):
            yield key, value
        elif key == "facts":
            yield from ((f"{name} =", each) for name, each in value.items() if each != GIVEN)


def _asked(entry: Entry) -> str:
    """The step, and the fact where a rule of the step asked for it."""
    fact = entry.data.get("fact") if entry.data.get("asked") else None
    return f"{entry.step} ({fact})" if fact else str(entry.step)


def _shown_lines(entry: Entry) -> Iterator[str]:
    shown = entry.shown
    if shown is None:
        return
    yield from _wrapped(shown.text)
    yield from _wrapped(f"[ ] {text}" for text in shown.check)
    chosen = _chosen(entry)
    for choice in shown.choices:
        mark = "▸" if choice.id in chosen else " "
        yield from _wrapped(f"{mark} {choice.label}")
    if entry.type == STANDS:
        yield f"{_INDENT}… not answered yet"
        return
    listed = {choice.id for choice in shown.choices} >= chosen and chosen
    answer = "" if listed else f"▸ {_answer(entry, shown)} "
    yield line(f"{_INDENT}{answer}({entry.by}, after {minutes(entry.dwell)})")


def _chosen(entry: Entry) -> set[str]:
    answer = entry.data.get("answer")
    if answer is None:
        return set() if entry.type == STANDS else {"not-known"}
    return set(map(str, answer)) if isinstance(answer, list) else {str(answer)}


def _answer(entry: Entry, shown: View | None = None) -> str:
    answer = entry.data["answer"]
    text = "given, kept nowhere" if answer == GIVEN else value_text(answer)
    return f"{text} {shown.unit}" if shown and shown.unit else text


def _active(walk: WalkDoc) -> float:
    return list(active_times(walk.events))[-1]


def _wrapped(texts: str | Iterable[str]) -> Iterator[str]:
    """What was on the screen, one paragraph after another."""
    for text in [texts] if isinstance(texts, str) else texts:
        for part in clean(text).splitlines():
            hanging = next((len(mark) for mark in _MARKS if part.startswith(mark)), 0)
            yield from fill(part[hanging:], _INDENT + part[:hanging], _INDENT + " " * hanging)
