"""Run the README's first command as a new user would, in a terminal, and walk a ticket to its end.

    python3 .ci/first_walk.py COMMAND

The screen is read as a person reads it: what can be answered decides which key is pressed. At the
end the walk must stand in the log, in the user's own data folder.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.terminal import Terminal  # noqa: E402 (found only now)

INSTALLING = 900
"""Seconds that setting up may take."""
CHOOSING = "Which procedure does the ticket need?"
ENDED = "o do in the helpdesk"
NUMBERED = re.compile(r"^\s+([1-9]) (?: |☐)", re.MULTILINE)
TO_DO = re.compile(r"([1-9]) ☐")
TIME = re.compile(r"\d+:\d\d")
MOST_QUESTIONS = 40
READING = 1.0
"""Seconds before Enter is pressed once more: one that comes sooner is of a key held down."""


def main(command: str) -> None:
    with Terminal(["bash", "-c", command], cwd=ROOT) as terminal:
        terminal.wait_for(CHOOSING, INSTALLING)
        print(terminal.settle())
        terminal.press("hacked")
        terminal.wait_for(lambda text: "▸ account/hacked" in text and "1 of" in text)
        terminal.press("\r")
        terminal.wait_for("account/hacked")
        screen = changed(terminal, "")
        for _ in range(MOST_QUESTIONS):
            if ENDED in screen:
                break
            answer(terminal, screen)
            screen = changed(terminal, screen)
        else:
            raise SystemExit("the walk never ended")
        finish(terminal, screen)
        terminal.press("\x11")  # ctrl+q
        code = terminal.wait()
    if code != 0:
        raise SystemExit(f"sopguide walk ended with {code}")
    logged = subprocess.run(
        [".venv/bin/sopguide", "log", "list"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    print(logged)
    if "account/hacked" not in logged:
        raise SystemExit("the walk is not in the log")


def changed(terminal: Terminal, before: str) -> str:
    """The next screen, once it stands still. That a second has passed is no change."""

    def but_for_the_time(text: str) -> str:
        return TIME.sub("", text)

    terminal.wait_for(lambda text: but_for_the_time(text) != but_for_the_time(before))
    screen = terminal.settle()
    print(screen, flush=True)
    return screen


def answer(terminal: Terminal, screen: str) -> None:
    """Tick what is to be ticked, choose a middle answer, or type what fits a number or a name."""
    numbers = NUMBERED.findall(screen)
    if "☐" in screen:
        ticked = numbers if "first: each is to be done" in screen else numbers[-1:]
        tick(terminal, ticked)
        terminal.press("\r")
    elif numbers:
        terminal.press(numbers[len(numbers) // 2])
    else:
        terminal.press("Germany\r" if "type to find" in screen else "24\r")


def finish(terminal: Terminal, screen: str) -> None:
    """Tick what was done in the helpdesk; an open placeholder is warned of once."""
    tick(terminal, TO_DO.findall(screen))
    terminal.press("\r")
    screen = terminal.wait_for(lambda text: "Enter again" in text or CHOOSING in text)
    print(screen, flush=True)
    if "Enter again" in screen:
        time.sleep(READING)
        terminal.press("\r")
    terminal.wait_for(CHOOSING)


def tick(terminal: Terminal, numbers: list[str]) -> None:
    for number in numbers:
        ticked = terminal.text.count("☑")
        terminal.press(number)
        terminal.wait_for(lambda text, before=ticked: text.count("☑") > before)


if __name__ == "__main__":
    main(sys.argv[1])
