"""Other names for agents: the same person has the same one in every export of a log.

It is a keyed hash, so that nobody can try out names without the key, which stays where the log is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.log.protocol import PathLog

_DIGITS = 16


def pseudonyms(log: PathLog) -> Callable[[str], str]:
    """Gives each agent's name another, under the oldest key by which the log names tickets."""
    return lambda agent: f"agent-{log.ticket_hashes(f'agent {agent}')[-1][:_DIGITS]}"
