"""What lies beside a walk in progress: begun replies, ticks, notes not yet kept.

It lies where the ticket lies, apart from the events, and is gone when the walk has ended. What it
means is the desk's affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.log.faults import LogError
from sopguide.log.opening import not_stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.log.protocol import Recorder

BESIDE = "beside"


class Keeping:
    """Keeps it with the ticket, durably."""

    ticket: Mapping[str, Any]
    beside: Mapping[str, Any]
    _recorder: Recorder

    def keep(self, beside: Mapping[str, Any]) -> str | None:
        """Keep this beside the walk, in place of what was there; a text says why not."""
        self.beside = dict(beside)
        try:
            self._recorder.keep({"ticket": dict(self.ticket), BESIDE: self.beside})
        except (LogError, TypeError, ValueError) as error:
            return not_stored(error) if isinstance(error, LogError) else str(error)
        return None
