"""What `log erase` and `db erase` share: how they are told whom or what to erase."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

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

Command = TypeVar("Command", bound="Callable[..., int]")


def erasing_options(command: Command) -> Command:
    """--agent, --ticket, --dry-run, --yes, --json and --data."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--agent", metavar="NAME", help="Erase who walked."),
    click.option("--ticket", metavar="ID", help="Erase a ticket, by its id in the helpdesk."),
    dry_run_option,
    yes_option,
    json_option,
    data_option,
)


def subject_of(agent: str | None, ticket: str | None, data: Path | None) -> Subject | None:
    """Whom or what is meant, None where neither is named; a ticket's key is the data folder's."""
    from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject
    from sopguide.log.identity import ticket_hash, ticket_key

    now = time.time_ns() // 1_000_000
    if ticket is None:
        return None if agent is None else Subject(BY_AGENT, agent, now)
    if agent is not None:
        raise UserError("--agent and --ticket are two erasures", "erase one after the other")
    return Subject(BY_TICKET, ticket_hash(ticket, ticket_key(open_folder(data).ticket_key)), now)
