"""What `serve` needs beyond the rest: an extra, so that a plain desk installs no web server."""

from __future__ import annotations

from importlib.util import find_spec

from sopguide.cli.exits import EnvironmentFault

_PACKAGES = ("aiohttp", "argon2", "itsdangerous", "textual_serve")


def need_the_extra() -> None:
    """Raises EnvironmentFault where it is not installed."""
    for name in _PACKAGES:
        if find_spec(name) is None:
            raise EnvironmentFault(
                f"`serve` needs {name}, which is not installed", 'pip install "sopguide[serve]"'
            )
