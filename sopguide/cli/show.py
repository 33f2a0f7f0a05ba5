"""`sopguide show`: a procedure as an outline in the terminal, or as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.options import find_sop, open_library, trees_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopguide.show.drawing import Drawing

_FORMATS = ("text", "mermaid", "dot", "svg", "html")
_ENDINGS = {
    ".txt": "text",
    ".md": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
}
_EXAMPLES = """
\b
Examples:
  sopguide show account/hacked                      read it in the terminal
  sopguide show account/hacked -o hacked.html       a page with zoom and search
  sopguide show account/hacked -o hacked.svg        a picture for a document
  sopguide show account/hacked --format mermaid     Markdown with Mermaid diagrams
  sopguide show account/hacked --sub inline         sub-procedures drawn where they are run

\b
The page and the picture need no network. Arrows that would run too far end in a small box that
names their target. Mermaid diagrams are cut into parts that Mermaid can draw.

\b
Exit codes: 0 drawn; 1 the SOP has errors; 2 wrong usage; 3 the file cannot be written.
"""


@click.command("show", epilog=_EXAMPLES)
@click.argument("sop")
@click.option(
    "--format",
    "wanted",
    type=click.Choice(_FORMATS),
    help="How to draw it. Else as the ending of --output says, else text.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file."
)
@click.option(
    "--sub",
    type=click.Choice(("link", "inline")),
    default="link",
    show_default=True,
    help="Sub-procedures as drawings of their own, or drawn where they are run.",
)
@trees_option
def command(
    sop: str,
    wanted: str | None,
    output: Path | None,
    sub: str,
    trees: Path | None,
) -> int:
    """Draw a procedure: as an outline, Mermaid, DOT, SVG or a page."""
    library = open_library(trees)
    entry = find_sop(library, sop)
    if not entry.walkable:
        from sopguide.cli.findings import print_findings

        print_findings(library, entry.id)
        return Exit.FINDINGS
    from sopguide.show.drawing import MOST_INLINE, boxes_inline, drawings

    form = library.form(entry.id)
    inline = sub == "inline"
    if inline and boxes_inline(form) > MOST_INLINE:
        raise UserError(
            f"`{entry.id}` is too large to be drawn in one: more than {MOST_INLINE} steps",
            "leave `--sub inline` out",
        )
    drawn = _renderer(wanted or _by_ending(output))(drawings(form, inline=inline))
    if output is None:
        click.echo(drawn, nl=False)
    else:
        output.write_text(drawn, "utf-8")
    return Exit.OK


def _by_ending(output: Path | None) -> str:
    return _ENDINGS.get(output.suffix.lower(), "text") if output else "text"


def _renderer(wanted: str) -> Callable[[Sequence[Drawing]], str]:
    """What draws in a format; the others are not imported."""
    if wanted == "mermaid":
        from sopguide.show.mermaid import mermaid as render
    elif wanted == "dot":
        from sopguide.show.dot import dot as render
    elif wanted == "svg":
        from sopguide.show.svg import picture as render
    elif wanted == "html":
        from sopguide.show.html import page as render
    else:
        from sopguide.show.outline import outline as render
    return render
