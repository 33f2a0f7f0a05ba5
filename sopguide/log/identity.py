"""Who walks, and how a ticket is named in the log.

The agent is the operating system's user, looked up by number, so that no
environment variable changes it. A ticket's id never enters the log: only its
hash under a key that stays in the data folder.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.faults import LogError
from sopguide.log.files import SYSTEM_DISK, create, reported
from sopguide.log.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.files import Disk

KEY_BYTES = 32


class Identity(NamedTuple):
    """An agent, and the organisation and vendor they work for."""

    agent: str
    vendor: str = "in-house"
    org: str = "local"


def current_identity() -> Identity:
    return Identity(_user())


def _user() -> str:
    try:
        import pwd
    except ImportError:  # pragma: no cover  (Windows: the name of the session)
        return os.getlogin()
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container's user may have no name
        return f"uid-{uid}"


def ticket_hash(ticket_id: str, key: bytes) -> str:
    return hmac.digest(key, ticket_id.encode("utf-8", "surrogatepass"), "sha256").hex()


def ticket_key(path: Path, disk: Disk = SYSTEM_DISK) -> bytes:
    """The key, made at first use. Two processes at once agree on one."""
    if not path.exists():
        create(path, os.urandom(KEY_BYTES), disk)
    with reported("read", path):
        key = read_regular(path)
    if len(key) != KEY_BYTES:
        cause = "it is damaged; tickets would get other names: see `sopguide log repair --dry-run`"
        raise LogError(f"cannot use {path}: {cause}")
    return key
