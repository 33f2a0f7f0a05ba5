"""The program's door: `--version` answers before anything else is imported."""

import os
import sys

from sopguide import __version__

_INTERRUPTED = 130  # `Exit.INTERRUPTED`, which is not imported by then


def main() -> None:
    _have_standard_streams()
    if sys.argv[1:] in (["--version"], ["-V"]) and _written(f"sopguide {__version__}\n"):
        return
    try:
        from sopguide.cli.main import program

        program(prog_name="sopguide")
    except KeyboardInterrupt:  # while that was imported, before anything there could hear of it
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(_INTERRUPTED)


def _have_standard_streams() -> None:
    """Put the null device where a stream was closed.

    Else the next file that is opened, perhaps a journal, takes the number of stdout or stderr, and
    whatever writes there writes into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            device = os.open(os.devnull, os.O_RDWR)
            if device != number:  # Python has taken the free one for a file of its own
                os.dup2(device, number)
                os.close(device)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115 (a descriptor, open for good)


def _written(text: str) -> bool:
    """Whether the text could be written; where not, the whole program says why."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
