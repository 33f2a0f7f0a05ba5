"""Desks and their windows, with the process played by the test."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.serve import desks as desks_module
from sopguide.serve.desks import Desk, Desks
from sopguide.serve.process import DATA, META
from sopguide.serve.setup import Setup
from sopguide.serve.users import User
from sopguide.serve.views import Close, Limits, Look

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANA, BEN, KIM = User("ana"), User("ben"), User("kim", vendor="acme")
LOOK = Look(80, 24)


class FakeProcess:
    """Ends when it is told to, or when the test says so."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.typed = ""
        self._packets: asyncio.Queue[tuple[bytes, bytes] | None] = asyncio.Queue()

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        while (packet := await self._packets.get()) is not None:
            yield packet

    def draws(self, data: bytes) -> None:
        self._packets.put_nowait((DATA, data))

    def says(self, kind: str, **more: Any) -> None:
        self._packets.put_nowait((META, json.dumps({"type": kind, **more}).encode()))

    def ends(self) -> None:
        self._packets.put_nowait(None)

    async def type(self, text: str) -> None:
        self.typed += text

    def tell(self, kind: str, **more: Any) -> None:
        self.told.append((kind, more))

    async def stop(self) -> None:
        self.told.append(("quit", {}))
        self.ends()


class FakeWindow:
    def __init__(self) -> None:
        self.drawn = b""
        self.told: list[tuple[str, str]] = []
        self.closed: asyncio.Future[Close] = asyncio.get_running_loop().create_future()

    async def draw(self, data: bytes) -> None:
        self.drawn += data

    async def tell(self, kind: str, text: str) -> None:
        self.told.append((kind, text))

    async def close(self, why: Close) -> None:
        self.closed.set_result(why)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[FakeProcess]:
    """The processes that were started."""
    processes: list[FakeProcess] = []

    class Starting:
        @staticmethod
        async def start(setup: Setup) -> FakeProcess:
            processes.append(FakeProcess(setup))
            return processes[-1]

    monkeypatch.setattr(desks_module, "DeskProcess", Starting)
    return processes


def setup(user: User, look: Look) -> Setup:
    return Setup(user.name, user.vendor, "trees", "data", "cache", *look[:4], 512)


async def opened(desks: Desks, user: User = ANA, look: Look = LOOK) -> tuple[Desk, FakeWindow]:
    window = FakeWindow()
    desk = await desks.open(user, window, look)
    assert isinstance(desk, Desk)
    return desk, window


async def test_a_desk_starts_with_who_works_at_it_and_can_be_typed_at_once(
    started: list[FakeProcess],
) -> None:
    desk, window = await opened(Desks(setup, Limits()), KIM)
    [process] = started
    assert (process.setup.name, process.setup.vendor) == ("kim", "acme")
    assert process.told == [("focus", {})]
    await desk.type("2")
    assert process.typed == "2"
    process.draws(b"hello")
    process.says("theme", background="#fff", dark=False)
    process.says("ended", said="Kept.")
    process.ends()
    assert await window.closed == Close.ENDED
    assert window.drawn == b"hello"
    assert window.told == [("theme", "#fff"), ("said", "Kept.")]


async def test_a_process_that_ends_without_a_word_had_a_fault(started: list[FakeProcess]) -> None:
    _, window = await opened(Desks(setup, Limits()))
    started[0].ends()
    assert await window.closed == Close.FAILED


async def test_a_second_window_takes_over_and_the_first_is_told(started: list[FakeProcess]) -> None:
    desks = Desks(setup, Limits())
    desk, first = await opened(desks)
    again, second = await opened(desks)
    assert again is desk
    assert await first.closed == Close.TAKEN_OVER
    desk.left_by(first)
    assert desk.window is second
    assert ("window", {"width": 80, "height": 24}) in started[0].told
    started[0].draws(b"all of it")
    started[0].ends()
    assert await second.closed == Close.FAILED
    assert (first.drawn, second.drawn) == (b"", b"all of it")


async def test_a_page_that_comes_back_by_itself_takes_over_from_none_but_itself(
    started: list[FakeProcess],
) -> None:
    desks = Desks(setup, Limits())
    desk, lost = await opened(desks, look=LOOK._replace(page="office"))
    back = LOOK._replace(page="office", by_itself=True)
    _, again = await opened(desks, look=back)  # before the server has noticed that it was lost
    assert await lost.closed == Close.TAKEN_OVER
    _, home = await opened(desks, look=LOOK._replace(page="home"))
    assert await again.closed == Close.TAKEN_OVER
    assert await desks.open(ANA, FakeWindow(), back) == Close.TAKEN_OVER
    assert desk.window is home
    desk.left_by(home)
    await opened(desks, look=back)
    assert len(started) == 1


async def test_what_is_drawn_while_nobody_looks_holds_nothing_up(
    started: list[FakeProcess],
) -> None:
    desks = Desks(setup, Limits())
    desk, window = await opened(desks)
    desk.left_by(window)
    started[0].draws(b"unseen")
    _, second = await opened(desks)
    started[0].ends()
    await second.closed
    assert window.drawn == b""
    assert len(started) == 1


async def test_there_are_no_more_desks_than_places(started: list[FakeProcess]) -> None:
    desks = Desks(setup, Limits(desks=1))
    _, window = await opened(desks)
    assert await desks.open(BEN, FakeWindow(), LOOK) == Close.FULL
    await opened(desks)  # ana has one already
    started[0].ends()
    await window.closed
    assert isinstance(await desks.open(BEN, FakeWindow(), LOOK), Desk)


async def test_a_desk_without_keys_is_closed(started: list[FakeProcess]) -> None:
    _, window = await opened(Desks(setup, Limits(idle=0.01)))
    assert await window.closed == Close.IDLE
    assert started[0].told[-1] == ("quit", {})


async def test_a_desk_without_a_window_is_closed(started: list[FakeProcess]) -> None:
    desks = Desks(setup, Limits(unseen=0.01))
    desk, window = await opened(desks)
    desk.left_by(window)
    await desk.ended
    assert started[0].told[-1] == ("quit", {})
    assert not window.closed.done()


async def test_who_comes_while_a_desk_is_closing_gets_a_new_one(
    started: list[FakeProcess],
) -> None:
    desks = Desks(setup, Limits())
    desk, _ = await opened(desks)
    desk.closing = True
    opening = asyncio.create_task(opened(desks))
    await asyncio.sleep(0)
    assert len(started) == 1
    started[0].ends()
    again, _ = await opening
    assert again is not desk
    assert len(started) == 2


async def test_going_down_closes_all_and_opens_none(started: list[FakeProcess]) -> None:
    desks = Desks(setup, Limits())
    windows = [window for _, window in [await opened(desks, ANA), await opened(desks, BEN)]]
    await desks.close()
    assert [await window.closed for window in windows] == [Close.GOING_DOWN] * 2
    assert all(("quit", {}) in process.told for process in started)
    assert await desks.open(ANA, FakeWindow(), LOOK) == Close.GOING_DOWN
    assert desks.names == ()


async def test_signing_out_closes_that_persons_desk(started: list[FakeProcess]) -> None:
    desks = Desks(setup, Limits())
    _, ana = await opened(desks, ANA)
    _, ben = await opened(desks, BEN)
    await desks.sign_out("ana")
    await desks.sign_out("nobody")
    assert await ana.closed == Close.SIGNED_OUT
    assert not ben.closed.done()
    assert desks.names == ("ben",)
