"""Shipping: what a machine's log has, to the team's store, each event once.

Batches go in transactions of their own; only when the store has said that one is durable is it
noted. Whatever breaks off before, by a kill or a lost connection, is sent again, and the store
takes no event twice. What goes with an event, the compiled form it was walked by and the remark it
names, goes in the same transaction.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.faults import Damage, LogError
from sopguide.log.forms import read_form
from sopguide.log.jsontext import dumps
from sopguide.log.remarks import Remarks
from sopguide.log.team.batches import batches, months
from sopguide.log.team.connecting import opened
from sopguide.log.team.faults import NoRightError, RefusedError, StoreAwayError, told
from sopguide.log.team.gateway import GATEWAY, Gateway
from sopguide.log.team.keys import fetch_key
from sopguide.log.team.offsets import keep_offsets, read_offsets
from sopguide.log.team.outbox import Outbox, Parcel, remarks_named
from sopguide.log.team.people import myself
from sopguide.log.ticket_keys import TicketKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.log.folder import DataFolder
    from sopguide.log.team.connecting import Session

    Show = Callable[[int, int], None]
    """Told how many bytes of how many are done."""

_ATTEMPTS = 4  # to go on after the connection broke off
_PAUSE = 0.25  # seconds before the first, twice as long before each other
_SELDOM = 1.0  # seconds: what is not noted yet would only be sent again
_SHIP = "SELECT sopguide.ship(%b::text::json, %b, %b, %b)"
_MISSING_FORMS = "SELECT sopguide.missing_forms(%s)"
_NO_GATEWAY = (
    "what several people walk in browsers is shipped by a gateway, which this login is not:"
    " `sopguide db user add LOGIN --role gateway --vendor VENDOR`"
)
_ZERO, _NO_CHARACTER = b"\\u0000", b"\\ufffd"


class Shipped(NamedTuple):
    """What one run did: records that the store had not, and all that were sent."""

    new: int
    sent: int
    damages: tuple[Damage, ...] = ()


class Shipper:
    """One run, from a data folder to a store; the caller sees to it that there is one at a time."""

    def __init__(
        self, folder: DataFolder, url: str, show: Show = lambda *_: None, *, served: bool = False
    ) -> None:
        """`served`: several people walk here, so that only a gateway may ship it."""
        self._folder = folder
        self._served = served
        self._gateway: Gateway | None = None
        self._url = url
        self._show = show
        self._outbox = Outbox(folder)
        self._remarks = Remarks(folder.remarks)
        self._offsets = read_offsets(folder)
        self._forms: set[str] = set()  # that the store has
        self._damages: list[Damage] = []
        self._session: Session | None = None
        self._new = self._sent = 0
        self._kept = time.monotonic()

    def ship(self) -> Shipped:
        """Everything that is whole. Raises TeamError; what was acknowledged till then stays so."""
        try:
            self._connect()
            whole = self._outbox.waiting(self._offsets)
            done = 0
            for batch in batches(self._outbox.parcels(self._offsets)):
                self._note(self._send_in_spite(batch))
                done += sum(len(parcel.line) + 1 for parcel in batch)
                self._show(min(done, whole), whole)
            self._close_journals()
        except LogError as error:
            self._offsets.did_not_work(str(error), time.time())
            keep_offsets(self._folder, self._offsets)
            raise
        finally:
            if self._session is not None:
                self._session.close()
        held = self._gateway.held.values() if self._gateway else ()
        return Shipped(self._new, self._sent, (*self._outbox.damages, *self._damages, *held))

    def _connect(self) -> Session:
        self._session, store = opened(self._url)
        keys = TicketKeys(self._folder.ticket_key, self._folder.disk)
        if self._offsets.serve(store) or not keys.of_team():
            keys.keep(fetch_key(self._session))
        person = myself(self._session)
        if person is not None and GATEWAY in person.roles:
            self._gateway = self._gateway or Gateway(person.vendor)
        elif self._served:
            raise NoRightError(_NO_GATEWAY)
        return self._session

    def _send_in_spite(self, batch: list[Parcel]) -> list[Parcel]:
        """Sends it, over another connection where one breaks off; what of it was to be sent."""
        for attempt in range(_ATTEMPTS):
            try:
                return self._send_ready(batch)
            except StoreAwayError:
                if self._session is not None:
                    self._session.close()
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(_PAUSE * 2**attempt)
        return []

    def _send_ready(self, batch: list[Parcel]) -> list[Parcel]:
        session = self._session
        if session is None or session.closed:
            session = self._connect()
        ready = self._gateway.ready(session, batch) if self._gateway else batch
        if ready:
            self._send(ready)
        return ready

    def _send(self, batch: list[Parcel]) -> None:
        """Sends it; of records that the store never takes, it leaves out just these."""
        try:
            self._new += self._store(batch)
        except RefusedError as error:
            if len(batch) > 1:
                middle = len(batch) // 2
                self._send(batch[:middle])
                self._send(batch[middle:])
            elif _ZERO in batch[0].line:  # which PostgreSQL takes in no text
                line = batch[0].line.replace(_ZERO, _NO_CHARACTER)
                self._send([batch[0]._replace(line=line)])
            else:
                [parcel] = batch
                self._damages.append(Damage(parcel.journal, parcel.place, f"not shipped: {error}"))

    def _store(self, batch: list[Parcel]) -> int:
        session = self._session
        assert session is not None  # noqa: S101  (connected before)
        lines = (b"[" + b",".join(parcel.line for parcel in batch) + b"]").decode()
        journals = [parcel.journal for parcel in batch]
        places = [parcel.place for parcel in batch]
        with told(), session.transaction():
            self._store_forms(session, {str(parcel.record["hash"]) for parcel in batch})
            row = session.execute(_SHIP, [lines, journals, places, months(batch)]).fetchone()
            self._store_remarks(session, batch)
        return int(row[0]) if row else 0

    def _store_forms(self, session: Session, named: set[str]) -> None:
        unknown = sorted(named - self._forms)
        if not unknown:
            return
        row = session.execute(_MISSING_FORMS, [unknown]).fetchone()
        for form_hash in row[0] if row else ():
            try:
                form = read_form(self._folder, form_hash)
            except LogError:
                continue  # the walk is shipped all the same, and told by its ids
            session.execute("SELECT sopguide.ship_form(%s, %b)", [form_hash, form])
        self._forms |= named

    def _store_remarks(self, session: Session, batch: list[Parcel]) -> None:
        remarks = [remark.to_json() for remark in self._remarks.find(remarks_named(batch))]
        if remarks:
            lines = dumps(remarks).decode()
            session.execute("SELECT sopguide.ship_remarks(%b::text::json)", [lines])

    def _note(self, batch: list[Parcel]) -> None:
        self._sent += len(batch)
        for parcel in batch:
            self._offsets.journals[parcel.journal] = parcel.after
        if time.monotonic() - self._kept > _SELDOM:
            self._kept = time.monotonic()
            keep_offsets(self._folder, self._offsets)

    def _close_journals(self) -> None:
        held = self._gateway.held if self._gateway else {}
        for journal in self._outbox.ended:
            if journal in held:
                continue
            offset = self._offsets.of(journal)
            self._offsets.journals[journal] = offset._replace(whole=True)
        self._offsets.worked()
        keep_offsets(self._folder, self._offsets)
