"""`sopguide walk`: from a ticket to the right macro and label, on the desk or in lines.

Everything that can be wrong with what was typed is said before a screen is opened. The terminal UI
is imported only when it is used, and the log is closed whatever happens.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import EnvironmentFault, Exit, UserError
from sopguide.cli.options import (
    data_option,
    find_data,
    find_sop,
    nearest,
    open_library,
    trees_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.desk.local import LocalDesk
    from sopguide.facts.fact import Fact
    from sopguide.graph.library import Library
    from sopguide.walk.procedure import Procedure


@click.command("walk")
@click.argument("sop", required=False)
@click.option("--ticket", metavar="ID", help="The ticket's id; the log keeps only a keyed hash.")
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="What is known already, for example --fact country=DE; may be repeated.",
)
@click.option(
    "--ticket-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="JSON",
    help="The ticket as a JSON object: id, requester, facts and what else the helpdesk gives.",
)
@click.option("--locale", metavar="NAME", help="The language that replies are shown in first.")
@click.option("--plain", is_flag=True, help="In lines: for screen readers, pipes and scripts.")
@click.option("--no-resume", is_flag=True, help="Do not offer walks left before their end.")
@trees_option
@data_option
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    sop: str | None,
    ticket: str | None,
    facts: tuple[str, ...],
    ticket_file: Path | None,
    locale: str | None,
    *,
    plain: bool,
    no_resume: bool,
    trees: Path | None,  # noqa: ARG001 - read by open_library
    data: Path | None,
) -> int:
    """Walk a ticket to the right macro and label.

    Without SOP, choose one by typing what the ticket is about. An SOP is walked while its status is
    live and its dates are in force.

    \b
    Examples:
      sopguide walk
      sopguide walk account/underage --ticket T-48812 --fact country=DE
      sopguide walk account/hacked --plain
    """
    gc.disable()  # till the first frame is painted: what is imported till then is no garbage
    ctx.call_on_close(gc.enable)
    library = open_library(ctx)
    if locale is not None and locale not in library.locales:
        raise UserError(f"--locale: this library has {', '.join(library.locales)}, not `{locale}`")
    if sop is not None:
        sop = find_sop(library, sop).id
        if not library.sops[sop].walkable:
            return _show_errors(library, sop)
        _refuse_unless_live(library, sop)
    from sopguide.desk.local import LocalDesk
    from sopguide.log.identity import current_identity
    from sopguide.log.local import LocalLog

    with LocalLog(find_data(data)) as log:
        desk = LocalDesk(library, log, current_identity(), locale=locale)
        given = _read_ticket_file(ticket_file)
        if ticket is not None:
            given["id"] = ticket
        if facts:
            known = given.get("facts")
            read = _read_facts(facts, library, desk.procedure(sop) if sop else None)
            given["facts"] = {**(known if isinstance(known, dict) else {}), **read}
        work = _in_lines if plain else _on_the_desk
        return work(desk, sop, given, resume=not no_resume)


def _show_errors(library: Library, sop: str) -> int:
    from sopguide.cli.findings import print_findings

    print_findings(library, sop)
    click.echo(f"sopguide: `{sop}` has errors, so it is not walked", err=True)
    return Exit.FINDINGS


def _refuse_unless_live(library: Library, sop: str) -> None:
    from sopguide.desk.in_force import not_walked_because

    if why := not_walked_because(library.sops[sop], datetime.now(UTC)):
        raise UserError(why)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError("the desk needs a terminal", "use --plain in pipes and scripts")
    if os.environ.get("TERM") == "dumb":
        raise EnvironmentFault("this terminal cannot draw the desk", "use --plain")


# The ticket


def _read_ticket_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    from sopguide.jsontext import NotJsonError, read_json

    try:
        ticket = read_json(file.read_text(encoding="utf-8"))
    except (NotJsonError, UnicodeDecodeError) as error:
        raise UserError(f"--ticket-file: {file} is no JSON: {error}") from None
    if not isinstance(ticket, dict):
        raise UserError(f"--ticket-file: {file} holds no JSON object")
    return ticket


def _read_facts(
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


# The two faces


def _on_the_desk(desk: LocalDesk, sop: str | None, ticket: dict[str, Any], *, resume: bool) -> int:
    _need_terminal()
    from sopguide.desk.settings import find_config, read_settings
    from sopguide.tui.app import DeskApp

    settings = read_settings(find_config())
    app = DeskApp(desk, sop=sop, ticket=ticket, resume=resume, settings=settings)
    said = app.run()
    if said:
        click.echo(said, err=True)
    return Exit.INTERNAL if app.return_code else Exit.OK


def _in_lines(desk: LocalDesk, sop: str | None, ticket: dict[str, Any], *, resume: bool) -> int:
    from sopguide.cli.plain_desk import Lines, PlainDesk

    lines = Lines()
    PlainDesk(desk, lines.ask, lines.say).work(sop, ticket, resume=resume and lines.interactive)
    return Exit.OK
