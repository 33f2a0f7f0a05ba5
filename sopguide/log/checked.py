"""What checking a journal says of it, and of what is no chain: an anchor, or records of schema 1.

Heads that were kept of a journal are `marks`, by their number of records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.chain import first_head
from sopguide.log.jsontext import loads
from sopguide.log.store import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.log.heads import Head
    from sopguide.log.steps import Steps


class Bad(NamedTuple):
    """The first record that does not hold: its line, and what is wrong with it."""

    line: int
    cause: str


class Checked(NamedTuple):
    """What the chain of a journal says; `records` and `chain` are of what holds."""

    records: int
    chain: str
    bad: Bad | None = None
    settled: int = 0  # the records before the last step
    settled_chain: str = ""
    torn: int | None = None  # where a last step begins that was never whole
    unsealed: int = 0  # records of schema 1, which had no chain
    taken_out: int = 0  # records of which a part was taken out
    expired: bool = False  # only the anchor is left


def check_unsealed(name: str, steps: Steps, marks: Sequence[Head]) -> Checked:
    start = first_head(name).hex()
    bad = None
    if marks:
        bad = Bad(1, f"is not sealed, though a head was kept of it on {day_of(marks[0].at)}")
    return Checked(0, start, bad, 0, start, steps.torn, unsealed=len(steps.lines))


def check_anchor(name: str, steps: Steps, marks: Sequence[Head]) -> Checked:
    told = loads(steps.lines[0].text)
    records, chain = told["records"], told["chain"]
    bad = None
    if len(steps.lines) > 1 or steps.torn is not None:
        bad = Bad(2, "more follows, though the journal has expired")
    elif told["journal"] != name:
        bad = Bad(1, f"is what is left of another journal, {told['journal']}")
    elif marks and marks[-1].records > records:
        bad = cut_short(records, marks[-1])
    elif marks and marks[-1].records < records:
        bad = Bad(
            1, f"expired with {records} records, of which only {marks[-1].records} are proved"
        )
    elif marks and marks[-1].chain != chain:
        bad = Bad(1, made_anew(0, marks[-1]))
    return Checked(records, chain, bad, records, chain, expired=True)


def cut_short(records: int, mark: Head) -> Bad:
    there = f"{records} records are there, {mark.records} were on {day_of(mark.at)}"
    return Bad(records + 1, f"the journal is cut short: {there}")


def made_anew(sure: int, mark: Head) -> str:
    what = f"what follows line {sure}" if sure else "the journal"
    return f"{what} was made anew: up to line {mark.records} it differs from {day_of(mark.at)}"
