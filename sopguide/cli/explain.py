"""`sopguide explain`: the manual page of one rule, or the list of all.

A rule is named by its code or by its name. Pages are the docstrings of the rules, so what is shown
here is what the tests hold the rules to.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.findings import wants_colour
from sopguide.cli.jsontext import write_indented
from sopguide.cli.options import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.lint.registry import Page

_FAMILIES = {
    "SOP1": "reading the files",
    "SOP2": "names",
    "SOP3": "flow",
    "SOP4": "facts, over the whole procedure",
    "SOP5": "macros and labels",
    "SOP6": "wording",
    "SOP7": "governance",
}
_PARTS = ("Good", "Bad", "Found")
_PART = re.compile(rf"^({'|'.join(_PARTS)}):\n\n((?:[ ]{{4}}.*\n?|\n)+)", re.MULTILINE)
_EXAMPLES = """
\b
Examples:
  sopguide explain SOP401                what it means, and how to mend it
  sopguide explain unreachable-step      the same by name
  sopguide explain                       all rules
  sopguide explain gap --json            for a script

\b
Exit codes: 0 explained; 2 there is no such rule.
"""


@click.command("explain", epilog=_EXAMPLES)
@click.argument("rule", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
def command(rule: str | None, as_json: bool) -> int:
    """Say what a finding means, why it matters, and how to mend it."""
    from sopguide.lint.registry import pages

    every = pages()
    if rule is None:
        if as_json:
            click.echo(write_indented([_row(page) for page in every]))
        else:
            click.echo("\n".join(_index(every)))
        return Exit.OK
    page = _named(rule, every)
    if as_json:
        click.echo(write_indented(_row(page) | _parts(page.text)))
    else:
        click.echo("\n".join(_lines(page, colour=wants_colour())))
    return Exit.OK


def _named(rule: str, every: list[Page]) -> Page:
    """The page of a rule, however its code or name is typed."""
    wanted = rule.strip().replace("_", "-").casefold()
    for page in every:
        if wanted in (page.code.casefold(), page.name):
            return page
    known = [name for page in every for name in (page.code, page.name)]
    raise UserError(f"no rule is named `{rule}`", nearest(rule, known) or "`sopguide explain`")


def _index(every: list[Page]) -> Iterator[str]:
    family = ""
    for page in every:
        if page.code[:4] != family:
            yield from ("",) if family else ()
            family = page.code[:4]
            yield f"{family}xx  {_FAMILIES[family]}"
        yield f"  {page.code}  {page.name:<24} {page.headline.removesuffix('.')}"


def _lines(page: Page, *, colour: bool) -> Iterator[str]:
    def styled(text: str, fg: str | None = None) -> str:
        return click.style(text, fg=fg, bold=True) if colour else text

    yield styled(f"{page.code}  {page.name}")
    shades = {"Good": "green", "Bad": "red", "Found": "yellow"}
    for line in page.text.splitlines():
        part = line.removesuffix(":")
        yield styled(line, shades[part]) if part in shades else line


def _row(page: Page) -> dict[str, str]:
    return {"code": page.code, "name": page.name, "headline": page.headline}


def _parts(text: str) -> dict[str, str]:
    """The explanation, and each example as it would be typed."""
    first = _PART.search(text + "\n")
    found = {"text": text[: first.start()].strip() if first else text}
    for part, body in _PART.findall(text + "\n"):
        found[part.lower()] = textwrap.dedent(body).strip() + "\n"
    return found
