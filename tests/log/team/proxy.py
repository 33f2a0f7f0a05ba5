"""A door to a PostgreSQL that may fall shut at any byte, as networks do."""

from __future__ import annotations

import random
import shutil
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.log.team.postgres import short_folder

if TYPE_CHECKING:
    from pathlib import Path

_NAME = ".s.PGSQL.5432"


class FaultyDoor:
    """Listens in `folder` and hands on to the server's socket; while `faulty`, it cuts off."""

    def __init__(self, server: Path, seed: int) -> None:
        self.folder = short_folder("sopguide-door-")
        self.faulty = True
        self.cut = 0
        self._server = server / _NAME
        self._chance = random.Random(seed)  # noqa: S311  (no secret)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.folder / _NAME))
        self._listening.listen(200)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # else the thread would wait on
        self._listening.close()
        shutil.rmtree(self.folder)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(str(self._server))
            except OSError:  # it is stopped
                client.close()
                continue
            left = self._chance.randrange(300, 8_000) if self.faulty else None
            threading.Thread(target=self._serve, args=(client, server, left), daemon=True).start()

    def _serve(self, client: socket.socket, server: socket.socket, left: int | None) -> None:
        """Closed when nobody uses them any more: else another connection might get their number."""
        with client, server:
            back = threading.Thread(target=self._hand_on, args=(server, client, left), daemon=True)
            back.start()
            self._hand_on(client, server, left)
            back.join()

    def _hand_on(self, one: socket.socket, other: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while data := one.recv(4096):
                if left is not None and len(data) > left:
                    other.sendall(data[:left])
                    self.cut += 1
                    break
                left = left and left - len(data)
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
