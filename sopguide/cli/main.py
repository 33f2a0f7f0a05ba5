"""The program: its commands by name, and the one place where a failure becomes words and a code.

A command's module is imported when the command is called, and not before: `sopguide --help` lists
them all without importing one.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any

import click

from sopguide import __version__
from sopguide.cli.exits import Exit, tell
from sopguide.cli.groups import LazyGroup, in_package

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = {
    "walk": "Walk a ticket to the right macro and label.",
    "serve": "Serve the desk as a web page, to people who sign in.",
    "check": "Check a library of procedures and say what is wrong, and where.",
    "explain": "Say what a finding means, why it matters, and how to mend it.",
    "show": "Draw a procedure: as an outline, Mermaid, DOT, SVG or a page.",
    "where": "Find every use of a macro, label, fact, set, table, SOP or step.",
    "schema": "Give editors the JSON Schema of each kind of file.",
    "i18n": "Translate procedures, and the program, with gettext catalogues.",
    "lsp": "Serve an editor: findings as you type, definitions, hover, completion.",
    "test": "Run the scenarios and show where a procedure decides otherwise.",
    "resolve": "Decide tickets without a screen, from facts and answers in JSON.",
    "drill": "Practise on scenarios, and see who is ready.",
    "log": "Read the paths taken: list, show, summary.",
    "db": "Keep the team's store: set it up, say who is who.",
    "review": "Read what agents say about procedures, by owner.",
}

_EXAMPLES = """
\b
Examples:
  sopguide walk                              choose a procedure, then walk it
  sopguide walk account/underage --ticket T-48812 --fact country=DE
  sopguide check                             what is wrong in ./trees, and where
  sopguide test account/hacked --coverage    run its scenarios, list what none passes
  sopguide drill --count 5                   practise on five tickets
  sopguide log summary                       which paths were taken, how long they took

\b
Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 the machine is in the way, 130 interrupted.
"""


class Program(LazyGroup):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as gone:  # click would end with 1, which means findings
            raise _ReaderLeft("whoever read the output has left") from gone

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT002 (click's signature)
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        return sys.exit(self._code(args, prog_name, complete_var, extra))

    def _code(
        self,
        args: Sequence[str] | None,
        prog_name: str | None,
        complete_var: str | None,
        extra: dict[str, Any],
    ) -> int:
        """Run a command and say how it ended; whatever failed is told in words."""
        _write_what_can_be_written()
        try:
            ended = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.ClickException as stop:
            stop.show()
            return int(stop.exit_code)
        except (click.Abort, KeyboardInterrupt):
            return _interrupted()
        except BrokenPipeError:  # at the last flush
            _stop_writing()
            return Exit.READER_LEFT
        except OSError as fault:
            return _told(fault, _words(fault), None, Exit.ENVIRONMENT)
        except Exception as fault:  # noqa: BLE001 (the last one to hear of it)
            if isinstance(fault.__cause__ or fault.__context__, KeyboardInterrupt):
                return _interrupted()  # Ctrl+C while a class was made or a module initialised
            if _is_the_logs(fault):
                return _told(fault, str(fault), None, Exit.ENVIRONMENT)
            words = f"a fault of sopguide itself: {type(fault).__name__}: {fault}"
            return _told(fault, words, "SOPGUIDE_DEBUG=1 shows where", Exit.INTERNAL)
        return ended if isinstance(ended, int) else Exit.OK


class _ReaderLeft(click.ClickException):
    exit_code = Exit.READER_LEFT

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 (nobody is there to read)
        _stop_writing()


def _interrupted() -> Exit:
    click.echo("\nInterrupted.", err=True)
    return Exit.INTERRUPTED


def _is_the_logs(fault: Exception) -> bool:
    """Whether the log could not be read or written; it is imported only where it was used."""
    log = sys.modules.get("sopguide.log.faults")
    return log is not None and isinstance(fault, log.LogError)


def _told(fault: Exception, words: str, help_text: str | None, code: Exit) -> Exit:
    if os.environ.get("SOPGUIDE_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    tell(words, help_text)
    return code


def _words(fault: OSError) -> str:
    where = f": {fault.filename}" if fault.filename else ""
    return f"{fault.strerror or fault}{where}"


def _write_what_can_be_written() -> None:
    """A terminal that knows no `✗` or `ü` shows another character, and the command goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop_writing() -> None:
    """Keep Python from complaining once more when it flushes stdout at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Program,
    places=in_package("sopguide.cli", _COMMANDS),
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="sopguide %(version)s")
def program() -> None:
    """Support procedures as programs: compiled, checked, tested, walked and measured."""
