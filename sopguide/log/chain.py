"""The chain that seals the records of one journal, so that every later edit shows.

Each record has a commitment: a hash of its envelope, and of the hashes of the parts that may have
to be taken out one day (who, which ticket, what; and in what was said the answer and the ticket's
facts), each under a key of its own. What is chained is the commitment, so a part can be taken out
and the chain still holds, while nobody can guess from what is left what stood there. The chain
begins with the journal's name.

Pure: nothing here reads a disk. A chain alone does not show that its end was cut off, or that all
of it was made anew: for that, heads are kept where the writer cannot change them (`heads.py`).
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sopguide.log.jsontext import canonical, dumps, loads
from sopguide.log.parts import SALT, hash_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.log.record import Record

EXPIRED = "log.expired"


def first_head(name: str) -> bytes:
    """What the chain of a journal begins with."""
    return sha256(name.encode("utf-8", "surrogatepass")).digest()


def next_head(head: bytes, commit: bytes) -> bytes:
    """The chain's head after one more record."""
    return sha256(head + commit).digest()


class Chain:
    """The chain of a journal that is being written."""

    def __init__(self, name: str, random: Callable[[int], bytes] = os.urandom) -> None:
        self.head = first_head(name)
        self.records = 0
        self._random = random
        self._sealed = (self.head, 0)

    def seal(self, lines: bytes) -> bytes:
        """The same records with salt and chain, which goes on from what was last acknowledged."""
        head, sealed = self.head, []
        for line in lines.splitlines():
            salt = self._random(SALT)
            record = loads(line)  # as whoever verifies it will read it
            record["salt"] = salt.hex()
            head = next_head(head, commitment(record))
            sealed.append(
                b'%b,"salt":"%b","chain":"%b"}\n'
                % (line[:-1], salt.hex().encode(), head.hex().encode())
            )
        self._sealed = (head, self.records + len(sealed))
        return b"".join(sealed)

    def acknowledge(self) -> None:
        """What was sealed last is stored."""
        self.head, self.records = self._sealed


def commitment(record: Record) -> bytes:
    """What the chain takes up of a record; raises ValueError where it bears no whole seal."""
    envelope = record.copy()
    try:
        values = [envelope.pop("agent"), envelope.pop("ticket"), envelope.pop("data")]
        salt = envelope.pop("salt", None)
        kept = envelope.pop("kept", None)
        keys = envelope.pop("keys", None)
        envelope.pop("chain", None)
        sealed = hash_parts(values, salt, kept, keys)
        return sha256(canonical(envelope) + sealed).digest()
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("bears no whole seal") from error


def anchor(name: str, records: int, chain: str, at: int) -> bytes:
    """The one line that is left of a journal that has expired."""
    told = {"v": 2, "type": EXPIRED, "journal": name, "records": records, "chain": chain, "at": at}
    return dumps(told) + b"\n"


def is_anchor(record: Any) -> bool:
    """Whether a line is what is left of an expired journal, rather than a record."""
    return (
        isinstance(record, dict)
        and record.get("type") == EXPIRED
        and "walk" not in record
        and isinstance(record.get("journal"), str)
        and isinstance(record.get("records"), int)
        and record["records"] >= 0
        and isinstance(record.get("chain"), str)
    )
