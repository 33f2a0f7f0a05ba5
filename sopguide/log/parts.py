"""The parts of a record that can be taken out of it later, and what a chain holds of them.

Who, which ticket, what; and in what was said the answer and the ticket's facts. Each has a hash
under a key of its own, made of the record's salt, which goes when the first part is taken out. What
is left then are the hashes of what is gone, and the keys of what is not. Pure.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sopguide.log.jsontext import canonical
from sopguide.walk.private import GIVEN

if TYPE_CHECKING:
    from collections.abc import Collection

    from sopguide.log.record import Record

PARTS: dict[str, Any] = {"agent": None, "ticket": None, "data": {}}
"""What can be taken out of a record, and what then stands in its place."""

INNER: dict[str, Any] = {"answer": GIVEN, "facts": {}}
"""The same for what can be taken out of `data` by itself: the step and who answered stay then."""

SALT = 16  # bytes, of a record's salt and of a part's key
_HASH = 32


def hash_parts(values: list[Any], salt: Any, kept: Any, keys: Any) -> bytes:
    """What a commitment takes up of these values of `PARTS`; raises ValueError."""
    if salt is not None and kept is None and keys is None:
        return _under_salt(from_hex(salt, SALT), values)
    return _taken_apart(salt, kept, keys, values)


def without(record: Record, parts: Collection[str]) -> Record:
    """The record with these parts taken out for good; its commitment stays what it was.

    A record of schema 1, which no chain holds, only loses them.
    """
    kept, keys = dict(record.get("kept", {})), dict(record.get("keys", {}))
    out = [part for part in _parts_of(record["data"]) if part in parts and part not in kept]
    if not out:
        return record
    if "salt" in record:
        salt = from_hex(record["salt"], SALT)
        keys = {part: _key(salt, part).hex() for part in _parts_of(record["data"])}
    found = {**record, "data": {**record["data"]}, "kept": kept, "keys": keys}
    for part in sorted(out, key="data".__eq__):  # the data is hashed with what is left of it
        hashed = {name: kept[name] for name in _inner(found["data"]) if name in kept}
        place = found["data"] if part in INNER else found
        value = _with_hashes(place[part], keys, hashed) if part == "data" else place[part]
        key = keys.pop(part, None)
        kept[part] = "" if key is None else _hash(bytes.fromhex(key), value).hex()
        place[part] = _nothing(part)
        if part == "data":
            for name in INNER:
                kept.pop(name, None)
                keys.pop(name, None)
    found.pop("salt", None)
    return found


def is_husk(record: Record) -> bool:
    """Whether every part was taken out: its walk has expired."""
    kept = record.get("kept")
    return isinstance(kept, dict) and kept.keys() >= PARTS.keys()


def from_hex(text: str, length: int = _HASH) -> bytes:
    """The bytes that are spelled so; raises ValueError where it is not just their spelling."""
    found = bytes.fromhex(text)
    if len(found) != length or found.hex() != text:
        raise ValueError("bears no whole seal")
    return found


def _key(salt: bytes, part: str) -> bytes:
    return sha256(salt + part.encode()).digest()[:SALT]


def _hash(key: bytes, value: Any) -> bytes:
    return sha256(key + canonical(value)).digest()


def _inner(data: dict[str, Any]) -> list[str]:
    return [name for name in INNER if name in data]


def _parts_of(data: dict[str, Any]) -> list[str]:
    """All that can be taken out of a record with such data."""
    return [*PARTS, *_inner(data)]


def _under_salt(salt: bytes, values: list[Any]) -> bytes:
    agent, ticket, data = values
    if "answer" in data or "facts" in data:
        data = {
            **data,
            **{name: _hash(_key(salt, name), data[name]).hex() for name in _inner(data)},
        }
    # Spelled out: this is done for every record that is written or verified.
    return b"".join(
        (
            sha256(sha256(salt + b"agent").digest()[:SALT] + canonical(agent)).digest(),
            sha256(sha256(salt + b"ticket").digest()[:SALT] + canonical(ticket)).digest(),
            sha256(sha256(salt + b"data").digest()[:SALT] + canonical(data)).digest(),
        )
    )


def _with_hashes(data: Any, keys: dict[str, str], hashed: dict[str, str]) -> dict[str, Any]:
    """The data as its own hash takes it up: with hashes for what can be taken out of it."""
    found = {**data, **hashed}
    for name in _inner(data):
        if name in keys:
            found[name] = _hash(from_hex(keys[name], SALT), data[name]).hex()
    return found


def _taken_apart(salt: Any, kept: Any, keys: Any, values: list[Any]) -> bytes:
    """The hashes of the parts, of which some were taken out: those stand in `kept`."""
    data = values[-1]
    whole = salt is None and kept and kept.keys() | keys.keys() == {*_parts_of(data)}
    if not whole or kept.keys() & keys.keys():
        raise ValueError("bears no whole seal")
    values = [*values, *(data[name] for name in _inner(data))]
    for part, value in zip(_parts_of(data), values, strict=True):
        if part in kept and value != _nothing(part):
            raise ValueError(f"says something in `{part}`, which was taken out")
    hashed = {name: from_hex(kept[name]).hex() for name in _inner(data) if name in kept}
    agent, ticket, _ = values[: len(PARTS)]
    told = (agent, ticket, _with_hashes(data, keys, hashed))
    return b"".join(
        [
            _hash(from_hex(keys[part], SALT), value) if part in keys else from_hex(kept[part])
            for part, value in zip(PARTS, told, strict=True)
        ]
    )


def _nothing(part: str) -> Any:
    """What stands in the place of a part that was taken out; always a new one."""
    nothing = INNER[part] if part in INNER else PARTS[part]
    return {} if nothing == {} else nothing
