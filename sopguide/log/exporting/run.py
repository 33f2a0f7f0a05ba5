"""Writing cases in a format, to a stream, a file or a folder, and saying what was written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from sopguide.log.exporting.placing import placed_file, placed_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sopguide.log.exporting.cases import Case
    from sopguide.log.exporting.counts import Counts
    from sopguide.log.exporting.writer import Writer

PARQUET = "parquet"
FORMATS = ("csv", "jsonl", PARQUET, "xes", "ocel")


class Counted(Protocol):
    """A case, as far as it is counted."""

    @property
    def activities(self) -> list[str]: ...
    @property
    def times(self) -> list[int]: ...


AnyCase = TypeVar("AnyCase", bound=Counted)


class Target(NamedTuple):
    """Where it goes: a stream for a format that is one text, a folder for Parquet."""

    stream: IO[bytes] | None
    folder: Path | None


@contextmanager
def opened(kind: str, out: Path | None, stdout: IO[bytes]) -> Iterator[Target]:
    """The place that was named, or stdout; it is in place when all went well."""
    if kind == PARQUET and out is not None:
        with placed_folder(out) as folder:
            yield Target(None, folder)
    elif out is not None:
        with placed_file(out) as file:
            yield Target(file, None)
    else:
        yield Target(stdout, None)
        stdout.flush()


def writer_for(kind: str, target: Target) -> Writer[Case]:
    """The writer of a format; what it needs is imported here and not before."""
    if target.folder is not None:
        from sopguide.log.exporting.parquet import ParquetWriter

        return ParquetWriter(target.folder)
    out = target.stream
    assert out is not None  # noqa: S101 (one of the two is there)
    if kind == "csv":
        from sopguide.log.exporting.csvfile import csv_writer

        return csv_writer(out)
    if kind == "xes":
        from sopguide.log.exporting.xes import xes_writer

        return xes_writer(out)
    if kind == "ocel":
        from sopguide.log.exporting.ocel import OcelWriter

        return OcelWriter(out)
    from sopguide.log.exporting.jsonlines import json_lines_writer

    return json_lines_writer(out)


def write(
    cases: Iterable[AnyCase],
    writer: Writer[AnyCase],
    counts: Counts,
    tell: Callable[[int], object] = lambda _: None,
) -> None:
    """All of them; `tell` is told how many events were written so far."""
    writer.begin()
    for case in cases:
        writer.add(case)
        counts.add(case.activities, case.times)
        tell(counts.events)
    writer.end()
