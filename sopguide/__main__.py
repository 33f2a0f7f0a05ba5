"""The program's door: `--version` answers before anything else is imported."""

import sys

from sopguide import __version__


def main() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"sopguide {__version__}\n")
        return
    from sopguide.cli.main import program

    program(prog_name="sopguide")


if __name__ == "__main__":
    main()
