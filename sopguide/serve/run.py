"""Starting the server, and ending it: a signal closes the desks in order before anything else.

What is told along the way goes to stderr: who signed in, and one line a request, with the path and
never with what was asked or answered in it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import ssl
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from sopguide.log.files import private_folder
from sopguide.log.folder import DataFolder
from sopguide.serve.courier import shipping
from sopguide.serve.desks import Desks
from sopguide.serve.door import Door, asked
from sopguide.serve.setup import Setup
from sopguide.serve.site import Site
from sopguide.serve.tickets import Tickets
from sopguide.serve.users import User, Users
from sopguide.serve.views import Limits, Look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aiohttp.web_request import BaseRequest
    from aiohttp.web_response import StreamResponse

    from sopguide.serve.front import Front

_LINGER = 2.0
"""Seconds that open connections have after the desks are closed."""


class Options(NamedTuple):
    """What the command line says."""

    host: str
    port: int
    front: Front
    users: Path | None
    data: Path
    trees: Path
    cache: Path
    limits: Limits = Limits()
    tls: tuple[Path, Path] | None = None
    queue: Path | None = None


def serve(options: Options, told: Callable[[str], None]) -> None:
    """Serve until a signal; `told` hears where. Raises OSError where that cannot be."""
    _log_to_stderr()
    asyncio.run(_serve(options, told))


async def _serve(options: Options, told: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    desks = Desks(_setup(options), options.limits)
    users = Users(options.users) if options.users else None
    site = Site(Door(options.front, Tickets(options.data / "serve"), users), desks)
    runner = web.AppRunner(
        site.make(),
        access_log_class=_logger(options.front),
        shutdown_timeout=_LINGER,
    )
    await runner.setup()
    try:
        listening = web.TCPSite(
            runner, options.host, options.port, ssl_context=_tls(options), reuse_address=True
        )
        await listening.start()
        told(_address(options, runner))
        async with shipping(options.data, lambda: bool(desks.names)):
            await stop.wait()
            site.going_down = True
            await listening.stop()
            await desks.close()
    finally:
        await runner.cleanup()


def prepare(data: Path, cache: Path) -> None:
    """Make what desks write to."""
    DataFolder(data)
    private_folder(cache)


def _setup(options: Options) -> Callable[[User, Look], Setup]:
    def setup(user: User, look: Look) -> Setup:
        return Setup(
            name=user.name,
            vendor=user.vendor,
            trees=str(options.trees),
            data=str(options.data),
            cache=str(options.cache),
            width=look.width,
            height=look.height,
            light=look.light,
            languages=look.languages,
            memory=options.limits.memory,
            queue=str(options.queue or ""),
        )

    return setup


def _tls(options: Options) -> ssl.SSLContext | None:
    if options.tls is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*options.tls)
    return context


def _address(options: Options, runner: web.AppRunner) -> str:
    if options.front.url:
        return options.front.url
    host, port = runner.addresses[0][:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if options.tls else 'http'}://{shown}:{port}"


def _logger(front: Front) -> type[AbstractAccessLogger]:
    """One line a request."""

    class Lines(AbstractAccessLogger):
        def log(self, request: BaseRequest, response: StreamResponse, time: float) -> None:
            assert isinstance(request, web.Request)  # noqa: S101 (aiohttp's signature is wider)
            self.logger.info(
                "%s %s %s %s %.0f ms",
                front.address(asked(request)) or "-",
                request.method,
                request.rel_url.raw_path,  # as it was sent: no line break gets into the log
                response.status,
                time * 1000,
            )

    return Lines


def _log_to_stderr() -> None:
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
