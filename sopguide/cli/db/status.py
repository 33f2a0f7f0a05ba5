"""`sopguide db status`: how it stands with the store, with a person, and with this machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit
from sopguide.cli.options import data_option, find_data, open_library, trees_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.team.status import Spool, StoreStatus


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@trees_option
@data_option
def command(as_json: bool, trees: Path | None, data: Path | None) -> int:
    """Say how it stands with the team's store, with you, and with what waits here to be shipped.

    Somebody with the role quality is told how much is in the store for longer than `retention` in
    library.yaml allows. Exits with 1 where the store does not fit this sopguide or does not know
    you, with 3 where it cannot be reached.

    \b
    Example:
      sopguide db status --json
    """
    from sopguide.cli.jsontext import write_json
    from sopguide.log.folder import DataFolder
    from sopguide.log.team.address import find_url
    from sopguide.log.team.status import spool_of, status_of

    spool = spool_of(DataFolder(find_data(data)))
    if not as_json:
        _echo(_spool_lines(spool))
    url = find_url()
    store = status_of(url)
    late = _overdue(trees, url) if store.person and "quality" in store.person.roles else None
    if as_json:
        told = {**store.to_json(), "spool": spool.to_json(), "overdue": late}
        click.echo(write_json(told))
    else:
        _echo(_store_lines(store))
        _echo(_overdue_lines(late))
    return Exit.OK if store.person and store.person.roles else Exit.FINDINGS


def _overdue(trees: Path | None, url: str) -> dict[str, int]:
    """By kind, what the library allows no longer."""
    from datetime import UTC, datetime

    from sopguide.cli.log.expire import retention_of
    from sopguide.log.ages import cutoffs
    from sopguide.log.team.expiring import overdue_at

    return overdue_at(url, cutoffs(retention_of(open_library(trees)), datetime.now(UTC)))


def _overdue_lines(late: dict[str, int] | None) -> Iterator[tuple[str, str]]:
    if late and any(late.values()):
        told = ", ".join(f"{number:,} {kind}" for kind, number in late.items() if number)
        yield "overdue", f"{told}: `sopguide db expire`"


def _echo(rows: Iterator[tuple[str, str]]) -> None:
    from sopguide.cli.table import named

    for name, text in rows:
        for each in named(name, text):
            click.echo(each)


def _spool_lines(spool: Spool) -> Iterator[tuple[str, str]]:
    waits = f"about {spool.waiting:,} bytes wait to be shipped" if spool.waiting else "all shipped"
    yield "here", waits
    if spool.why is not None:
        times = "once" if spool.failed == 1 else f"{spool.failed} times in a row"
        yield "shipping", f"did not work {times}: {spool.why}"
        minutes = max(0, round((spool.again - time.time()) / 60))
        yield "again", f"in {minutes} min, or now with `sopguide log ship`"


def _store_lines(store: StoreStatus) -> Iterator[tuple[str, str]]:
    yield "store", f"PostgreSQL {store.server}, schema {store.schema or 'none'}"
    if store.fault is not None:
        yield "fault", store.fault
    elif store.person is None:
        yield "you", "the store does not know this login: an admin adds it (sopguide db user add)"
    else:
        person = store.person
        roles = ", ".join(person.roles) or "no role: this login sees and ships nothing"
        every = " of all vendors" if person.all_vendors else ""
        yield "you", f"{person.agent} · {person.org} · {person.vendor} · {roles}{every}"
