"""The texts of `sopguide log import` and `imports`: what an imported log holds. All are cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli.lines import count
from sopguide.cli.table import named, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.log.exporting.counts import Counts
    from sopguide.log.importing.kept import About

_MOST = 5


def counts_lines(name: str, counts: Counts) -> Iterator[str]:
    """One log: its figures, its commonest variants and what follows what most."""
    found = counts.to_json()
    yield from named("log", name)
    yield from named("holds", f"{count(counts.cases, 'case')}, {count(counts.events, 'event')}")
    yield from named("from", f"{found['first']} to {found['last']}")
    yield from named("activities", _most_common(counts.activities.most_common(_MOST)))
    yield from named("variants", f"{counts.variants:,}, the commonest:")
    yield from table(
        [("   ", f"{number:,}x", " > ".join(path)) for path, number in counts.commonest()], {1}
    )
    yield from named("follows", f"{len(counts.follows):,} directly-follows edges, the commonest:")
    edges = counts.follows.most_common(_MOST)
    yield from table([("   ", f"{number:,}x", " > ".join(edge)) for edge, number in edges], {1})


def list_lines(logs: Sequence[About]) -> Iterator[str]:
    """One line a log."""
    if logs:
        head = ("name", "cases", "events", "variants", "first", "from the file")
        yield from table([head, *map(_cells, logs)], right={1, 2, 3})


def _cells(about: About) -> tuple[str, ...]:
    numbers = (f"{about.counts[name]:,}" for name in ("cases", "events", "variants"))
    return (about.name, *numbers, str(about.counts["first"])[:10], about.source)


def _most_common(found: list[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number:,}x" for name, number in found)
