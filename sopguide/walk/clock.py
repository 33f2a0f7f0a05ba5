"""The clock of a case, where somebody sets it: `2026-11-03`, or with a time."""

from datetime import datetime, tzinfo

from sopguide.facts.times import midnight, parse_date, parse_time


def read_clock(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment that `now` means: a date is its first moment; None for anything else."""
    day = parse_date(text)
    return parse_time(text, zone) if day is None else midnight(day, zone)
