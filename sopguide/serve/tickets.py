"""The cookie that says who has signed in: signed, so that nobody can make one, and short-lived.

What is in it can be read by its owner: name, an id of this sign-in, and a mark of the password it
was made with. Signing out, a new password or a removed user end it before its time. The key lies
in the data folder, so a restarted server knows the people who had signed in.
"""

from __future__ import annotations

import hmac
import os
import secrets
from typing import TYPE_CHECKING, NamedTuple

from itsdangerous import BadData, URLSafeTimedSerializer

from sopguide.log.files import create, private_folder, replace

if TYPE_CHECKING:
    from pathlib import Path

LIFETIME = 12 * 3600
_KEY_BYTES = 32
_ID_BYTES = 12


class Claim(NamedTuple):
    """What a cookie says; `ends` in seconds since 1970."""

    name: str
    id: str
    mark: str
    ends: float


class Tickets:
    """Makes cookies, reads them, ends them."""

    def __init__(self, folder: Path, lifetime: int = LIFETIME) -> None:
        """`folder`: where the key and the sign-ins that were ended are kept, 0600."""
        private_folder(folder)
        key = folder / "serve.key"
        create(key, os.urandom(_KEY_BYTES))
        self._key = key.read_bytes()
        self._ended_file = folder / "serve.ended"
        self._ended = self._read_ended()
        self.lifetime = lifetime
        self._signer = URLSafeTimedSerializer(self._key, salt="sopguide.serve.sign-in")

    def issue(self, name: str, password: str) -> str:
        return self._signer.dumps([name, secrets.token_urlsafe(_ID_BYTES), self.mark(password)])

    def read(self, cookie: str) -> Claim | None:
        """What it says; None for one that is not ours, too old, or ended."""
        try:
            (name, each, mark), made = self._signer.loads(
                cookie, max_age=self.lifetime, return_timestamp=True
            )
        except (BadData, ValueError):
            return None
        if each in self._ended:
            return None
        return Claim(name, each, mark, made.timestamp() + self.lifetime)

    def mark(self, password: str) -> str:
        """Tells one password's hash from another, and nothing else about it."""
        return hmac.digest(self._key, password.encode(), "sha256").hex()[:16]

    def end(self, claim: Claim, now: float) -> None:
        """Sign out: the cookie is worth nothing from now on, wherever it was copied to."""
        self._ended[claim.id] = claim.ends
        self._ended = {each: ends for each, ends in self._ended.items() if ends > now}
        lines = "".join(f"{each} {ends:.0f}\n" for each, ends in self._ended.items())
        replace(self._ended_file, lines.encode())

    def _read_ended(self) -> dict[str, float]:
        try:
            lines = self._ended_file.read_text().splitlines()
        except FileNotFoundError:
            return {}
        return {each: float(ends) for each, ends in (line.split() for line in lines)}
