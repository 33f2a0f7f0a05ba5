"""What `sopguide walk` is given to work on: a ticket, facts, a queue; what is wrong is said.

A ticket may come through a pipe. The answers come from a person, so that the terminal is opened
again once the pipe has been read.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import UserError
from sopguide.cli.options import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sopguide.desk.queue import Queue
    from sopguide.facts.fact import Fact
    from sopguide.graph.library import Library
    from sopguide.walk.procedure import Procedure

_TERMINAL = "/dev/tty"


def read_file(file: Path | None) -> dict[str, Any]:
    """The ticket in a file or, for `-`, on standard input; nothing where none is named."""
    if file is None:
        return {}
    from sopguide.desk.incoming import TicketError, read_object, read_ticket

    piped = str(file) == "-"
    try:
        data = sys.stdin.buffer.read() if piped else file.read_bytes()
        read = read_object if file.suffix == ".json" else read_ticket
        ticket = read(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(f"--ticket-file: {file} is no UTF-8 text") from None
    except TicketError as error:
        raise UserError(f"--ticket-file: {file}: {error}") from None
    if piped:
        _take_the_terminal()
    return ticket


def _take_the_terminal() -> None:
    """Answers are read from the terminal, where there is one, once the pipe is read."""
    try:
        terminal = os.open(_TERMINAL, os.O_RDONLY)
    except OSError:
        return
    try:
        os.dup2(terminal, sys.stdin.fileno())
    finally:
        os.close(terminal)


def open_queue(place: Path | None) -> Queue | None:
    """The queue in a file or folder, with what had to be passed over told."""
    if place is None:
        return None
    from sopguide.clean import clean
    from sopguide.desk.queue import read_queue

    try:
        queue = read_queue(place)
    except OSError as error:
        raise UserError(f"--queue: {place} cannot be read: {error.strerror}") from None
    for fault in queue.faults:
        click.echo(clean(f"passed over: {fault}", keep_newlines=False), err=True)
    if not queue.total:
        raise UserError(f"--queue: {place} holds no ticket")
    return queue


def read_facts(
    written: Sequence[str], library: Library, procedure: Procedure | None
) -> dict[str, str]:
    """`name=value` texts, each held against its fact; the first that does not fit is told."""
    from sopguide.facts.fault import Fault
    from sopguide.facts.values import parse_text

    found: dict[str, str] = {}
    for text in written:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals:
            raise UserError(f"--fact {text}: write NAME=VALUE, for example --fact country=DE")
        fact = _fact(name, library, procedure)
        if fact.computed:
            raise UserError(f"--fact {name}: `{name}` is worked out, so it cannot be given")
        read = parse_text(value, fact)
        if isinstance(read, Fault):
            raise UserError(f"--fact {name}: {read.message}", read.help)
        found[name] = value
    return found


def _fact(name: str, library: Library, procedure: Procedure | None) -> Fact:
    from sopguide.facts.fact import fact_from_json

    if procedure is not None and (fact := procedure.root.facts.get(name)) is not None:
        return fact
    if name in library.facts:
        return fact_from_json(name, library.facts[name])
    known = [*library.facts, *(procedure.root.facts if procedure else ())]
    raise UserError(f"--fact {name}: no fact is named `{name}`", nearest(name, known))
