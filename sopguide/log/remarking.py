"""Keeping what an agent writes on a walk: first the remark, then the event that names it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sopguide.log.faults import LogError
from sopguide.log.opening import not_stored
from sopguide.log.record import uuid7
from sopguide.log.remarks import NOTE, Remark, Remarked, refuse
from sopguide.messages import said
from sopguide.walk.events import FEEDBACK_GIVEN, NOTE_ADDED, Event, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopguide.log.protocol import Recorder
    from sopguide.log.remarks import Remarks
    from sopguide.walk.walk import Walk


class Remarking:
    """The notes and the feedback of a walk in progress; each durable before it is acknowledged."""

    walk: Walk
    ticket: Mapping[str, Any]
    _recorder: Recorder
    _clock: Callable[[], Moment]
    _kept: Remarks
    _notes: list[str]

    def remark(self, kind: str, text: str, about: str | None = None) -> Remarked | str:
        """Keep a note on the walk or feedback on the step, redacted; a text says why not."""
        if why := refuse(kind, text, about):
            return said(why)
        at = self._clock()
        remark = self._remark(kind, text, about, at)
        data = {"step": remark.step, "remark": remark.id}
        told = NOTE_ADDED
        if about is not None:
            told, data = FEEDBACK_GIVEN, {**data, "about": about}
        try:
            self._kept.keep(remark)
            self._recorder.append([Event(told, data, at)])
        except LogError as error:
            with suppress(LogError):
                self._kept.drop(remark)
            return not_stored(error)
        if kind == NOTE:
            self._notes.append(remark.id)
        return Remarked(remark.removed)

    def remarks(self) -> tuple[Remark, ...]:
        """The notes on this walk, in order."""
        return tuple(self._kept.find(self._notes))

    def _remark(self, kind: str, text: str, about: str | None, at: Moment) -> Remark:
        from sopguide.clean import clean
        from sopguide.log.redaction import countries_in, personal, redact, spelt_out

        header, walk = self._recorder.header, self.walk
        countries = countries_in(walk.procedure.form)
        redacted = redact(clean(spelt_out(text)).strip(), personal(self.ticket), countries)
        return Remark(
            id=uuid7(at.wall_ms),
            walk=self._recorder.walk,
            kind=kind,
            about=about,
            step=walk.step.ref,
            part=walk.part.sop,
            sop=header.sop,
            version=header.version,
            hash=header.hash,
            owner=walk.procedure.form["owner"],
            agent=header.agent,
            vendor=header.vendor,
            mode=header.mode,
            at=at.wall_ms,
            text=redacted.text,
            removed=redacted.removed,
        )
