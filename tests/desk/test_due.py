"""When a ticket is due that nobody has begun yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.intake import Intake
from sopguide.desk.local import LocalDesk
from sopguide.desk.queue import Queue, Waiting
from sopguide.desk.wording import SPOKEN, parked_note
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from tests.building import library
from tests.desk.test_local import ME, SOP, Clock

if TYPE_CHECKING:
    from pathlib import Path

DATA = SOP.replace("title: Example", "title: Copy of personal data").replace(
    "start: first", "clock: {limit: 48h, from: ticket.received, authority: GDPR}\nstart: first"
)
HACKED = SOP.replace("title: Example", "title: Account taken over")


def desk_of(log: LocalLog) -> LocalDesk:
    files = {"sops/data.yaml": DATA, "sops/hacked.yaml": HACKED}
    return LocalDesk(library(files), log, ME, clock=Clock())


def test_a_ticket_is_due_by_the_clocks_of_the_sop_it_seems_to_need(tmp_path: Path) -> None:
    with LocalLog(tmp_path / "data") as log:
        desk = desk_of(log)
        ticket = {"body": "my personal data", "received": "2026-09-21T12:00:00Z"}
        due = desk.due(ticket)
        assert due is not None
        assert due.isoformat() == "2026-09-23T12:00:00+00:00"
        assert desk.due({**ticket, "body": "taken over"}) is None
        assert desk.due({**ticket, "body": "taken over"}, "data") == due
        assert desk.due({"body": "my personal data"}) is None  # nobody knows when it came


def test_a_queue_is_worked_by_the_clock(tmp_path: Path) -> None:
    texts = {
        "T-1": {"body": "account taken over"},
        "T-2": {"body": "my data", "received": "2026-09-22T12:00:00Z"},
        "T-3": {"body": "my data", "received": "2026-09-21T12:00:00Z"},
    }
    waiting = [Waiting(name, {"id": name, **text}, name) for name, text in texts.items()]
    with LocalLog(tmp_path / "data") as log:
        queue = Queue(waiting)
        assert Intake(desk_of(log), queue=queue).next().ticket["id"] == "T-3"
        assert queue.ids == ("T-3", "T-2", "T-1")


def left_by(desk: LocalDesk, sop: str, name: str, received: str | None = None) -> None:
    ticket = {"id": name, **({"received": received} if received else {})}
    walk = desk.open(sop, ticket)
    assert isinstance(walk, LoggedWalk), walk
    assert walk.answer("yes") is None
    assert walk.suspend("waiting") is None


def test_parked_tickets_tell_how_much_time_a_limit_leaves_the_soonest_first(tmp_path: Path) -> None:
    with LocalLog(tmp_path / "data") as log:
        desk = desk_of(log)
        left_by(desk, "data", "T-1", "2026-09-21T12:00:00Z")
        left_by(desk, "data", "T-2", "2026-09-20T12:00:00Z")
        left_by(desk, "data", "T-3")  # nobody knows when it came
        left_by(desk, "hacked", "T-4")
        listed = desk.parked()
        assert [each.ticket for each in listed] == ["T-2", "T-1", "T-4", "T-3"]
        first, second, *others = map(parked_note, listed)
        assert first == "waiting for the customer · 0 min · ⏱ 21h 46m"
        assert second == "waiting for the customer · 0 min · ⏱ 45h 46m"
        assert others == ["waiting for the customer · 0 min"] * 2
        assert parked_note(listed[0], SPOKEN).endswith("0 min, 21h 46m left")


def test_a_parked_ticket_whose_form_is_damaged_is_listed_without_a_clock(tmp_path: Path) -> None:
    with LocalLog(tmp_path / "data") as log:
        desk = desk_of(log)
        left_by(desk, "data", "T-1", "2026-09-21T12:00:00Z")
        for form in (tmp_path / "data" / "forms").iterdir():
            form.write_bytes(b'{"clock": 1}')
        [parked] = desk.parked()
        assert parked.ticket == "T-1"
        assert parked.clock is None
