"""A real desk process: what it is started with, and how it ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.cli.options import find_trees
from sopguide.log.local import LocalLog
from sopguide.serve.process import DeskProcess
from sopguide.serve.run import prepare
from sopguide.serve.setup import Setup
from tests.serve.seen import Seen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def setup(data: Path, cache: Path) -> Setup:
    prepare(data, cache)
    trees = str(find_trees(Path(__file__).parents[2] / "trees"))
    return Setup("ana", "acme", trees, str(data), str(cache), 80, 24, False, "", 512)


@pytest.fixture
async def seen(setup: Setup) -> AsyncIterator[Seen]:
    desk = await DeskProcess.start(setup)
    yield Seen(desk)
    await desk.stop()


def _of_process(seen: Seen, what: str) -> bytes:
    return Path(f"/proc/{seen.desk._process.pid}/{what}").read_bytes()


async def begin(seen: Seen) -> None:
    await seen.until("Which procedure")
    await seen.desk.type("hacked")
    await seen.until("1 of")
    await seen.desk.type("\r")
    await seen.until("▸ safety")


async def test_it_has_nothing_of_the_servers_surroundings(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await seen.until("Which procedure")
    environment = _of_process(seen, "environ")
    names = {pair.partition(b"=")[0].decode() for pair in environment.split(b"\0") if pair}
    assert names <= {
        "PYTHONPATH",
        "PYTHONUTF8",
        "TEXTUAL_FPS",
        "TEXTUAL_COLOR_SYSTEM",
        "COLORTERM",
        "TERM",
    }
    assert b"ana" not in _of_process(seen, "cmdline")


async def test_it_walks_in_the_name_it_was_given(seen: Seen, setup: Setup) -> None:
    await begin(seen)
    seen.desk.tell("quit")
    assert await seen.to_the_end() == "ended"
    [walk] = LocalLog(Path(setup.data)).walks()
    records = [*walk.records()]
    assert {(record["agent"], record["vendor"]) for record in records} == {("ana", "acme")}
    assert records[-1]["type"] == "walk.suspended"


async def test_it_works_with_the_least_memory_that_can_be_asked_for(setup: Setup) -> None:
    seen = Seen(await DeskProcess.start(setup._replace(memory=128)))
    await begin(seen)
    seen.desk.tell("quit")
    assert await seen.to_the_end() == "ended"


async def test_no_key_stops_it_or_leads_out_of_it(seen: Seen) -> None:
    await begin(seen)
    await seen.desk.type("\x1a\x03\x1c")  # Ctrl+Z, Ctrl+C, Ctrl+\
    await seen.desk.type("2")
    await seen.until("▸ open_ticket")
    assert seen.desk._process.returncode is None


async def test_when_its_server_dies_it_leaves_in_order(seen: Seen, setup: Setup) -> None:
    await begin(seen)
    seen.desk._stdin.close()
    assert await seen.to_the_end() == "ended"
    [walk] = LocalLog(Path(setup.data)).walks()
    assert [*walk.records()][-1]["type"] == "walk.suspended"


async def test_walks_of_others_are_neither_offered_nor_taken_in_hand(
    seen: Seen, setup: Setup
) -> None:
    await begin(seen)
    seen.desk.tell("quit")
    await seen.to_the_end()
    ben = Seen(await DeskProcess.start(setup._replace(name="ben")))
    await ben.until("Which procedure")
    ben.desk.tell("quit")
    assert await ben.to_the_end() == "ended"
    ana = Seen(await DeskProcess.start(setup))
    await ana.until("▸ safety")
    ana.desk.tell("quit")
    assert await ana.to_the_end() == "ended"


async def test_of_one_queue_each_person_gets_other_tickets(setup: Setup, tmp_path: Path) -> None:
    queue = tmp_path / "tickets.jsonl"
    queue.write_text('{"id": "T-1", "subject": "hacked"}\n{"id": "T-2", "subject": "hacked"}\n')
    setup = setup._replace(queue=str(queue))
    ana = Seen(await DeskProcess.start(setup))
    await ana.until("T-1")
    await ana.desk.type("\x1b[B\x1b[A\r")  # pointed at by hand, it is begun at once
    await ana.until("▸ safety")
    ben = Seen(await DeskProcess.start(setup._replace(name="ben")))
    await ben.until("T-2")
    assert "T-1" not in ben.screen.text
    await ana.desk.stop()
    await ben.desk.stop()


async def test_a_parked_walk_stays_parked(seen: Seen, setup: Setup) -> None:
    from sopguide.desk.local import LocalDesk
    from sopguide.graph.load import load_library
    from sopguide.log.identity import Identity
    from sopguide.serve.person import OwnLog, in_hand

    await begin(seen)
    seen.desk.tell("quit")
    await seen.to_the_end()
    library = load_library(Path(setup.trees), Path(setup.cache))
    with OwnLog(Path(setup.data), "ana") as log:
        desk = LocalDesk(library, log, Identity("ana"))
        walk = in_hand(desk, log)
        assert walk is not None
        assert walk.suspend("waiting") is None
        assert in_hand(desk, log) is None
        assert len(desk.parked()) == 1


async def test_it_speaks_the_language_that_the_browser_asks_for(seen: Seen, setup: Setup) -> None:
    await seen.until("account/hacked")
    german = Seen(await DeskProcess.start(setup._replace(name="ben", languages="de-AT,en;q=0.5")))
    await german.until("account/hacked")
    assert german.screen.text != seen.screen.text
    await german.desk.stop()


async def test_a_desk_that_cannot_work_says_so_and_nothing_of_why(setup: Setup) -> None:
    (Path(setup.data) / "locks" / "desk-ana.lock").mkdir()
    seen = Seen(await DeskProcess.start(setup))
    assert await seen.to_the_end() == "failed"
    assert os.sep not in seen.said[-1]["said"]


async def test_a_desk_that_does_not_end_is_ended(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    monkeypatch.setattr("sopguide.serve.process._PATIENCE", 0.1)
    desk = await DeskProcess.start(setup)
    os.kill(desk._process.pid, signal.SIGSTOP)
    await desk.stop()
    assert desk._process.returncode == -signal.SIGKILL
