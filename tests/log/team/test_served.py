"""What somebody walks at a desk of `sopguide serve` arrives in PostgreSQL, by a gateway."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import aiohttp

from sopguide.log.folder import DataFolder
from sopguide.log.team.offsets import read_offsets
from sopguide.log.team.people import Person, set_person
from sopguide.tui import breath
from tests.patience import SECONDS, wait_until
from tests.serve.serving import PASSWORDS, Server, add_people
from tests.terminal import Screen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.log.team.postgres import Store

KEYS = (
    ("Which procedure", "hacked"),
    ("1 of", "\r"),
    ("▸ safety", "2"),
    ("▸ open_ticket", "2"),
    ("▸ trouble", "5"),
    ("✓ resolved", "1"),
    ("1 ☑", "2"),
    ("2 ☑", "3"),
    ("3 ☑", "\r"),
    ("Enter again", ""),
)


class Page:
    """A desk as a browser's page has it, without a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._screen = Screen(100, 30)

    async def walk(self) -> None:
        for shown, keys in KEYS:
            await self._until(shown)
            if keys:
                await self._type(keys)
        await self._until("Which procedure", keys="\r")

    async def _until(self, text: str, keys: str = "") -> None:
        """Typing meanwhile, as slowly as who reads what is told, and lets go of the key."""
        now = begun = time.monotonic()
        while text not in self._screen.text:
            if keys and time.monotonic() > now + 2 * breath.SECONDS:
                await self._type(keys)
                now = time.monotonic()
            assert time.monotonic() < begun + SECONDS, (
                f"never shown: {text!r}:\n{self._screen.text}"
            )
            await self._look()  # the clock is drawn every second

    async def _look(self) -> None:
        message = await self._socket.receive(timeout=SECONDS)
        if message.type is aiohttp.WSMsgType.BINARY:
            self._screen.feed(message.data)
        assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message

    async def _type(self, keys: str) -> None:
        await self._socket.send_json(["stdin", keys])


async def walk_as(name: str, url: str) -> None:
    """Sign in, walk one ticket to its end, and close the page."""
    origin = {"Origin": url}
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(url, cookie_jar=jar) as client:
        form = {"name": name, "password": PASSWORDS[name]}
        await (await client.post("/sign-in", data=form, headers=origin)).read()
        look = "/desk?width=100&height=30&page=one"
        async with client.ws_connect(look, headers=origin) as socket:
            await Page(socket).walk()


async def test_a_walk_at_a_served_desk_is_shipped_under_its_agents_name(
    store: Store, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    add_people(data)
    with store.session() as session:
        ana = Person("ana", "ana", "local", "in-house", ["agent"], False)
        set_person(session, ana, no_login=True)
    env = {"SOPGUIDE_DB": store.person("gate", "gateway")}
    with Server(data, tmp_path / "cache", env=env) as running:
        await walk_as("ana", running.url)
        whole = "SELECT agent, vendor FROM sopguide.walks WHERE ended"
        wait_until(lambda: store.rows(whole) == [("ana", "in-house")], "the walk in PostgreSQL")
    by = "SELECT DISTINCT b.login FROM sopguide.events JOIN sopguide.people AS b"
    assert store.rows(f"{by} ON b.person = brought_by") == [("gate",)]


def test_a_login_of_one_person_ships_no_desks_and_status_says_why(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopguide.log.local import LocalLog
    from sopguide.log.team.background import ship_quietly
    from tests.log.making import complete, walk_id

    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
    monkeypatch.setenv("SOPGUIDE_DB", store.person("ann"))
    ship_quietly(tmp_path, served=True)
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(0,)]
    why = read_offsets(DataFolder(tmp_path)).why
    assert why is not None
    assert why.startswith("what several people walk in browsers is shipped by a gateway")
