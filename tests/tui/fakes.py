"""A walk and a desk that follow a script: what the screens show is what the script says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.desk.day import Day
from sopguide.desk.foreseeing import Sight
from sopguide.desk.known import Known
from sopguide.desk.parked import Parked
from sopguide.desk.shelf import Offer, Shelf
from sopguide.log.remarks import Remark, Remarked
from sopguide.walk.ahead import Ahead, AheadOutcome
from sopguide.walk.catalogue import Entry
from sopguide.walk.outcome import Escalation
from sopguide.walk.returning import Kept, Return
from sopguide.walk.rows import FactRow, PathRow
from sopguide.walk.view import Choice, OutcomeView, View
from sopguide.walk.wording import Rendered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sopguide.desk.hand import Applied, OfferedOutcome
    from sopguide.walk.countdown import Countdown

PATH = (
    PathRow(0, "reach", "reach", "No, locked out everywhere", "agent", False, True, False),
    PathRow(1, "country", "country", "DE", "ticket", False, False, False),
    PathRow(2, "proof", "proof", "", "agent", True, False, False),
)
FACTS = (
    FactRow("country", "DE", "ticket"),
    FactRow("age", "24", "ticket"),
    FactRow("reach", "no", "agent"),
)


def make_view(**changed: Any) -> View:
    """A view of a choice at a step, but for what is changed."""
    shown: dict[str, Any] = {
        "sop": "account/hacked",
        "title": "Account taken over by someone else",
        "version": "3.1.0",
        "status": "ask",
        "step": "proof",
        "kind": "ask",
        "text": "Which proof of ownership can the person give?",
        "help": "",
        "because": (),
        "critical": False,
        "fact": "proof",
        "type": "choice",
        "unit": None,
        "choices": (),
        "multiple": False,
        "exclusive": (),
        "optional": False,
        "suggested": None,
        "asked": False,
        "check": (),
        "wait_for": None,
        "path": PATH,
        "facts": FACTS,
        "misfits": (),
        "misfit": None,
        "reason": None,
        "outcome": None,
        "overruled": None,
        "language": "en",
        "number": 2,
    }
    return View(**{**shown, **changed})


CHOICES = (
    Choice("mail", "Original e-mail or phone"),
    Choice("receipt", "Receipt of a purchase in the app"),
    Choice("device", "The device the account was made on"),
    Choice("none", "None of these"),
)
PROOF = make_view(
    choices=CHOICES,
    help="Ask for the receipt number only, never a picture of a card.",
    because=("CG-ACC-3",),
)
AGE = make_view(
    step="age",
    fact="age",
    text="How old is the account holder?",
    type="integer",
    unit="years",
    optional=True,
    asked=True,
)
DO = make_view(
    step="secure",
    kind="do",
    status="do",
    fact=None,
    type=None,
    text="Ask the person to end all other sessions.",
    check=("Other sessions ended", "Password changed"),
    choices=(Choice("done", "Done"),),
)
TELL = make_view(
    kind="do", status="do", type=None, text="Tell them.", choices=(Choice("done", "Done"),)
)
MANY = make_view(
    text="Which proofs did the person give?", type="choices", multiple=True, choices=CHOICES
)
LANDS = (
    "Austria Belgium Bulgaria Cyprus Czechia Denmark Estonia Finland France Germany Greece Italy"
)
COUNTRY = make_view(
    step="country",
    fact="country",
    text="Which country is the account in?",
    choices=tuple(Choice(name[:2].upper(), name) for name in LANDS.split()),
)
WAIT = make_view(
    step="ask_receipt",
    kind="wait",
    status="wait",
    type=None,
    fact=None,
    text="customer reply",
    wait_for="7d",
    choices=(Choice("reply", "The reply is here"), Choice("timeout", "No reply in time")),
    outcome=OutcomeView(
        "wait", "request-receipt", "Send us the receipt", "account/pending", "Pending", None
    ),
)
STUCK = make_view(
    status="stuck", kind="decide", type=None, fact=None, text="No rule", reason="division by zero"
)
ENDED = make_view(
    step="refuse",
    kind="end",
    status="ended",
    type=None,
    fact=None,
    text="The walk has ended.",
    outcome=OutcomeView(
        "rejected",
        "ownership-not-shown",
        "We could not confirm ownership",
        "account/hacked/not-verified",
        "Ownership not shown",
        None,
    ),
)
SENIOR = make_view(
    status="ended",
    kind="end",
    type=None,
    outcome=OutcomeView(
        "escalated", None, "", "account/hacked/high-value", "", Escalation("integrity-senior", "4h")
    ),
)

AHEAD = Ahead(
    (
        AheadOutcome("resolved", None, 2),
        AheadOutcome("rejected", None, 1),
        AheadOutcome("escalated", "account-integrity", 1),
    ),
    questions=4,
    answered=2,
    to_wait=4,
)
RETURNS = (
    Return("No, locked out everywhere", True, ("proof", "age"), ()),
    Return("Yes", False, ("age",), ("proof",)),
    Return("Nobody knows", False, (), ("proof", "age")),
)
ENTRIES = (
    Entry("step", "reach", "Can the person still sign in on any device?"),
    Entry("step", "country", "Which country is the account in?"),
    Entry("step", "proof", "Which proof of ownership can the person give?"),
    Entry("step", "refuse", "rejected"),
    Entry("macro", "ownership-not-shown", "We could not confirm ownership"),
    Entry("label", "account/hacked/not-verified", "Ownership not shown"),
)
BODIES = {
    "en": Rendered("Hi Ana,\n\nwe could not confirm [Order #123] ⟦order_id⟧.", ("order_id",)),
    "es": Rendered("Hola Ana, …"),
    "de": Rendered("Hallo Ana, …"),
}


class FakeWalk:
    """Goes from view to view, whatever is answered, but for what it is told to refuse."""

    def __init__(self, *views: View, ticket: str | None = "T-48812") -> None:
        self.views = views
        self.at = 0
        self.given: list[Any] = []
        self.calls: list[Any] = []
        self.refusals: dict[Any, str] = {}
        self.broken: str | None = None
        self.ticket: dict[str, Any] = {}
        self.ticket_id = ticket
        self.locales = ("en", "es", "de")
        self.locale = "en"
        self.language = "en"
        self.offers: tuple[OfferedOutcome, ...] = ()
        self.spent = 0.0
        self.waiting: tuple[Kept, ...] = ()
        self.applied: Applied | None = None
        self.beside: Mapping[str, Any] = {}
        self.countdowns: tuple[Countdown, ...] = ()

    def view(self) -> View:
        return self.views[self.at]

    def foresee(self, choice: Any) -> Sight | None:
        if choice in self.refusals or self.at + 1 == len(self.views):
            return None
        return Sight(self.views[self.at + 1], AHEAD)

    def answer(self, choice: Any) -> str | None:
        if isinstance(choice, str) and choice in self.refusals:
            return self.refusals[choice]
        if self.broken:
            return self.broken
        self.given.append(choice)
        self.at += 1
        return None

    def back(self, to: int | None = None) -> str | None:
        self.calls.append(("back", to))
        if self.at == 0:
            return "there is nothing to go back to"
        self.at -= 1
        return None

    def ahead(self) -> Ahead:
        return AHEAD

    def clocks(self) -> tuple[Countdown, ...]:
        return self.countdowns

    def undo(self) -> str | None:
        self.calls.append("undo")
        return self.broken

    def redo(self) -> str | None:
        self.calls.append("redo")
        return self.broken

    def offered(self) -> tuple[OfferedOutcome, ...]:
        return self.offers

    def overrule(self, outcome: str, reason: str) -> str | None:
        self.calls.append(("overrule", outcome, reason))
        return self.broken

    def kept(self) -> tuple[Kept, ...]:
        return self.waiting

    def returning(self, to: int) -> tuple[Return, ...]:
        self.calls.append(("returning", to))
        return RETURNS

    def catalogue(self) -> tuple[Entry, ...]:
        return ENTRIES

    def text_of(self, macro: str, locale: str) -> Rendered:
        return BODIES[locale]

    def remark(self, kind: str, text: str, about: str | None = None) -> Remarked | str:
        self.calls.append(("remark", kind, text, about))
        return self.broken or Remarked()

    def keep(self, beside: Mapping[str, Any]) -> str | None:
        self.beside = dict(beside)
        return self.broken

    def remarks(self) -> tuple[Remark, ...]:
        return ()

    def help_opened(self) -> str | None:
        self.calls.append("help")
        return self.broken

    def macro(self, locale: str, filled: Mapping[str, str] | None = None) -> Rendered | None:
        outcome = self.view().outcome
        if outcome is None or outcome.macro is None:
            return None
        text, missing, _ = BODIES[locale]
        for name, value in (filled or {}).items():
            text = text.replace(f"⟦{name}⟧", value)
        return Rendered(text, tuple(name for name in missing if name not in (filled or {})), locale)

    def finish(self, applied: Applied | None = None) -> str | None:
        self.calls.append("finish")
        self.applied = applied
        return self.broken

    def suspend(self, reason: str = "left") -> str | None:
        self.calls.append("suspend")
        return self.broken

    def abandon(self, reason: str) -> str | None:
        self.calls.append(("abandon", reason))
        return self.broken


class FakeDesk:
    """Opens the one walk it is given."""

    def __init__(
        self,
        walk: FakeWalk | str = "no walk",
        parked: tuple[Parked, ...] = (),
        offers: tuple[Offer, ...] = (),
    ) -> None:
        self.walk = walk
        self.kept = list(parked)
        self.done: set[str] = set()
        self.shelf = Shelf(offers)
        self.calls: list[Any] = []
        self.broken: str | None = None

    def open(self, sop: str, ticket: Mapping[str, Any]) -> FakeWalk | str:
        self.calls.append(("open", sop, dict(ticket)))
        return self.walk

    def open_once(self, sop: str, ticket: Mapping[str, Any]) -> FakeWalk | str | None:
        return None if self.settled({str(ticket["id"])}) else self.open(sop, ticket)

    def parked(self) -> list[Parked]:
        return self.kept

    def known(self, sop: str, ticket: Mapping[str, Any]) -> Known:
        facts = ticket.get("facts", {}).items()
        rows = tuple(FactRow(name, str(value), "ticket") for name, value in facts)
        return Known(rows, tuple(ticket.get("misfits", ())))

    def due(self, ticket: Mapping[str, Any], sop: str | None = None) -> datetime | None:
        return None

    def day(self) -> Day:
        return Day(3, 95.0, len(self.kept))

    def settled(self, tickets: Collection[str]) -> frozenset[str]:
        return frozenset(self.done.intersection(tickets))

    def resume(self, walk: str) -> FakeWalk | str:
        self.calls.append(("resume", walk))
        return self.walk

    def abandon(self, walk: str) -> str | None:
        self.kept = [each for each in self.kept if each.walk != walk]
        return self.broken


def make_offer(sop: str, title: str, **changed: Any) -> Offer:
    """An offer on the shelf."""
    shown: dict[str, Any] = {
        "version": "1.0.0",
        "owner": "owner",
        "about": f"What {title} is about.",
        "keywords": (),
        "labels": (),
    }
    return Offer(sop, title, **{**shown, **changed})


def make_parked(walk: str, ticket: str | None = "T-1", reason: str = "left") -> Parked:
    """A walk left before its end."""
    started = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    return Parked(
        walk,
        "account/hacked",
        "3.1.0",
        "Account taken over",
        ticket,
        "proof",
        started,
        started,
        reason,
        8_000.0,
    )
