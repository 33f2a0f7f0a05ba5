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
    """Gives a command the options of an erasure, and the `subject` that two of them name."""

    @wraps(command)
    def told(*, agent: str | None, ticket: str | None, data: Path | None, **how: Any) -> int:
        return command(subject=_subject(agent, ticket, data), data=data, **how)

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


def _subject(agent: str | None, ticket: str | None, data: Path | None) -> Subject | None:
    """None where neither is named; the key of tickets is the data folder's."""
    from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject
    from sopguide.log.identity import ticket_hash, ticket_key

    now = time.time_ns() // 1_000_000
    if ticket is None:
        return None if agent is None else Subject(BY_AGENT, agent, now)
    if agent is not None:
        raise UserError("--agent and --ticket are two erasures", "erase one after the other")
    key = open_folder(data).ticket_key
    if not key.exists():
        raise UserError(f"{key} is missing, so no ticket is found by its id", "restore a backup")
    return Subject(BY_TICKET, ticket_hash(ticket, ticket_key(key)), now)
