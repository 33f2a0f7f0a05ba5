"""How the screens are laid out, as pictures; what they say and do is tested beside this file.

`pytest tests/tui/test_pictures.py --snapshot-update` takes them anew: look at each before keeping it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.tui.app import DeskApp
from sopguide.tui.themes import put_on
from tests.tui.fakes import ENDED, PROOF, WAIT, FakeDesk, FakeWalk, make_offer, make_parked
from tests.tui.running import SMALL, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sopguide.walk.view import View

    Compare = Callable[..., bool]

OFFERS = (
    make_offer("account/hacked", "Account taken over", keywords=("hacked", "stolen")),
    make_offer("safety/broken", "Broken one", why_not="no step is named `proof` [SOP201]"),
)


def desk_at(view: View) -> DeskApp:
    walk = FakeWalk(view)
    walk.ticket = {"subject": "cant get in!!", "body": "someone changed my number"}
    return DeskApp(FakeDesk(walk), sop="account/hacked", clock=lambda: 0.0)


async def light(pilot: Pilot[str]) -> None:
    put_on(pilot.app, "light")


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "200x60"])
def test_a_question(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(desk_at(PROOF), terminal_size=size, press=["down"])


def test_a_question_on_a_light_ground(snap_compare: Compare) -> None:
    assert snap_compare(desk_at(PROOF), terminal_size=SMALL, run_before=light)


def test_a_wait_with_its_reply(snap_compare: Compare) -> None:
    assert snap_compare(desk_at(WAIT), terminal_size=SMALL)


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "200x60"])
def test_the_end(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(desk_at(ENDED), terminal_size=size, run_before=light)


def test_the_choice(snap_compare: Compare) -> None:
    desk = DeskApp(FakeDesk(offers=OFFERS), clock=lambda: 0.0)
    assert snap_compare(desk, terminal_size=SMALL, press=[*"acc"])


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "200x60"])
def test_the_choice_for_a_ticket(snap_compare: Compare, size: tuple[int, int]) -> None:
    ticket = {
        "id": "T-5",
        "subject": "cant get in!!",
        "body": "somone hakced me and changed my number",
        "facts": {"country": "DE", "age": 24},
        "misfits": ["`soon` does not fit `received`"],
    }
    desk = DeskApp(FakeDesk(offers=OFFERS), ticket=ticket, clock=lambda: 0.0)
    assert snap_compare(desk, terminal_size=size)


def test_unfinished_walks(snap_compare: Compare) -> None:
    desk = DeskApp(FakeDesk(parked=(make_parked("w1", reason="waiting"), make_parked("w2", None))))
    assert snap_compare(desk, terminal_size=SMALL)
