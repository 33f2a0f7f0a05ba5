"""Where the team's store is: a URL from the environment or the system's keyring.

It may hold a password, so it is passed to the database and to nobody else: no message, no file of
ours and no command line has it. Looking whether there is one imports nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sopguide.log.files import private_folder, remove, replace
from sopguide.log.jsontext import dumps
from sopguide.log.team.faults import TeamError

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "SOPGUIDE_DB"
SCHEMA = "sopguide"
_SERVICE, _NAME = "sopguide", "team-store"


def is_named(data: Path) -> bool:
    """Whether there is a team store to ship to, without asking the keyring, which takes long."""
    return bool(os.environ.get(VARIABLE)) or _marker(data).exists()


def find_url() -> str:
    """From SOPGUIDE_DB, else from the keyring. Raises TeamError where there is none."""
    if url := os.environ.get(VARIABLE):
        return url
    if url := _kept():
        return url
    raise TeamError(
        f"no team store is named: set {VARIABLE} to its URL, or keep it with `sopguide db connect`"
    )


def keep_url(data: Path, url: str) -> None:
    """In the system's keyring; the data folder only notes that it is there."""
    from keyring import set_password
    from keyring.errors import KeyringError

    try:
        set_password(_SERVICE, _NAME, url)
    except KeyringError:
        raise TeamError(
            f"this system has no keyring that can be written: set {VARIABLE} instead"
        ) from None
    private_folder(data)
    replace(_marker(data), dumps({"url": "keyring"}))


def forget_url(data: Path) -> None:
    """Out of the keyring; nothing is shipped from here any more."""
    from keyring import delete_password
    from keyring.errors import KeyringError

    remove(_marker(data))
    try:
        delete_password(_SERVICE, _NAME)
    except KeyringError:
        raise TeamError("the keyring holds no team store") from None


def _marker(data: Path) -> Path:
    return data / "team.json"


def _kept() -> str | None:
    try:
        from keyring import get_password
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return get_password(_SERVICE, _NAME)
    except KeyringError:
        return None
