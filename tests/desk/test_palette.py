from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.actions import ACTIONS
from sopguide.desk.palette import Hit, Palette
from sopguide.desk.shelf import Shelf
from sopguide.messages import use
from sopguide.walk.catalogue import Entry
from tests.tui.fakes import PROOF, FakeWalk, make_offer

if TYPE_CHECKING:
    import pytest

SHELF = Shelf(
    (
        make_offer("account/hacked", "Account taken over", keywords=("stolen", "locked out")),
        make_offer("payments/refund", "LIVE gift refund", keywords=("coins", "chargeback")),
        make_offer("safety/broken", "Broken one", why_not="it has errors"),
    )
)


def palette() -> Palette:
    return Palette(SHELF, FakeWalk(PROOF))


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.id) for hit in palette().find(text)]


def test_without_a_word_all_that_keys_do_is_offered() -> None:
    ids = [hit.id for hit in palette().find("")]
    assert ids == [action.name for action in ACTIONS if action.name not in {"find", "later"}]


def test_without_a_word_the_ticket_s_own_words_offer_sops_first() -> None:
    walk = FakeWalk(PROOF)
    walk.ticket = {"subject": "chargeback!!", "body": "give me my coins back"}
    first = Palette(SHELF, walk).find("")[0]
    assert (first.kind, first.id) == ("sop", "payments/refund")
    assert {"chargeback", "coins"} <= set(first.detail.split(", "))


def test_everything_is_found_by_a_few_words() -> None:
    assert ("command", "note") in found("write note")
    assert ("step", "reach") in found("sign in")
    assert ("macro", "ownership-not-shown") in found("confirm owner")
    assert ("label", "account/hacked/not-verified") in found("not-ver")
    assert ("sop", "payments/refund") in found("coins")


def test_what_is_named_exactly_so_comes_first() -> None:
    assert found("proof")[0] == ("step", "proof")


def test_a_step_says_if_it_is_on_the_path() -> None:
    details = {hit.id: hit.detail for hit in palette().find("e") if hit.kind == "step"}
    assert details["reach"] == "on the path"
    assert details["refuse"] == "not reached"


def test_an_sop_that_cannot_be_walked_says_why() -> None:
    assert Hit("sop", "safety/broken", "Broken one", "it has errors") in palette().find("broken")


def test_a_step_that_ends_the_walk_says_so_in_the_agent_s_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk = FakeWalk(PROOF)
    monkeypatch.setattr(walk, "catalogue", lambda: (Entry("step", "done", "resolved"),))
    use("es")
    try:
        hits = Palette(SHELF, walk).find("resuelto")
    finally:
        use("en")
    assert [(hit.id, hit.title) for hit in hits if hit.kind == "step"] == [("done", "resuelto")]


def test_typing_errors_are_forgiven() -> None:
    assert ("macro", "ownership-not-shown") in found("ownershp-not")


def test_nothing_fits_nothing() -> None:
    assert found("zzzzqqqq") == []


def test_without_a_walk_only_what_works_without_one_is_offered() -> None:
    alone = Palette(SHELF, None)
    assert {hit.id for hit in alone.find("")} == {"parked", "later", "leave", "theme", "keys"}
    assert alone.find("coins") == []


def test_of_each_kind_only_so_many_are_shown() -> None:
    shelf = Shelf(make_offer(f"area/sop-{n}", f"Procedure {n}") for n in range(40))
    hits = Palette(shelf, FakeWalk(PROOF)).find("procedure")
    assert len([hit for hit in hits if hit.kind == "sop"]) == 8
