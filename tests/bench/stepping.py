"""From a key to the painted next question, its answer on disk, in a library of 2,000 SOPs.

Desk and floor are whole processes in a pseudo-terminal of 80 x 24, in turns; both paint at Textual's
rate. A step's time ends with the read after which the next question stands on the screen. Bytes are
all that is sent for a step until the terminal is quiet; memory is what the process had at most.

Keys come a twentieth of a second and more after the last question was painted, as from a person who
reads it. In that time the desk draws what the answers lead to; this is not in the time of a step.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.library import write_library
from tests.bench.timing import Measure
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FLOOR = Path(__file__).with_name("swapping_app.py")
_SOPS, _QUESTIONS = 2_000, 30
_QUIET, _FRAME, _PHASES = 0.05, 1 / 60, 7
"""Keys come at all moments between two of Textual's frames, since people do not keep its time."""
_HEAD = """\
title: Measured steps
version: 1.0.0
status: live
owner: measurement
about: A person writes about a matter and expects an answer.
keywords: [measured]
start: q0
steps:
"""
_STEP = """\
  q{n}:
    ask: "Which proof number {n} can the person give?"
    help: Ask for the number only, never for a picture of number {n}.
    because: M-{n}
    answers:
      first: {{say: "The account's e-mail address, number {n}", go: {next}}}
      second: {{say: "A receipt of purchase {n}", go: {next}}}
      third: {{say: "Nothing of kind {n}", go: end}}
"""
_TICKET = '{"id": "T-1", "subject": "cant get in!!", "body": "someone changed my number"}'


class Walked(NamedTuple):
    """The seconds and bytes of each step, and the most memory of the process."""

    seconds: list[float]
    sent: list[int]
    memory: float


def measure(folder: Path, rounds: int) -> list[Measure]:
    surroundings = _prepare(folder)
    _desk(folder / "filling", surroundings)  # compiles the library, and the bytecode of the program
    desk, floor = [], []
    for turn in range(rounds):
        data = folder / f"data{turn}"
        works: list[Callable[[], None]] = [
            lambda data=data: desk.append(_desk(data, surroundings)),  # type: ignore[misc]
            lambda: floor.append(_swapped(surroundings)),
        ]
        for work in works if turn % 2 else reversed(works):
            work()
    return _measures(desk, floor)


def _measures(desk: list[Walked], floor: list[Walked]) -> list[Measure]:
    name, of = "key to painted next question, logged", "two pages swapped"
    ours, bare = ([each for walked in some for each in walked.seconds] for some in (desk, floor))
    sent, least = ([each for walked in some for each in walked.sent] for some in (desk, floor))
    memory, at_least = (median(walked.memory for walked in some) for some in (desk, floor))
    return [
        Measure(f"{name}, median", median(ours), median(bare), 1.5, of),
        Measure(f"{name}, p99", _ninety_ninth(ours), _ninety_ninth(bare), 1.5, of),
        Measure("bytes sent for a step", median(sent), median(least), 1920, of, "bytes"),
        Measure("memory of the desk", memory, at_least, 2, of, "memory"),
    ]


def _prepare(folder: Path) -> Mapping[str, str]:
    trees = write_library(folder / "trees", _SOPS, 12)
    steps = (
        _STEP.format(n=n, next=f"q{n + 1}" if n + 1 < _QUESTIONS else "end")
        for n in range(_QUESTIONS)
    )
    end = "  end: {end: resolved, macro: answer-0, label: area/kind-0}\n"
    (trees / "sops" / "area" / "steps.yaml").write_text(_HEAD + "".join(steps) + end)
    (folder / "ticket.json").write_text(_TICKET)
    return {
        "SOPGUIDE_CACHE": str(folder / "cache"),
        "SOPGUIDE_TREES": str(trees),
        "SOPGUIDE_CONFIG": str(folder / "none.toml"),
        "TICKET": str(folder / "ticket.json"),
    }


def _desk(data: Path, surroundings: Mapping[str, str]) -> Walked:
    walk = [sys.executable, "-m", "sopguide", "walk", "area/steps"]
    command = [*walk, "--ticket-file", surroundings["TICKET"]]
    return _walked(command, {**surroundings, "SOPGUIDE_DATA": str(data)}, "proof number {n} can")


def _swapped(surroundings: Mapping[str, str]) -> Walked:
    return _walked([sys.executable, str(_FLOOR)], surroundings, "question {n}\n")


def _walked(command: list[str], surroundings: Mapping[str, str], shows: str) -> Walked:
    """Answer all questions but the last; `shows` is what stands there at the nth."""
    seconds, sent = [], []
    with Terminal(command, env=surroundings) as terminal:
        terminal.wait_for(lambda text: shows.format(n=0) in text and "? keys" in text, seconds=600)
        terminal.settle(0.5)
        for number in range(1, _QUESTIONS):
            before, pressed = terminal.received, time.perf_counter()
            terminal.press("1")
            terminal.wait_for(shows.format(n=number))
            seconds.append(terminal.read_at - pressed)
            terminal.settle(_QUIET + _FRAME * (number % _PHASES) / _PHASES)
            sent.append(terminal.received - before)
        return Walked(seconds, sent, _memory(terminal.process))


def _memory(process: int) -> float:
    """The most bytes that a process had in memory; Linux tells."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) * 1024 if found else 0


def _ninety_ninth(times: list[float]) -> float:
    return quantiles(times, n=100)[98]
