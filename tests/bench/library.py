"""Libraries of any size to measure with, written as a policy team would write them.

Every step can be reached, every target exists, and nothing is found by `sopguide check`. The same
graph can be had as rows for `pyxform`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LIBRARY = """\
name: Measured
locales: [en, de]
sets:
  eea: {of: country, values: [AT, BE, DE, ES, FR, IE]}
facts:
  country: {type: choice, values: [AT, BE, DE, ES, FR, IE, US, GB, BR], from: ticket.country, ask: "Which country is the account in?"}
  age: {type: integer, min: 0, max: 120, unit: years, ask: "How old is the account holder?"}
  amount: {type: decimal, min: 0, unit: EUR, ask: "How much was paid?"}
"""
_MACROS = """\
answer-{n}:
  title: The answer number {n}
  status: live
  body:
    en: "Hi {{{{ ticket.requester.first_name }}}}, this is answer {n}. You told us {{{{ country }}}}."
    de: "Hallo {{{{ ticket.requester.first_name }}}}, das ist Antwort {n}. Sie nannten {{{{ country }}}}."
"""
_HEAD = """\
title: Measured procedure {name}
version: 1.0.0
status: live
owner: measurement
about: A person writes about the matter {name} and expects an answer.
keywords: [matter {name}, measured]
start: s0
steps:
"""
ENDS = 4
ANSWERS = ("first", "second", "third")


class Question(NamedTuple):
    """One step of the graph: its id and where its answers lead."""

    id: str
    targets: tuple[str, str, str]


def graph(steps: int) -> list[Question]:
    """The questions of a procedure with that many steps, ends included."""
    questions = steps - ENDS
    return [
        Question(
            f"s{place}",
            tuple(_target(place + jump, questions) for jump in (1, 2, 7))[:3],  # type: ignore[arg-type]
        )
        for place in range(questions)
    ]


def write_library(folder: Path, sops: int, steps: int) -> Path:
    """Write a library of so many SOPs of so many steps each, and return its folder."""
    (folder / "sops" / "area").mkdir(parents=True)
    (folder / "macros").mkdir()
    (folder / "library.yaml").write_text(_LIBRARY)
    macros = "".join(_MACROS.format(n=number) for number in range(ENDS))
    (folder / "macros" / "answers.yaml").write_text(macros)
    (folder / "labels.yaml").write_text(_labels())
    for number in range(sops):
        name = f"p{number}"
        text = _HEAD.format(name=name) + "".join(_steps(steps))
        (folder / "sops" / "area" / f"{name}.yaml").write_text(text)
    return folder


def _target(place: int, questions: int) -> str:
    return f"s{place}" if place < questions else f"end{place % ENDS}"


def _steps(steps: int) -> Iterator[str]:
    for place, (name, targets) in enumerate(graph(steps)):
        kind = (_rules, _ask, _ask, _check, _ask, _decide, _ask)[place % 7] if place else _country
        yield f"  {name}:\n" + kind(place, targets)
    for number in range(ENDS):
        yield f"  end{number}: {{end: resolved, macro: answer-{number}, label: area/kind-{number}}}\n"


def _ask(place: int, targets: tuple[str, str, str]) -> str:
    says = ("The account's e-mail address", "A receipt of a purchase", "Nothing of the kind")
    answers = "".join(
        f'      {answer}: {{say: "{say}", go: {target}}}\n'
        for answer, say, target in zip(ANSWERS, says, targets, strict=True)
    )
    return (
        f'    ask: "What can the person show about matter {place}?"\n'
        f"    help: Ask for the number only, never for a picture of number {place}.\n"
        f"    because: M-{place}\n    answers:\n{answers}"
    )


def _country(_: int, targets: tuple[str, str, str]) -> str:
    """Every reply names the country, so it is asked before all else."""
    return "    fact: country\n" + _ways("go", targets, "{country: in eea}", "{country: US}")


def _rules(_: int, targets: tuple[str, str, str]) -> str:
    tests = ('{age: "< 13"}', '{country: in eea, age: "13..17"}')
    return "    fact: age\n" + _ways("go", targets, *tests, because="M-AGE")


def _check(place: int, targets: tuple[str, str, str]) -> str:
    return (
        f"    do: End all other sessions of account {place}.\n"
        f"    check: [Other sessions ended, Password changed]\n    go: {targets[0]}\n"
    )


def _decide(_: int, targets: tuple[str, str, str]) -> str:
    tests = ('{amount: ">= 500"}', '[{country: US, amount: "< 10"}, {country: BR}]')
    return _ways("decide", targets, *tests, because="M-PAY")


def _ways(
    key: str, targets: tuple[str, str, str], first: str, second: str, because: str = ""
) -> str:
    """To the second target and the third where a test holds, else to the first."""
    why = f", because: {because}" if because else ""
    return (
        f"    {key}:\n"
        f"      - {{if: {first}, to: {targets[1]}{why}}}\n"
        f"      - {{if: {second}, to: {targets[2]}}}\n"
        f"      - else: {targets[0]}\n"
    )


def _labels() -> str:
    rows = (
        f"  kind-{number}: {{title: Kind {number}, macros: [answer-{number}]}}\n"
        for number in range(ENDS)
    )
    return "area:\n" + "".join(rows)
