"""The texts of `sopguide log`: a table of walks, one walk, one summary. All are cleaned."""

from __future__ import annotations

import shutil
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.cli.lines import count, line, outcome_text, value_text
from sopguide.log.document import COMPLETED, OPEN
from sopguide.review.seen import STANDS
from sopguide.review.summary_walk import active_times
from sopguide.walk.private import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopguide.log.document import WalkDoc
    from sopguide.review.seen import Entry
    from sopguide.review.summary import SopSummary, StepRow, TeamRow
    from sopguide.review.summary_figures import Share, Spread
    from sopguide.walk.view import View

_SHORT = 13  # of an id: the whole of its time
_INDENT = " " * 9
_DASH = "–"


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
        yield from _table([head, *map(_walk_cells, walks)], right={2})


def _walk_cells(walk: WalkDoc) -> tuple[str, ...]:
    mode = "" if walk.mode == "live" else f" ({walk.mode})"
    return (
        walk.walk[:_SHORT],
        _when(walk.started),
        _minutes(_active(walk)),
        walk.sop,
        f"{_came_out(walk)}{mode}",
        str(walk.head["agent"]),
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
    yield _named("walk", walk.walk)
    yield _named("SOP", f"{walk.sop} {head['version']}")
    yield _named("agent", " · ".join(str(part) for part in (head["agent"], *about) if part))
    started = datetime.fromtimestamp(walk.started / 1000, UTC).astimezone()
    times = f"{started:%Y-%m-%d %H:%M:%S %z}, {_minutes(_active(walk))} at work"
    yield _named("started", times)
    yield _named("outcome", _outcome(walk))
    yield ""
    for entry in entries:
        yield from _entry_lines(entry)


def _outcome(walk: WalkDoc) -> str:
    state = "unfinished" if walk.status == OPEN else walk.status
    text = outcome_text(walk.outcome) if walk.outcome else ""
    if walk.overridden:
        text += f" (overridden, recommended was: {outcome_text(walk.recommended or {})})"
    return f"{state}: {text}" if text else state


def _entry_lines(entry: Entry) -> Iterator[str]:
    time = f"{_minutes(entry.time):>7}  "
    if entry.type == "step.back":
        left = f" from {entry.shown.step}" if entry.shown else ""
        yield line(f"{time}← back to {entry.step}{left}, after {_minutes(entry.dwell)}")
    elif entry.type == "step.answered" and entry.shown is None:
        how = "kept" if "kept" in entry.data else f"by {entry.by}"
        yield line(f"{time}{_asked(entry)} = {_answer(entry)}  ({how})")
    elif entry.type in ("step.answered", STANDS):
        yield line(f"{time}{_asked(entry)}")
        yield from _shown_lines(entry)
        yield ""
    else:
        rest = ", ".join(f"{key} {value_text(each)}" for key, each in _told(entry))
        yield line(f"{time}{entry.type}{': ' if rest else ''}{rest}")


def _told(entry: Entry) -> Iterator[tuple[str, Any]]:
    """What an event says, where a line can hold it."""
    if entry.type.startswith("outcome."):
        yield "", outcome_text(entry.data)
        return
    for key, value in entry.data.items():
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
    yield line(f"{_INDENT}{answer}({entry.by}, after {_minutes(entry.dwell)})")


def _chosen(entry: Entry) -> set[str]:
    answer = entry.data.get("answer")
    if answer is None:
        return set() if entry.type == STANDS else {"not-known"}
    return set(map(str, answer)) if isinstance(answer, list) else {str(answer)}


def _answer(entry: Entry, shown: View | None = None) -> str:
    answer = entry.data["answer"]
    text = "given, kept nowhere" if answer == GIVEN else value_text(answer)
    return f"{text} {shown.unit}" if shown and shown.unit else text


def summary_lines(found: SopSummary) -> Iterator[str]:
    """One SOP: first how its walks came out, then how long they took."""
    whole = found.whole
    mode = "" if found.mode == "live" else f" · {found.mode}"
    yield line(f"{found.sop}{mode} · version {', '.join(found.versions[:4])}")
    parts = [f"{whole.completed} completed", f"{whole.abandoned} abandoned"]
    walks = f"{count(whole.walks, 'walk')}: {', '.join(parts)}, {found.open} unfinished"
    yield _named("walks", f"{walks}, by {count(whole.agents, 'agent')}")
    rows = [
        (_share(share), " · ".join(part for part in (end, label, macro, to and f"to {to}") if part))
        for (end, macro, label, to), share in found.outcomes
    ]
    yield from _listed("outcomes", _table(rows))
    yield _named("overrides", f"{_share(whole.overridden)}, recommended against applied")
    per_100 = found.backs_per_100_answers
    often = "" if per_100 is None else f"; {per_100:.1f} for each 100 answers"
    yield _named("back-steps", f"{_share(whole.went_back)} of completed walks{often}")
    yield _named("time", _spread(whole.time))
    more = [("", "", f"… and {count(found.more_paths, 'path')} more")] if found.more_paths else []
    paths = [(_share(row.walks), _median(row.time), " › ".join(row.path)) for row in found.paths]
    yield from _listed("paths", _table([*paths, *more]))
    yield from _listed("slowest", _table(list(map(_step_cells, found.slowest))))
    if len(found.teams) > 1:
        yield from _listed("teams", _table(list(map(_team_cells, found.teams))))
    yield ""


def _step_cells(row: StepRow) -> tuple[str, ...]:
    asked = f"{row.answered} answered, {row.back} back, {row.help} help"
    return row.step, f"median {_minutes(row.dwell.median)}", f"p90 {_minutes(row.dwell.p90)}", asked


def _team_cells(team: TeamRow) -> tuple[str, ...]:
    return (
        team.vendor,
        f"{team.completed} of {team.walks} completed",
        f"overrides {team.overridden.number} of {team.overridden.of}",
        f"went back {team.went_back.number}",
        f"median {_median(team.time)}",
    )


def _share(share: Share) -> str:
    if share.part is None:
        return f"{_DASH} of 0"
    low, high = share.interval()
    return f"{share.number} of {share.of} ({share.part:.0%}, {low * 100:.0f}{_DASH}{high:.0%})"


def _spread(time: Spread | None) -> str:
    if time is None:
        return "nothing completed yet"
    return f"median {_minutes(time.median)}, p90 {_minutes(time.p90)} at work (not AHT)"


def _median(time: Spread | None) -> str:
    return _DASH if time is None else _minutes(time.median)


def _active(walk: WalkDoc) -> float:
    return list(active_times(walk.events))[-1]


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock.removeprefix("0")


def _when(wall_ms: int) -> str:
    """`22 Nov 12:00`, and for other years `22 Nov 2025`."""
    then = datetime.fromtimestamp(wall_ms / 1000, UTC).astimezone()
    this_year = then.year == datetime.now(UTC).astimezone().year
    return f"{then:%d %b %H:%M}" if this_year else f"{then:%d %b %Y}"


def _named(name: str, text: str) -> str:
    return line(f"  {name:<10}  {text}")


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield _named(name if place == 0 else "", text)


def _table(rows: Sequence[tuple[str, ...]], right: Iterable[int] = ()) -> Iterator[str]:
    """Columns in line with each other; the last one is as long as it is."""
    cells = [[line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()


def _wrapped(texts: str | Iterable[str]) -> Iterator[str]:
    width = max(40, min(100, shutil.get_terminal_size().columns))
    for text in [texts] if isinstance(texts, str) else texts:
        for part in clean(text).splitlines():
            hanging = _INDENT + "  " * part.startswith(("▸ ", "  ", "[ ] "))
            yield from textwrap.wrap(
                part,
                width,
                initial_indent=_INDENT,
                subsequent_indent=hanging,
                drop_whitespace=True,
            )
