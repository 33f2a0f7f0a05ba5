"""Who may sign in: a TOML file that only the server's own user can read.

    [users.ana]
    password = "$argon2id$..."
    role = "agent"            # or lead
    vendor = "in-house"

The file is read again when it has changed, so a person who was removed is out at once. A file that
others can read, or that makes no sense, lets nobody in.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.files import private_folder, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AGENT, LEAD = "agent", "lead"
ROLES = (AGENT, LEAD)
IN_HOUSE = "in-house"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
_OTHERS = 0o077
_HEAD = "# Who may sign in to `sopguide serve`. `sopguide serve user` changes it.\n"


class UsersError(Exception):
    """The file cannot be used; says why."""


class User(NamedTuple):
    """A person as the file has them; `password` is a hash, empty where a proxy signs them in."""

    name: str
    password: str = ""
    role: str = AGENT
    vendor: str = IN_HOUSE


def is_name(text: str) -> bool:
    """Whether a person may be called so: it is a name in the log, and part of a file's name."""
    return _NAME.fullmatch(text) is not None


def read_users(path: Path) -> dict[str, User]:
    """The people in the file. Raises UsersError, FileNotFoundError where there is none."""
    mode = path.stat().st_mode
    if mode & _OTHERS:
        raise UsersError(f"{path} can be read by others (mode {mode & 0o777:o}): chmod 600 {path}")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsersError(f"{path}: {error}") from None
    people = written.get("users", {})
    if not isinstance(people, dict):
        raise UsersError(f"{path}: `users` is to be a table, as [users.ana]")
    return {name: _user(path, name, about) for name, about in people.items()}


def write_users(path: Path, users: Mapping[str, User]) -> None:
    """Put the file in place as a whole, 0600."""
    parts = [_HEAD]
    parts += [
        f"\n[users.{_quoted(user.name)}]\npassword = {_quoted(user.password)}\n"
        f"role = {_quoted(user.role)}\nvendor = {_quoted(user.vendor)}\n"
        for user in sorted(users.values())
    ]
    if not path.parent.exists():
        private_folder(path.parent)
    replace(path, "".join(parts).encode())


class Users:
    """The file as it is now."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._users: dict[str, User] = {}

    def now(self) -> Mapping[str, User]:
        """Raises UsersError where the file cannot be used."""
        try:
            found = self.path.stat()
            seen = (found.st_mtime_ns, found.st_ino, found.st_mode)
            if seen != self._seen:
                self._users = read_users(self.path)
                self._seen = seen
        except OSError as error:
            raise UsersError(f"{self.path}: {error.strerror or error}") from None
        return self._users


def _user(path: Path, name: str, about: Any) -> User:
    def fault(why: str) -> UsersError:
        return UsersError(f"{path}: [users.{name}] {why}")

    if not is_name(name):
        raise fault("is no name: letters, digits and . _ @ + -, at most 64")
    if not isinstance(about, dict) or not all(isinstance(text, str) for text in about.values()):
        raise fault("is to hold texts: password, role, vendor")
    if unknown := about.keys() - {"password", "role", "vendor"}:
        raise fault(f"knows no `{min(unknown)}`: password, role, vendor")
    user = User(name, **about)
    if user.role not in ROLES:
        raise fault(f"has the role `{user.role}`: {' or '.join(ROLES)}")
    return user


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
