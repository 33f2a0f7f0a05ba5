"""What a power cut may leave of the last step counts for nothing; what was acknowledged stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopguide.log.chain import Chain, anchor
from sopguide.log.record import Stamp
from sopguide.log.steps import Steps, chunks_of, steps_of
from tests.log.making import HEADER, answered, begun, ended, walk_id

NAME = "20261122T120000-1-abcd"
STAMP = Stamp(walk_id(), HEADER)
OTHER = Stamp(walk_id(7), HEADER)


def stored(*steps: bytes) -> list[bytes]:
    """Each of these steps as it stands in the journal."""
    chain, found = Chain(NAME), []
    for lines in steps:
        found.append(chain.seal(lines))
        chain.acknowledge()
    return found


FIRST, SECOND, LAST = stored(
    STAMP.lines(begun(), 0),
    STAMP.lines(answered("reach", "no", "refuse"), 2),
    STAMP.lines(ended(), 4),
)
KEPT = FIRST + SECOND


def seqs(steps: Steps) -> list[int]:
    return [line.record["seq"] for line in steps.lines if line.record is not None]


def faults(steps: Steps) -> list[int]:
    return [line.number for line in steps.lines if line.fault is not None]


@given(size=st.integers(0, len(LAST)), lost=st.sets(st.integers(0, 5)), sector=st.just(512))
def test_whatever_is_written_of_the_last_step_the_others_are_served(
    size: int, lost: set[int], sector: int
) -> None:
    content = bytearray(KEPT + LAST[:size])
    for number in lost:
        start = max(len(KEPT), (len(KEPT) // sector + number) * sector)
        stop = min(len(content), (len(KEPT) // sector + number + 1) * sector)
        content[start:stop] = b"\0" * max(0, stop - start)
    steps = steps_of(bytes(content))
    whole = bytes(content) == KEPT + LAST
    assert seqs(steps) == list(range(7 if whole else 4))
    assert faults(steps) == []
    assert steps.torn == (None if whole or not size else 5)


def test_a_step_of_zeros_between_two_steps_is_damage() -> None:
    steps = steps_of(FIRST + b"\0" * 40 + b"\n" + SECOND + LAST)
    assert (seqs(steps), faults(steps), steps.torn) == ([0, 1, 2, 3, 4, 5, 6], [3], None)


def test_zeros_before_the_last_step_belong_to_it_only_where_its_walk_has_a_gap() -> None:
    zeros = b"\0" * 40 + b"\n"
    goes_on = steps_of(FIRST + zeros + SECOND)
    assert (seqs(goes_on), faults(goes_on), goes_on.torn) == ([0, 1, 2, 3], [3], None)
    gap = steps_of(FIRST + zeros + LAST)
    assert (seqs(gap), gap.torn) == ([0, 1], 3)
    another = steps_of(FIRST + zeros + stored(OTHER.lines(begun(), 0))[0])
    assert (seqs(another), another.torn) == ([0, 1, 0, 1], None)


def test_a_last_line_that_was_damaged_is_told_and_its_step_does_not_count() -> None:
    lines = LAST.splitlines(keepends=True)
    steps = steps_of(KEPT + lines[0] + lines[1] + b"{]\n")
    assert (seqs(steps), faults(steps), steps.torn) == ([0, 1, 2, 3], [7], 5)
    assert len(steps.left_out) == 3


def test_a_line_that_was_damaged_in_the_middle_hides_no_other() -> None:
    lines = (KEPT + LAST).splitlines(keepends=True)
    steps = steps_of(b"".join([*lines[:3], b"{]\n", *lines[4:]]))
    assert (seqs(steps), faults(steps), steps.torn) == ([0, 1, 2, 4, 5, 6], [4], None)


def test_an_empty_journal_and_an_anchor_have_no_steps() -> None:
    assert steps_of(b"") == Steps([], None, [])
    assert steps_of(b"\0\0").torn == 1
    [line] = steps_of(anchor(NAME, 7, "ab" * 32, 7)).lines
    assert (line.record, line.fault) == (None, None)


def test_long_journals_come_in_chunks_that_end_with_a_step() -> None:
    steps = [STAMP.lines(answered("reach", "no", "refuse"), seq) for seq in range(0, 600, 2)]
    content = b"".join(stored(*steps))
    chunks = [*chunks_of(content)]
    assert len(chunks) > 2
    for chunk in chunks:
        assert chunk.lines[-1].record is not None
        assert "more" not in chunk.lines[-1].record
    assert [line for chunk in chunks for line in chunk.lines] == steps_of(content).lines
    assert seqs(steps_of(content)) == list(range(600))
    assert steps_of(content[:-1]).torn == 599
    assert len(steps_of(content[:-1]).lines) == 598
