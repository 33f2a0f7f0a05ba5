"""Which ticket is next."""

from __future__ import annotations

from sopguide.desk.intake import Gone, Intake, Next
from sopguide.desk.queue import Queue, Waiting
from tests.tui.fakes import PROOF, FakeDesk, FakeWalk, make_parked


def queue_of(*ids: str) -> Queue:
    return Queue(Waiting(each, {"id": each}, f"t.jsonl:{n}") for n, each in enumerate(ids, 1))


def test_what_was_given_at_the_start_is_next_until_it_is_begun() -> None:
    intake = Intake(FakeDesk(), "account/hacked", {"id": "T-5"})
    assert intake.next() == intake.next() == Next({"id": "T-5"}, "account/hacked")
    intake.begun({"id": "T-6"})
    assert intake.next().ticket == {"id": "T-5"}
    intake.begun({"id": "T-5"})
    assert intake.next() == Next({})
    assert not intake.later()
    assert intake.told() == ""


def test_a_queue_is_worked_one_after_another_each_with_the_sop_that_was_named() -> None:
    intake = Intake(FakeDesk(), "account/hacked", None, queue_of("T-1", "T-2"))
    first = intake.next()
    assert (first.ticket["id"], first.sop, first.place) == ("T-1", "account/hacked", "1 of 2")
    intake.begun(first.ticket)
    assert intake.next() == Next({"id": "T-2"}, "account/hacked", None, "2 of 2")
    assert not intake.later()
    intake.begun({"id": "T-2"})
    assert intake.told() == "The queue is worked off"
    assert intake.next() == Next({})


def test_what_is_settled_is_passed_over_also_while_the_queue_is_worked() -> None:
    desk = FakeDesk()
    desk.done = {"T-1"}
    intake = Intake(desk, None, None, queue_of("T-1", "T-2", "T-3"))
    assert intake.next().place == "2 of 3"
    desk.done.add("T-2")  # in another window
    intake.begun({"id": "T-9"})
    assert intake.next().ticket["id"] == "T-3"


def test_a_walk_that_was_left_goes_on() -> None:
    intake = Intake(FakeDesk(parked=(make_parked("w1", "T-1"),)), None, None, queue_of("T-1"))
    assert intake.next().walk == "w1"


def test_a_ticket_can_be_put_last() -> None:
    intake = Intake(FakeDesk(), None, None, queue_of("T-1", "T-2"))
    assert intake.later()
    assert intake.next().ticket["id"] == "T-2"


def test_what_was_passed_over_is_told_once() -> None:
    intake = Intake(FakeDesk(), None, None, Queue([], ["t.jsonl:1: it is empty", "t.jsonl:2: so"]))
    assert intake.passed_over() == "Passed over: 2. The first: t.jsonl:1: it is empty"
    assert intake.passed_over() == ""


def test_a_ticket_that_another_window_began_meanwhile_is_not_begun() -> None:
    desk = FakeDesk(FakeWalk(PROOF))
    intake = Intake(desk, None, None, queue_of("T-1", "T-2"))
    shown = intake.next().ticket
    desk.done.add("T-1")
    gone = Gone("Ticket T-1 is in other hands by now: this is the next")
    assert intake.begin("a/b", shown) == gone
    assert intake.next().ticket["id"] == "T-2"
    assert desk.calls == []
    assert intake.begin("a/b", intake.next().ticket) is desk.walk
    assert intake.told() == "The queue is worked off"


def test_a_ticket_that_cannot_be_begun_stays_the_next() -> None:
    intake = Intake(FakeDesk("the disk is full"), None, None, queue_of("T-1"))
    assert intake.begin("a/b", intake.next().ticket) == "the disk is full"
    assert intake.next().ticket["id"] == "T-1"


def test_a_ticket_of_no_queue_is_begun_whoever_had_it() -> None:
    desk = FakeDesk(FakeWalk(PROOF))
    desk.done.add("T-1")
    assert Intake(desk).begin("a/b", {"id": "T-1"}) is desk.walk
