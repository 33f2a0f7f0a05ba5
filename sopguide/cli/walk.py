"""`sopguide walk`: from a ticket to the right macro and label, on the desk or in lines.

Everything that can be wrong with what was typed is said before a screen is opened. The terminal UI
is imported only when it is used, and the log is closed whatever happens.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.options import (
    data_option,
    find_data,
    find_sop,
    language_option,
    languages_there,
    open_library,
    speak,
    trees_option,
)
from sopguide.cli.walk_ticket import open_queue, read_facts, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.desk.settings import Settings
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
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE|-",
    help="The ticket: a JSON object, or plain text with its subject first; - reads it from a pipe.",
)
@click.option(
    "--queue",
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|FOLDER",
    help="Tickets to work one after another: JSON lines, or a folder of .json and .txt files.",
)
@click.option(
    "--locale",
    metavar="NAME",
    help="The language of replies to tickets that name none. Else your own.",
)
@language_option
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
    queue: Path | None,
    locale: str | None,
    language: str | None,
    *,
    plain: bool,
    no_resume: bool,
    trees: Path | None,
    data: Path | None,
) -> int:
    """Walk a ticket to the right macro and label.

    Without SOP, choose one: the ticket's text ranks them, or what you type about it. An SOP is
    walked while its status is live and its dates are in force. A queue that was stopped goes on
    where it was; a ticket that was finished today or is parked is passed over.

    \b
    Examples:
      sopguide walk
      sopguide walk account/underage --ticket T-48812 --fact country=DE
      sopguide walk account/hacked --plain --language es
      sopguide walk --queue tickets.jsonl
      pbpaste | sopguide walk --ticket-file -
    """
    gc.disable()  # till the first frame is painted: what is imported till then is no garbage
    ctx.call_on_close(gc.enable)
    if queue is not None and (ticket is not None or facts or ticket_file is not None):
        raise UserError("--queue brings its own tickets", "leave --ticket, --ticket-file, --fact")
    library = open_library(trees)
    settings = _open_settings(library, language)
    language = speak(library, language, settings.language)
    if locale is not None and locale not in library.locales:
        raise UserError(f"--locale: this library has {', '.join(library.locales)}, not `{locale}`")
    if sop is not None:
        sop = find_sop(library, sop).id
        if not library.sops[sop].walkable:
            return _show_errors(library, sop)
        _refuse_unless_live(library, sop)
    from sopguide.cli.walk_faces import in_lines, on_the_desk
    from sopguide.desk.local import LocalDesk
    from sopguide.log.identity import current_identity
    from sopguide.log.team.background import walk_log

    with walk_log(find_data(data)) as log:
        desk = LocalDesk(library, log, current_identity(), locale=locale, language=language)
        procedure = desk.procedure(sop) if sop and facts else None
        given = _read_ticket(ticket_file, ticket, facts, library, procedure)
        waiting = open_queue(queue)
        work = in_lines if plain else on_the_desk
        ended = work(desk, sop, given, waiting, settings, resume=not no_resume)
        return ended or (Exit.FINDINGS if waiting is not None and waiting.faults else Exit.OK)


def _show_errors(library: Library, sop: str) -> int:
    from sopguide.cli.findings import print_findings

    print_findings(library, sop)
    click.echo(f"sopguide: `{sop}` has errors, so it is not walked", err=True)
    return Exit.FINDINGS


def _refuse_unless_live(library: Library, sop: str) -> None:
    from sopguide.desk.in_force import not_walked_because

    if why := not_walked_because(library.sops[sop], datetime.now(UTC)):
        raise UserError(why)


def _read_ticket(
    file: Path | None,
    name: str | None,
    facts: Sequence[str],
    library: Library,
    procedure: Procedure | None,
) -> dict[str, Any]:
    """The ticket as its file tells it, with what was typed about it."""
    ticket = read_file(file)
    if name is not None:
        ticket["id"] = name
    if facts:
        known = ticket.get("facts")
        read = read_facts(facts, library, procedure)
        ticket["facts"] = {**(known if isinstance(known, dict) else {}), **read}
    return ticket


def _open_settings(library: Library, language: str | None) -> Settings:
    """The agent's settings; what is wrong in them keeps nobody from work."""
    from sopguide.desk.settings import find_config, read_settings
    from sopguide.languages import nearest
    from sopguide.messages import _

    speak(library, language, None)  # so that it is said in the language known till then
    place = find_config()
    settings = read_settings(place)
    there = languages_there(library)
    if settings.language is None or nearest(settings.language, there) is not None:
        return settings
    fault = _("`{value}` is no language").format(value=settings.language)
    known = _("there is {names}").format(names=", ".join(there))
    faults = (*settings.faults, f"{place}: {fault}: {known}")
    return settings._replace(language=None, faults=faults)
