"""A server under test: a process of its own, as an administrator starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from sopguide.serve.passwords import hash_password
from sopguide.serve.users import User, write_users
from tests.patience import SECONDS, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
PASSWORDS = {"ana": "correct horse battery", "ben": "staple of the library"}
_AT = re.compile(r"the desk is at (\S+)")


def add_people(data: Path) -> None:
    """The people of `PASSWORDS`, in a users file."""
    people = {name: User(name, hash_password(text)) for name, text in PASSWORDS.items()}
    write_users(data / "users.toml", people)


class Server:
    """`sopguide serve`; use it as a context manager."""

    def __init__(
        self, data: Path, cache: Path, *options: str, env: Mapping[str, str] | None = None
    ) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SOPGUIDE_")}
        kept |= {"SOPGUIDE_DATA": str(data), "SOPGUIDE_CACHE": str(cache), **(env or {})}
        self._data, self._options, self._env = data, options, kept
        self._port = "0"
        self.told = ""
        self.start()

    def start(self) -> None:
        """Again on the same port, where it ran before."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sopguide", "serve", "--port", self._port, *self._options],
            env=self._env,
            cwd=ROOT,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stderr is not None
        begun = len(self.told)
        self._reader = threading.Thread(target=self._read, args=(self._process.stderr,))
        self._reader.start()
        wait_until(lambda: _AT.search(self.told, begun) or self.ended, "the server's address")
        found = _AT.search(self.told, begun)
        assert found, f"the server did not start:\n{self.told}"
        self.url = found[1]
        self._port = self.url.rpartition(":")[2]

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, and wait for the end."""
        self._process.send_signal(how)
        code = self._process.wait(SECONDS)
        self._reader.join()
        return code

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Meanwhile it takes what is sent, and does not stir, like a network that swallows all."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def desks(self) -> list[int]:
        """The processes of people's desks on this server's data."""
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError):
                command = (folder / "cmdline").read_bytes()
                if (
                    b"sopguide.serve.person" in command
                    and (folder / "cwd").readlink() == self._data
                ):
                    found.append(int(folder.name))
        return found

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.told += line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.ended:
            self.stop(signal.SIGTERM)
