"""Records on their way to the store, so many at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.log.team.outbox import Parcel

BATCH = 5000  # records
_LARGEST = 8_000_000  # bytes of a batch
_TIME_DIGITS = 8, 13  # of a UUIDv7 as it is written, without the hyphen between them
_LAST_HOUR = 70_000_000  # that is a date: in the year 9955


def batches(parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """The next one is read while the store is busy with the one before."""
    gathered = _gathered(parcels)
    with ThreadPoolExecutor(1) as reading:
        coming = reading.submit(next, gathered, None)
        while (batch := coming.result()) is not None:
            coming = reading.submit(next, gathered, None)
            yield batch


def _gathered(parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    batch: list[Parcel] = []
    size = 0
    for parcel in parcels:
        batch.append(parcel)
        size += len(parcel.line)
        if len(batch) >= BATCH or size >= _LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def months(batch: Iterable[Parcel]) -> list[date]:
    """The months that these events are of, as their ids tell."""
    hours = {time_of(parcel.record["id"]) // 3_600_000 for parcel in batch}
    days = (
        datetime.fromtimestamp(hour * 3600, UTC).date() for hour in hours if 0 <= hour < _LAST_HOUR
    )
    return sorted({day.replace(day=1) for day in days})


def time_of(name: str) -> int:
    first, end = _TIME_DIGITS
    try:
        return int(name[:first] + name[first + 1 : end], 16)
    except ValueError:
        return -1
