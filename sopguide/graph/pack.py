"""The pack: a whole compiled library in one run of bytes, as the cache keeps it.

A first line names the format, the key and the digest of all that follows; then come the length of
the index, the index (JSON) and the blobs it points into. `unpack` gives back what `pack` was given
or None, never anything else: a torn, altered or foreign pack is as good as none.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson

FORMAT = 1
_MAGIC = f"sopguide-pack-{FORMAT}".encode()


class Pack:
    """An index, and the bytes that its ranges point into."""

    def __init__(self, index: dict[str, Any], blobs: bytes | memoryview) -> None:
        self.index = index
        self.blobs = blobs

    def blob(self, start: int, end: int) -> bytes:
        """One stretch of the blobs."""
        return bytes(self.blobs[start:end])


class Packer:
    """Collects blobs, and says where each will lie."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, part: bytes) -> tuple[int, int]:
        """Take one blob; its range goes into the index."""
        start = self._size
        self._parts.append(part)
        self._size += len(part)
        return start, self._size

    def finish(self, index: dict[str, Any]) -> Pack:
        """The pack of all blobs so far."""
        return Pack(index, b"".join(self._parts))


def pack(content: Pack, key: str) -> bytes:
    """The bytes to keep under `key`."""
    index = orjson.dumps(content.index)
    body = b"".join((b"%d\n" % len(index), index, content.blobs))
    return b"%b %b %b\n%b" % (_MAGIC, key.encode(), sha256(body).hexdigest().encode(), body)


def unpack(data: bytes, key: str) -> Pack | None:
    """The pack kept under `key`; None where the bytes are not exactly what was written."""
    head = data.find(b"\n") + 1
    body = memoryview(data)[head:]
    digest = sha256(body).hexdigest()
    if data[:head] != b"%b %b %b\n" % (_MAGIC, key.encode(), digest.encode()):
        return None
    start = data.index(b"\n", head) + 1
    end = start + int(data[head:start])
    return Pack(orjson.loads(data[start:end]), memoryview(data)[end:])
