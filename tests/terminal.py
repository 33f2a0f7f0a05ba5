"""A real terminal for programs under test: a pseudo-terminal, and the screen a person would see.

It knows as much of a terminal's language as the programs here speak: text, moving the cursor,
clearing. Colours and modes are read over. Nothing but the standard library, so that it runs before
anything is installed.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import unicodedata
from typing import TYPE_CHECKING, Self

from tests.patience import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_TOKEN = re.compile(
    "\x1b\\[(?P<args>[0-9;:<=>?]*)[ -/]*(?P<csi>[@-~])"
    "|\x1b[]PX^_].*?(?:\x07|\x1b\\\\)"
    "|\x1b[ -/]+[0-~]"
    "|\x1b[0-OQ-WYZ\\\\`-~]"
    "|(?P<control>[\x00-\x1a\x1c-\x1f])"
    "|(?P<text>[^\x00-\x1f]+)",
    re.DOTALL,
)


class Screen:
    """What stands on the terminal's screen, as rows of text."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._rest = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Of another size it is empty: what runs there draws it anew."""
        self.columns, self.rows = columns, rows
        self._cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0

    @property
    def lines(self) -> list[str]:
        return ["".join(row).rstrip() for row in self._cells]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def feed(self, data: bytes) -> None:
        text = self._rest + self._decode(data)
        end = 0
        while end < len(text) and (token := _TOKEN.match(text, end)):
            end = token.end()
            self._obey(token)
        self._rest = text[end:]

    def _obey(self, token: re.Match[str]) -> None:
        if token["text"]:
            for character in token["text"]:
                self._write(character)
        elif token["control"]:
            self._control(token["control"])
        elif token["csi"]:
            self._steer(token["csi"], token["args"])

    def _write(self, character: str) -> None:
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if unicodedata.combining(character) or character in "\u200d\ufe0e\ufe0f":
            return
        if self._column + width > self.columns:
            self._column = 0
            self._down()
        row = self._cells[self._row]
        row[self._column] = character
        if width == 2:
            row[self._column + 1] = ""
        self._column += width

    def _control(self, character: str) -> None:
        if character == "\r":
            self._column = 0
        elif character == "\n":
            self._down()
        elif character == "\b":
            self._column = max(0, self._column - 1)
        elif character == "\t":
            self._column = min(self.columns - 1, self._column // 8 * 8 + 8)

    def _down(self) -> None:
        if self._row + 1 < self.rows:
            self._row += 1
        else:
            self._cells = [*self._cells[1:], [" "] * self.columns]

    def _steer(self, final: str, args: str) -> None:
        if args.startswith(("?", ">", "<", "=")):
            if final == "h" and "1049" in args:
                self._cells = [[" "] * self.columns for _ in range(self.rows)]
            return
        numbers = [int(number) if number.isdigit() else 0 for number in args.split(";")]
        first = numbers[0]
        if final in "Hf":
            second = numbers[1] if len(numbers) > 1 else 1
            self._move(max(first, 1) - 1, max(second, 1) - 1)
        elif final in "ABCDGd":
            step = max(first, 1)
            self._move(
                {"A": self._row - step, "B": self._row + step, "d": step - 1}.get(final, self._row),
                {"C": self._column + step, "D": self._column - step, "G": step - 1}.get(
                    final, self._column
                ),
            )
        elif final in "JK":
            self._clear(final, first)

    def _move(self, row: int, column: int) -> None:
        self._row = min(max(row, 0), self.rows - 1)
        self._column = min(max(column, 0), self.columns - 1)

    def _clear(self, final: str, what: int) -> None:
        here = self._row * self.columns + self._column
        first, last = (
            (0, self.rows * self.columns)
            if final == "J"
            else (self._row * self.columns, (self._row + 1) * self.columns)
        )
        first, last = {0: (here, last), 1: (first, here + 1)}.get(what, (first, last))
        for cell in range(first, last):
            row, column = divmod(cell, self.columns)
            self._cells[row][column] = " "


class Terminal:
    """A program running in a pseudo-terminal; use it as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        cwd: str | os.PathLike[str] | None = None,
        env: Mapping[str, str] | None = None,
        echo: bool = False,
    ) -> None:
        self.screen = Screen(columns, rows)
        self.started = self.read_at = time.perf_counter()
        self.raw = b""
        self._echo = echo
        self._status: int | None = None
        surroundings = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        self._pid, self._descriptor = pty.fork()
        if self._pid == 0:
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            _become(command, cwd, surroundings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        os.close(self._descriptor)

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def received(self) -> int:
        return len(self.raw)

    @property
    def process(self) -> int:
        return self._pid

    def press(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def wait_for(self, wanted: str | Callable[[str], object], seconds: float = SECONDS) -> str:
        """Wait until the screen shows it, and return the screen."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        ends = time.perf_counter() + seconds
        while not shows(self.text):
            left = ends - time.perf_counter()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"the screen never showed {wanted!r}:\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.3, seconds: float = 10) -> str:
        """Wait until nothing has been drawn for a moment, and return the screen."""
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends and self._read(quiet):
            pass
        return self.text

    def wait(self, seconds: float = SECONDS) -> int:
        """Wait until the program ends, and return its exit code."""
        ends = time.perf_counter() + seconds
        while self._read(max(0.0, ends - time.perf_counter())):
            if time.perf_counter() > ends:
                raise AssertionError(f"still running after {seconds} s:\n{self.text}")
        self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._status

    def _read(self, seconds: float) -> bool:
        """Read what has been written; False where nothing came, or nothing more can."""
        ready, _, _ = select.select([self._descriptor], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # how Linux says that the program has closed its terminal
            return False
        self.read_at = time.perf_counter()
        self.raw += data
        if self._echo:
            sys.stderr.buffer.write(data)
        self.screen.feed(data)
        return bool(data)


def _become(
    command: Sequence[str], cwd: str | os.PathLike[str] | None, env: Mapping[str, str]
) -> None:
    try:
        if cwd is not None:
            os.chdir(cwd)
        os.execvpe(command[0], list(command), dict(env))  # noqa: S606 (no shell is wanted)
    finally:
        os._exit(127)
