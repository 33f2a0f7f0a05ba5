"""What `log erase` and `db erase` share: how they are told whom or what to erase."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import UserError
from sopguide.cli.log.agreeing import dry_run_option, yes_option
from sopguide.cli.log.opening import open_folder
from sopguide.cli.log.options import json_option
from sopguide.cli.options import data_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.erasing import Subject


def erasing(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command the options of an erasure, and the `subjects` that two of them name.

    A ticket is looked for under every key that the data folder has when they are asked for.
    """

    @wraps(command)
    def told(*, agent: str | None, ticket: str | None, data: Path | None, **how: Any) -> int:
        return command(subjects=lambda: _subjects(agent, ticket, data), data=data, **how)

    for option in reversed(_OPTIONS):
        told = option(told)
    return told


_OPTIONS = (
    click.option("--agent", metavar="NAME", help="Erase who walked."),
    click.option("--ticket", metavar="ID", help="Erase a ticket, by its id in the helpdesk."),
    dry_run_option,
    yes_option,
    json_option,
    data_option,
)


def _subjects(agent: str | None, ticket: str | None, data: Path | None) -> list[Subject]:
    """None where neither is named; of a ticket one for each name that it may have been given."""
    from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject
    from sopguide.log.ticket_keys import TicketKeys

    now = time.time_ns() // 1_000_000
    if ticket is None:
        return [] if agent is None else [Subject(BY_AGENT, agent, now)]
    if agent is not None:
        raise UserError("--agent and --ticket are two erasures", "erase one after the other")
    own = open_folder(data).ticket_key
    keys = TicketKeys(own)
    if not keys.exist():
        raise UserError(f"{own} is missing, so no ticket is found by its id", "restore a backup")
    return [Subject(BY_TICKET, name, now) for name in keys.names(ticket)]
