"""Run the README's first command as a new user would, in a terminal, and walk a ticket to its end.

    python3 .ci/first_walk.py COMMAND

The screen is read as a person reads it: what can be answered decides which key is pressed. At the
end the walk must stand in the log, in the user's own data folder.
"""

import re
import subprocess
import sys
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
MOST_QUESTIONS = 40


def main(command: str) -> None:
    with Terminal(["bash", "-c", command], cwd=ROOT) as terminal:
        terminal.wait_for(CHOOSING, INSTALLING)
        print(terminal.settle())
        terminal.press("hacked")
        terminal.wait_for(lambda text: "▸ account/hacked" in text and "1 of" in text)
        terminal.press("\r")
        terminal.wait_for("account/hacked")
        for _ in range(MOST_QUESTIONS):
            screen = terminal.settle()
            print(screen, flush=True)
            if ENDED in screen:
                break
            answer(terminal, screen)
        else:
            raise SystemExit("the walk never ended")
        finish(terminal, screen)
        terminal.wait_for(CHOOSING)
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


def answer(terminal: Terminal, screen: str) -> None:
    """Tick what is to be ticked, choose a middle answer, or type what fits a number or a name."""
    numbers = NUMBERED.findall(screen)
    if "☐" in screen:
        for number in numbers if "first: each is to be done" in screen else numbers[-1:]:
            terminal.press(number)
            terminal.settle(0.1)
        terminal.press("\r")
    elif numbers:
        terminal.press(numbers[len(numbers) // 2])
    else:
        terminal.press("Germany\r" if "type to find" in screen else "24\r")


def finish(terminal: Terminal, screen: str) -> None:
    """Tick what was done in the helpdesk; an open placeholder is warned of once."""
    for number in TO_DO.findall(screen):
        terminal.press(number)
        terminal.settle(0.1)
    terminal.press("\r")
    screen = terminal.settle()
    print(screen, flush=True)
    if "Enter again" in screen:
        terminal.press("\r")


if __name__ == "__main__":
    main(sys.argv[1])
