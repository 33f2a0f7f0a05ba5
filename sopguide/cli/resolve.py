"""`sopguide resolve`: one case, or a file of cases, decided without a screen."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.jsontext import write_json
from sopguide.cli.options import find_sop, nearest, open_library, trees_option
from sopguide.facts.fact import Fact, fact_from_json
from sopguide.facts.times import parse_moment
from sopguide.jsontext import NotJsonError, read_json
from sopguide.walk.procedure import Procedure
from sopguide.walk.resolution import tell_value
from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import Given, read_facts, read_ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sopguide.graph.library import Library

_KEYS = ("id", "facts", "answers", "ticket", "today")
_EXAMPLES = """
\b
Examples:
  sopguide resolve account/underage --facts '{"country": "DE"}' --answers '{"topic": "appeal"}'
  sopguide resolve account/hacked --answers '["no", "no", "forgot"]' --today 2026-11-03
  sopguide resolve account/hacked --batch cases.jsonl > decided.jsonl

\b
It prints one JSON object: status (ended, needs, waiting, invalid, stuck), step, fact, reason,
path, facts, outcome. Answers are a mapping by step id or fact name, each used once, or a list in
the order asked. A case of a batch is a JSON object of id, facts, answers, ticket, today.

\b
Exit codes: 0 decided, whatever the status; 1 the SOP has errors, or a line of the batch could
not be read; 2 wrong usage.
"""


class CaseError(ValueError):
    """A case cannot be read; the message says why."""


@click.command(epilog=_EXAMPLES)
@click.argument("sop")
@click.option("--facts", metavar="JSON", help="Facts by name, as the ticket gives them.")
@click.option("--answers", metavar="JSON", help="Answers by step id or fact name, or a list.")
@click.option("--ticket", metavar="JSON", help="The ticket itself, which facts take `from:`.")
@click.option("--today", metavar="DATE", help="The clock: a date, or a date and time. Else now.")
@click.option(
    "--batch",
    type=click.File("rb"),
    metavar="FILE",
    help="One case a line (JSON Lines); `-` for standard input.",
)
@trees_option
def command(
    sop: str,
    facts: str | None,
    answers: str | None,
    ticket: str | None,
    today: str | None,
    batch: Iterable[bytes] | None,
    trees: Path | None,
) -> int:
    """Decide tickets without a screen, from facts and answers in JSON."""
    options = {"facts": facts, "answers": answers, "ticket": ticket}
    if batch is not None and any(value is not None for value in options.values()):
        raise UserError("--batch takes the facts and answers from its lines, not from options")
    case = {name: _read(name, value) for name, value in options.items() if value is not None}
    library = open_library(trees)
    entry = find_sop(library, sop)
    if not entry.walkable:
        from sopguide.cli.findings import print_findings

        print_findings(library, entry.id)
        return Exit.FINDINGS
    if entry.sub_procedure:
        raise UserError(f"`{entry.id}` is run by other SOPs, and is not walked by itself")
    form = library.form(entry.id)
    procedure = Procedure(form, entry.hash or "")
    decide = partial(_decide, procedure, _other_facts(library, form), _clock(today, procedure.zone))
    if batch is not None:
        return _decide_all(batch, decide)
    try:
        click.echo(write_json(decide(case)))
    except CaseError as error:
        raise UserError(str(error)) from error
    return Exit.OK


def _read(name: str, text: str) -> Any:
    try:
        return read_json(text)
    except NotJsonError as error:
        raise UserError(f"--{name} is no JSON: {error}") from error


def _clock(today: str | None, zone: tzinfo) -> datetime | None:
    if today is None:
        return None
    found = parse_moment(today, zone)
    if found is None:
        raise UserError(f"--today is no date: {today}", "write for example `--today 2026-11-03`")
    return found


def _other_facts(library: Library, form: dict[str, Any]) -> dict[str, Fact]:
    """The library's facts that the SOP does not use: a ticket may carry them all the same."""
    used = form.get("facts", {})
    return {
        name: fact_from_json(name, spec) for name, spec in library.facts.items() if name not in used
    }


def _decide(
    procedure: Procedure, others: dict[str, Fact], clock: datetime | None, case: dict[str, Any]
) -> dict[str, Any]:
    """Decide one case; raises CaseError where its parts have not the form of a case."""
    facts = _mapping(case, "facts")
    ticket = _mapping(case, "ticket")
    answers = case.get("answers")
    if answers is not None and not isinstance(answers, dict | list):
        raise CaseError("`answers` takes a mapping or a list")
    given = _with_guesses(read_facts(facts, procedure, others))
    from_ticket = read_ticket(ticket, procedure)
    merged = Given({**from_ticket.facts, **given.facts}, given.misfits)
    now = _now(case, procedure.zone) or clock or datetime.now(UTC)
    found = resolve(procedure, merged, answers, now=now, strict=True).to_json()
    unused = {
        name: tell_value(given.facts[name], others[name]) for name in given.facts if name in others
    }
    found["facts"] = {**unused, **found["facts"]}
    return found


def _with_guesses(given: Given) -> Given:
    """The same, with the name that was probably meant where one is unknown."""
    misfits = [
        misfit._replace(fault=misfit.fault._replace(help=nearest(misfit.name, misfit.fault.near)))
        if misfit.fault.kind == "fact"
        else misfit
        for misfit in given.misfits
    ]
    return given._replace(misfits=tuple(misfits))


def _mapping(case: dict[str, Any], name: str) -> dict[str, Any]:
    found = case.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise CaseError(f"`{name}` takes a JSON object")
    return found


def _now(case: dict[str, Any], zone: tzinfo) -> datetime | None:
    today = case.get("today")
    if today is None:
        return None
    found = parse_moment(today, zone) if isinstance(today, str) else None
    if found is None:
        raise CaseError("`today` takes a date, for example 2026-11-03")
    return found


def _decide_all(lines: Iterable[bytes], decide: Callable[[dict[str, Any]], dict[str, Any]]) -> Exit:
    """Decide one case a line, each as soon as it has come; say whether all could be read."""
    ended = Exit.OK
    for result in _results(lines, decide):
        if "error" in result:
            ended = Exit.FINDINGS
        sys.stdout.write(write_json(result) + "\n")
        sys.stdout.flush()
    return ended


def _results(
    lines: Iterable[bytes], decide: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name: Any = None
        try:
            case = _case(line)
            name = _name(case)
            yield {"id": name, **decide(_known_keys(case))}
        except CaseError as error:
            yield {"id": name, "line": number, "error": str(error)}


def _case(line: bytes) -> dict[str, Any]:
    try:
        case = read_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CaseError(f"the line is no UTF-8 (byte {error.start + 1})") from error
    except NotJsonError as error:
        raise CaseError(f"the line is no JSON: {error}") from error
    if not isinstance(case, dict):
        raise CaseError("a case is a JSON object of id, facts, answers, ticket, today")
    return case


def _known_keys(case: dict[str, Any]) -> dict[str, Any]:
    for name in case:
        if name not in _KEYS:
            raise CaseError(f"unknown key `{name}`; a case has {', '.join(_KEYS)}")
    return case


def _name(case: dict[str, Any]) -> Any:
    name = case.get("id")
    if isinstance(name, dict | list):
        raise CaseError("`id` takes a text or a number")
    return name
