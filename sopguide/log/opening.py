"""What a walk's record begins with, and the words for what does not go into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sopguide.log.record import Header
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopguide.log.faults import LogError
    from sopguide.log.identity import Identity
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.walk import Walk

_CHANNEL = re.compile(r"(?=.{1,24}$)[a-z]+(?:[_-][a-z]+)*")
_LOCALE = re.compile(
    r"(?:[a-z]{2,3}|[A-Z]{2})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Z]{2}|[a-z]{2}|[0-9]{3}))?"
)


def header_of(walk: Walk, identity: Identity, ticket: str | None) -> Header:
    """Return what the envelopes of a walk have in common; `ticket` is the hash of its id."""
    procedure, origin = walk.procedure, walk.origin
    return Header(
        mode=origin.mode,
        org=identity.org,
        vendor=identity.vendor,
        agent=identity.agent,
        ticket=ticket,
        sop=procedure.sop,
        version=procedure.version,
        hash=procedure.hash,
        channel=origin.channel,
        locale=origin.locale,
    )


def text_of(ticket: Mapping[str, Any], name: str) -> str | None:
    """Return a field of a ticket as a text; None where it has none."""
    value = ticket.get(name)
    return str(value) if isinstance(value, str | int) and str(value).strip() else None


def channel_of(ticket: Mapping[str, Any]) -> str | None:
    """The ticket's channel, where it is a code: what else stands there is nothing for a log."""
    return _code_of(ticket, "channel", _CHANNEL)


def locale_of(ticket: Mapping[str, Any]) -> str | None:
    """The ticket's locale, where it is one."""
    return _code_of(ticket, "locale", _LOCALE)


def _code_of(ticket: Mapping[str, Any], name: str, code: re.Pattern[str]) -> str | None:
    text = text_of(ticket, name)
    return text if text and code.fullmatch(text) else None


def language_told(procedure: Procedure, wanted: str | None) -> dict[str, str]:
    """In which language the wording is shown, where there is more than one."""
    return {"language": procedure.language(wanted)} if "translations" in procedure.form else {}


def no_reason(code: str, reasons: Sequence[str]) -> str:
    """Say which reasons there are."""
    told = _("`{code}` is no reason: give one of {reasons}")
    return told.format(code=code, reasons=", ".join(reasons))


def not_stored(error: LogError) -> str:
    """Say that the log did not take it, and what to do."""
    told = _("not saved, so nothing has moved: {why}. Make room or ask for help, then try again.")
    return told.format(why=error)
