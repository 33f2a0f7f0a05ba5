"""Hashing and checking passwords with Argon2id.

A name that nobody has costs as much time as one that somebody has. Hashing takes much memory on
purpose, so only a few are checked at once, and never on the thread that serves pages.
"""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 1024
_AT_ONCE = 2
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """What the users file keeps."""
    return _hasher.hash(password)


def too_weak(password: str, name: str) -> str | None:
    """Why a new password is refused."""
    if len(password) < SHORTEST:
        return f"the password needs at least {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"the password may have at most {LONGEST} characters"
    if name.casefold() in password.casefold() and len(password) < len(name) + SHORTEST:
        return "the password is little more than the name"
    return None


class Checker:
    """Checks passwords away from the event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(_AT_ONCE)
        _nobodys()  # made now, or the first unknown name would take longer than others

    async def fits(self, password: str, hashed: str) -> bool:
        """Whether it is the one; `hashed` is empty where there is no such person."""
        async with self._turn:
            return await asyncio.to_thread(_fits, password, hashed)


def _fits(password: str, hashed: str) -> bool:
    try:
        _hasher.verify(hashed or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return bool(hashed)


@cache
def _nobodys() -> str:
    """A hash for a name that nobody has, checked in its stead."""
    return hash_password("nobody has this one")
