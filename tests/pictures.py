"""The pictures of the desk in README.md, taken from the real app with the shipped procedures.

    python -m tests.pictures

takes them anew; `tests/test_readme_pictures.py` tells when that is due.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sopguide.desk.local import LocalDesk
from sopguide.graph.load import load_library
from sopguide.log.identity import Identity
from sopguide.log.local import LocalLog
from sopguide.tui.app import DeskApp
from sopguide.walk.events import Moment
from tests.settling import press, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".pictures"
TICKET = {
    "id": "T-48812",
    "locale": "en",
    "subject": "cant get in!!",
    "body": "hi someone hacked my account and changed my number, they post stuff now. pls help",
    "received": "2026-11-22T09:10:00Z",
    "requester": {"first_name": "Ana"},
    "facts": {"country": "DE", "age": 24},
}
NOW = Moment(1_795_340_000_000, 0)


class Picture(NamedTuple):
    """What is shown: a walk's answers from its start, at a size of the terminal."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]


PICTURES = (
    Picture("question", (80, 24), ("2", "2")),
    Picture("question-wide", (120, 24), ("2", "2")),
    Picture("end", (80, 24), ("2", "2", "5")),
)


async def take(picture: Picture, folder: Path) -> str:
    """A picture as SVG."""
    library = load_library(ROOT / "trees", folder / "cache")
    with LocalLog(folder / picture.name) as log:
        desk = LocalDesk(library, log, Identity("ana"), clock=lambda: NOW)
        app = DeskApp(desk, sop="account/hacked", ticket=TICKET, clock=lambda: 0.0)
        async with app.run_test(size=picture.size) as pilot:
            await settled(pilot)
            await press(pilot, *picture.keys)
            return app.export_screenshot(title="sopguide walk", simplify=True)


def all_taken() -> Iterator[tuple[Path, str]]:
    """Each picture with the file it belongs to."""
    with tempfile.TemporaryDirectory() as folder:
        for picture in PICTURES:
            yield PLACE / f"{picture.name}.svg", asyncio.run(take(picture, Path(folder)))


if __name__ == "__main__":
    PLACE.mkdir(exist_ok=True)
    for file, svg in all_taken():
        file.write_text(svg)
