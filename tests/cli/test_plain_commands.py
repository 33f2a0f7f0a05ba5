"""What else can be done in lines: other outcomes, remarks, parking, the reply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sopguide.cli.plain import Ending, walk_plain
from sopguide.desk.hand import OfferedOutcome
from sopguide.desk.settings import Settings
from sopguide.walk.countdown import RUNNING, Countdown
from tests.tui.fakes import (
    COUNTRY,
    ENDED,
    PROOF,
    FakeDesk,
    FakeWalk,
    make_offer,
    make_parked,
    make_view,
)

if TYPE_CHECKING:
    from pathlib import Path

OFFERED = (
    OfferedOutcome("refuse", "rejected", "no", "We say no", "a/no", "", None, None),
    OfferedOutcome("hand-off", "escalated", None, "", None, "", "integrity", "4h"),
)


class Agent:
    """Somebody at a walk in lines."""

    def __init__(self, walk: FakeWalk, settings: Settings | None = None) -> None:
        self.walk = walk
        self.walk.offers = OFFERED
        self.desk = FakeDesk(
            offers=(make_offer("a/coins", "Coins"),), parked=(make_parked("w1", reason="break"),)
        )
        self.settings = settings
        self.said: list[str] = []
        self.ending: Ending | None = None

    def types(self, *lines: str, drill: bool = False) -> str:
        """The whole dialogue, the lines typed left out."""
        typed = iter(lines)

        def ask(prompt: str) -> str | None:
            self.said.append(prompt)
            return next(typed, None)

        desk = None if drill else self.desk
        self.ending = walk_plain(
            self.walk, ask, self.said.append, desk=desk, settings=self.settings
        )
        return "\n".join(self.said)


def agent(*views: object) -> Agent:
    return Agent(FakeWalk(*(views or (PROOF, ENDED))))  # type: ignore[arg-type]


def test_every_command_is_told_on_a_line_of_its_own() -> None:
    said = agent().types("?")
    for word in [
        "back",
        "undo",
        "redo",
        "path",
        "ticket",
        "ahead",
        "macro",
        "fill",
        "edit",
        "diff",
        "copy",
        "find",
        "note",
    ]:
        assert f"\n  {word}" in said
    for word in ["feedback", "escalate", "override", "park", "parked", "give", "quit"]:
        assert f"\n  {word}" in said


def test_undo_and_redo() -> None:
    walker = agent()
    walker.types("1", "undo", "redo", "quit")
    assert walker.walk.calls == ["undo", "redo", "suspend"]


def test_what_may_come_is_read() -> None:
    assert "Still possible: " in agent().types("ahead")


def test_clocks_are_read_each_on_a_line() -> None:
    walker = agent()
    assert "No clock runs here" in walker.types("clocks")
    due = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    walker.walk.countdowns = (Countdown("Answer", due, 7_500.0, RUNNING, "GDPR"),)
    assert "Answer: 2h 5m left, due 2026-11-23" in walker.types("clocks")


def test_another_outcome_is_chosen_with_a_reason() -> None:
    walker = agent()
    said = walker.types("override", "x", "1", "3")
    assert "  1  rejected, We say no, a/no\n  2  escalated, to integrity within 4h" in said
    assert "Type a number of 1 to 2, or press Enter" in said
    assert "  3  something about this ticket that the SOP cannot know" in said
    assert ("overrule", "refuse", "context") in walker.walk.calls


def test_another_outcome_on_one_line() -> None:
    walker = agent()
    walker.types("override refuse sop-wrong", "override 1 2")
    assert walker.walk.calls[:2] == [("overrule", "refuse", "sop-wrong")] * 2


def test_escalating_offers_hand_offs_alone() -> None:
    walker = agent()
    said = walker.types("escalate", "1", "policy-gap")
    assert "We say no" not in said
    assert ("overrule", "hand-off", "policy-gap") in walker.walk.calls


def test_choosing_nothing_changes_nothing() -> None:
    walker = agent()
    walker.types("override", "", "override", "1", "", "park", "", "feedback", "")
    assert walker.walk.calls == ["suspend"]


def test_a_ticket_is_parked_with_a_reason() -> None:
    walker = agent()
    said = walker.types("park", "waiting")
    assert "  1  waiting for the customer\n  2  break\n  3  hand-over" in said
    assert "Parked: waiting for the customer" in said
    assert walker.ending is Ending.PARKED
    assert agent().types("park 2").endswith("Parked: break")


def test_a_note_and_feedback_are_kept() -> None:
    walker = agent()
    said = walker.types(
        "note Asked Twice",
        "note",
        "more",
        "note",
        "",
        "feedback 1 what proof?",
        "feedback",
        "2",
        "no",
    )
    assert [call for call in walker.walk.calls if call[0] == "remark"] == [
        ("remark", "note", "Asked Twice", None),
        ("remark", "note", "more", None),
        ("remark", "feedback", "what proof?", "unclear"),
        ("remark", "feedback", "no", "wrong"),
    ]
    assert "Nothing was written, so nothing is kept" in said
    assert "Kept, for the SOP's owner." in said


def test_what_cannot_be_kept_is_said() -> None:
    walker = agent()
    walker.walk.broken = "the disk is full"
    assert "The disk is full" in walker.types("note x")


def test_a_question_for_a_text_takes_what_begins_like_a_command() -> None:
    walker = agent(make_view(type="text"), make_view(type="text"), ENDED)
    walker.types("note that he is 12", "/note he is 12", "park the car")
    assert walker.walk.given == ["note that he is 12", "park the car"]
    assert ("remark", "note", "he is 12", None) in walker.walk.calls


def test_the_parked_tickets_are_read() -> None:
    said = agent().types("parked")
    assert "  parked 1  T-1, account/hacked 3.1.0, Account taken over, at proof, break" in said


def test_a_parked_ticket_is_taken_up_from_a_walk_and_the_walk_is_kept() -> None:
    walker = agent()
    walker.desk.walk = FakeWalk(ENDED)
    walker.types("parked 3", "parked 1", "done")
    assert walker.desk.calls == [("resume", "w1")]
    assert walker.walk.calls == ["suspend"]
    assert walker.ending is Ending.FINISHED


def test_where_a_walk_cannot_be_kept_it_goes_on() -> None:
    walker = agent()
    walker.walk.broken = "the disk is full"
    other = walker.desk.walk = FakeWalk(ENDED)
    assert "The disk is full" in walker.types("parked 1")
    assert other.calls == ["suspend"]


def test_anything_is_found() -> None:
    said = agent().types("find coins", "find zebra")
    assert "  SOP  a/coins  Coins" in said
    assert "Nothing fits `zebra`" in said


def test_a_drill_tells_nothing_of_what_may_come() -> None:
    said = agent(PROOF).types("?", "ahead", "override", drill=True)
    assert "the outcomes still possible" not in said
    assert "No answer reads `ahead`" in said
    assert "No answer reads `override`" in said


# The reply


def test_a_placeholder_is_filled_in_on_request_or_by_name() -> None:
    walker = agent(ENDED)
    said = walker.types("fill", "A-17", "fill", "fill order_id A-18", "fill nonsense x")
    assert "order_id> " in said
    assert "we could not confirm [Order #123] A-17." in said
    assert "Nothing is left to fill in" in said
    assert "we could not confirm [Order #123] A-18." in said
    assert "To be filled in by you: order_id" in said


def test_where_there_is_no_reply_it_is_said() -> None:
    said = agent(COUNTRY).types("fill", "edit", "copy", "macro")
    assert said.count("There is no reply here") == 2
    assert "There is nothing to copy here" in said
    assert "Reply: none" in said


def test_a_reply_is_edited_in_the_agent_s_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nprintf 'Dear Ana' > \"$1\"\ntouch -d '2001-01-01' \"$1\"\n")
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    said = agent(ENDED).types("diff", "edit", "diff", "edit undo")
    assert "The reply is as it was recommended" in said
    assert "Reply (en, edited):\nDear Ana" in said
    assert "+ Dear Ana" in said
    assert said.count("Reply (en):") == 2


@pytest.mark.parametrize(
    ("editor", "said"),
    [("", "Set EDITOR to the editor"), ("false", "failed"), ("true", "Nothing was changed")],
)
def test_an_editor_that_does_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    assert said in agent(ENDED).types("edit")


def test_reply_and_label_are_copied_by_file(tmp_path: Path) -> None:
    file = tmp_path / "copied"
    walker = Agent(FakeWalk(ENDED), Settings(copy_file=file))
    assert f"it is in the file {file}" in walker.types("copy")
    assert file.read_text().startswith("Hi Ana,")
    walker.types("copy label")
    assert file.read_text() == "account/hacked/not-verified"


def test_without_a_way_to_copy_it_is_said_how_to_name_one() -> None:
    assert "Name a copy_command or a copy_file in " in agent(ENDED).types("copy")


def test_an_outcome_that_was_chosen_instead_says_why() -> None:
    said = agent(ENDED._replace(overruled="customer-asked")).types()
    assert "Chosen instead of what the SOP recommends: the customer asked for it" in said
