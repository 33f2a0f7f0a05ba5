"""Groups of commands of which each is imported when it is called, and not before.

`--help` lists them all without importing one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """`places`: where each command lies, with the line that `--help` has for it.

    A place is a module whose `command` it is: `sopguide.cli.walk`.
    """

    def __init__(self, *args: Any, places: Mapping[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._places:
            return None
        command = import_module(self._places[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101 (ours, not the user's)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self._places, 1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in self._places.items()])


def in_package(package: str, told: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Places of commands that lie side by side, each in a module of its name."""
    return {name: (f"{package}.{name}", line) for name, line in told.items()}
