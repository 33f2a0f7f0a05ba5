"""The chain that seals the records of one journal, so that every later edit shows.

Each record has a commitment: a hash of its envelope, and of the hashes of the parts that may have
to be taken out one day (who, which ticket, what), each under a key of its own. What is chained is
the commitment, so a part can be taken out and the chain still holds, while nobody can guess from
what is left what stood there. The chain begins with the journal's name.

Pure: nothing here reads a disk. A chain alone does not show that its end was cut off, or that all
of it was made anew: for that, heads are kept where the writer cannot change them (`heads.py`).
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sopguide.log.jsontext import canonical, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sopguide.log.record import Record

PARTS: dict[str, Any] = {"agent": None, "ticket": None, "data": {}}
"""What can be taken out of a record, and what then stands in its place."""

EXPIRED = "log.expired"
_SALT = 16  # bytes, of a record's salt and of a part's key
_HASH = 32


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
            salt = self._random(_SALT)
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
        values = [envelope.pop(part) for part in PARTS]
        salt = envelope.pop("salt", None)
        kept = envelope.pop("kept", None)
        keys = envelope.pop("keys", None)
        envelope.pop("chain", None)
        if salt is not None and kept is None and keys is None:
            sealed = _under_keys(_keys(salt), values)
        else:
            sealed = _taken_apart(salt, kept, keys, values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("bears no whole seal") from error
    return sha256(canonical(envelope) + sealed).digest()


def without(record: Record, parts: Collection[str]) -> Record:
    """The record with these parts taken out for good; its commitment stays what it was.

    A record of schema 1, which no chain holds, only loses them.
    """
    values = [record[part] for part in PARTS]
    kept, keys = dict(record.get("kept", {})), dict(record.get("keys", {}))
    if "salt" in record:
        keys = {part: key.hex() for part, key in zip(PARTS, _keys(record["salt"]), strict=True)}
    for part, value in zip(PARTS, values, strict=True):
        if part in parts and part not in kept:
            key = keys.pop(part, None)
            kept[part] = "" if key is None else _hash(bytes.fromhex(key), value).hex()
    if not kept:
        return record
    left = {part: _nothing(part) for part in PARTS if part in kept}
    found = {**record, **left, "kept": kept, "keys": keys}
    found.pop("salt", None)
    return found


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
        and isinstance(record.get("chain"), str)
    )


def from_hex(text: str, length: int = _HASH) -> bytes:
    """The bytes that are spelled so; raises ValueError where it is not just their spelling."""
    found = bytes.fromhex(text)
    if len(found) != length or found.hex() != text:
        raise ValueError("bears no whole seal")
    return found


def _keys(salt: str) -> list[bytes]:
    whole = from_hex(salt, _SALT)
    return [sha256(whole + part).digest()[:_SALT] for part in _NAMES]


def _hash(key: bytes, value: Any) -> bytes:
    return sha256(key + canonical(value)).digest()


def _under_keys(keys: list[bytes], values: list[Any]) -> bytes:
    return b"".join([_hash(key, value) for key, value in zip(keys, values, strict=True)])


def _taken_apart(salt: Any, kept: Any, keys: Any, values: list[Any]) -> bytes:
    """The hashes of the parts, of which some were taken out: those stand in `kept`."""
    whole = salt is None and kept and kept.keys() | keys.keys() == PARTS.keys()
    if not whole or kept.keys() & keys.keys():
        raise ValueError("bears no whole seal")
    found = []
    for part, value in zip(PARTS, values, strict=True):
        if part in keys:
            found.append(_hash(from_hex(keys[part], _SALT), value))
        elif value == PARTS[part]:
            found.append(from_hex(kept[part]))
        else:
            raise ValueError(f"says something in `{part}`, which was taken out")
    return b"".join(found)


def _nothing(part: str) -> Any:
    return {} if part == "data" else None


_NAMES = [part.encode() for part in PARTS]
