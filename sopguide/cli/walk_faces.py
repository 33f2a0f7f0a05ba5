"""The two faces of `sopguide walk`: the desk in a terminal, and lines for everything else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import EnvironmentFault, Exit, UserError, tell

if TYPE_CHECKING:
    from sopguide.desk.local import LocalDesk
    from sopguide.desk.queue import Queue
    from sopguide.desk.settings import Settings


def on_the_desk(
    desk: LocalDesk,
    sop: str | None,
    ticket: dict[str, Any],
    queue: Queue | None,
    settings: Settings,
    *,
    resume: bool,
) -> int:
    """Work on screens; returns how the program exits."""
    _need_terminal()
    from sopguide.clean import clean
    from sopguide.tui.app import DeskApp

    app = DeskApp(desk, sop=sop, ticket=ticket, queue=queue, resume=resume, settings=settings)
    said = app.run()
    for fault in settings.faults:
        tell(fault)
    if said:
        click.echo(clean(said), err=True)  # it names the ticket
    return Exit.INTERNAL if app.return_code else Exit.OK


def in_lines(
    desk: LocalDesk,
    sop: str | None,
    ticket: dict[str, Any],
    queue: Queue | None,
    settings: Settings,
    *,
    resume: bool,
) -> int:
    """Work in lines; returns how the program exits."""
    from sopguide.cli.plain_desk import Lines, PlainDesk
    from sopguide.desk.intake import Intake

    lines = Lines()
    for fault in settings.faults:
        tell(fault)
    intake = Intake(desk, sop, ticket, queue)
    plain = PlainDesk(desk, lines.ask, lines.say, settings)
    plain.work(intake, resume=resume and lines.interactive)
    return Exit.OK


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError("the desk needs a terminal", "use --plain in pipes and scripts")
    if os.environ.get("TERM") == "dumb":
        raise EnvironmentFault("this terminal cannot draw the desk", "use --plain")
