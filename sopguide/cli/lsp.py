"""`sopguide lsp`: the language server, for editors; it speaks on stdin and stdout."""

from __future__ import annotations

from importlib.util import find_spec

import click

from sopguide.cli.exits import EnvironmentFault, Exit
from sopguide.cli.options import find_cache

_EXAMPLES = """
\b
Editors start it; trees/README.md says how for Neovim, Helix, Emacs and others.

\b
Examples:
  sopguide lsp                   speak the language server protocol on stdin and stdout
  pip install 'sopguide[lsp]'    what it needs
"""


@click.command("lsp", epilog=_EXAMPLES)
@click.option("--stdio", is_flag=True, help="As it does anyway; many editors pass it.")
def command(stdio: bool) -> int:  # noqa: ARG001 (there is no other way to speak)
    """Serve an editor: findings as you type, definitions, hover, completion."""
    if find_spec("pygls") is None:
        raise EnvironmentFault(
            "the language server needs the package pygls", "pip install 'sopguide[lsp]'"
        )
    from sopguide.lsp.server import create

    create(find_cache()).start_io()
    return Exit.OK
