"""`sopguide serve`: the desk in a browser, for people who sign in.

Everything that would leave it open to people it is not meant for is refused before it starts.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import EnvironmentFault, Exit
from sopguide.cli.options import (
    data_option,
    find_cache,
    find_data,
    find_trees,
    open_library,
    trees_option,
)
from sopguide.cli.serve_checks import read_front, read_people, read_tls, refuse_open_doors
from sopguide.cli.serve_needs import need_the_extra
from sopguide.cli.serve_user import user, users_file, users_option

if TYPE_CHECKING:
    from sopguide.serve.run import Options

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("serve", invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8320,
    show_default=True,
    help="0: any free one.",
)
@click.option(
    "--tls-cert", type=_EXISTING, metavar="FILE", help="The certificate (PEM, the chain)."
)
@click.option("--tls-key", type=_EXISTING, metavar="FILE", help="Its key.")
@users_option
@click.option(
    "--trust-header",
    metavar="NAME",
    help="The header in which a trusted proxy says who has signed in there.",
)
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    metavar="NETWORK",
    help="Where such a proxy is, for example 10.0.0.0/8; may be repeated.",
)
@click.option(
    "--url", metavar="URL", help="The address that people open, where a proxy changes it."
)
@click.option(
    "--queue",
    type=click.Path(exists=True, path_type=Path),
    metavar="PLACE",
    help="Tickets for all: a JSON Lines file or a folder. Each ticket is worked by one person.",
)
@click.option(
    "--max-sessions",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="Desks at once, one a person.",
)
@click.option(
    "--max-memory",
    type=click.IntRange(128),
    default=512,
    show_default=True,
    metavar="MIB",
    help="What one desk may take.",
)
@click.option(
    "--idle",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="A desk is closed, its walk kept, after so long without a key.",
)
@click.option("--insecure", is_flag=True, help="Listen beyond this machine without TLS or a proxy.")
@trees_option
@data_option
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    *,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    users: Path | None,
    trust_header: str | None,
    proxies: tuple[str, ...],
    url: str | None,
    queue: Path | None,
    max_sessions: int,
    max_memory: int,
    idle: int,
    insecure: bool,
    trees: Path | None,
    data: Path | None,
) -> int | None:
    """Serve the desk as a web page, to people who sign in.

    Each person works at a desk of their own, and every walk is logged under the name they signed in
    with. A reload, a lost connection or a restart of the server leads back into the same walk, at
    the same step.

    \b
    Examples:
      sopguide serve user add ana                   asks for a password
      sopguide serve                                http://127.0.0.1:8320
      sopguide serve --host 0.0.0.0 --tls-cert desk.pem --tls-key desk.key
      sopguide serve --trust-header X-Remote-User --trusted-proxy 10.0.0.0/8
    """
    if ctx.invoked_subcommand is not None:
        return None
    if os.name != "posix":
        raise EnvironmentFault("`serve` needs Linux or macOS", "in WSL it works on Windows too")
    need_the_extra()
    from sopguide.serve.run import Options, prepare
    from sopguide.serve.views import Limits

    front = read_front(trust_header, proxies, url)
    tls = read_tls(tls_cert, tls_key)
    refuse_open_doors(host, front, encrypted=tls is not None, insecure=insecure)
    folder, cache = find_data(data).resolve(), find_cache().resolve()
    people = read_people(users_file(users, folder), front, named=users is not None)
    prepare(folder, cache)
    open_library(trees)  # compiled once, before the first desk needs it
    options = Options(
        host=host,
        port=port,
        front=front,
        users=people,
        data=folder,
        trees=find_trees(trees).resolve(),
        cache=cache,
        limits=Limits(desks=max_sessions, memory=max_memory, idle=idle * 60.0),
        tls=tls,
        queue=queue.resolve() if queue else None,
    )
    return _serve(options)


command.add_command(user)


def _serve(options: Options) -> int:
    from sopguide.serve.run import serve

    def told(address: str) -> None:
        click.echo(f"sopguide: the desk is at {address}  (Ctrl+C ends it)", err=True)

    try:
        serve(options, told)
    except OSError as fault:
        where = f"{options.host}:{options.port}"
        raise EnvironmentFault(f"cannot serve on {where}: {fault.strerror or fault}") from None
    return Exit.OK
