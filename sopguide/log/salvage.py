"""What is still whole in a damaged file: documents of walks, lines of a journal."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING

from sopguide.log.document import document_from_json
from sopguide.log.jsontext import loads
from sopguide.log.regular import read_regular
from sopguide.log.steps import GZIP, Line, steps_of

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.document import WalkDoc

_DOCUMENT = re.compile(r'\{\s*"walk"\s*:\s*"([^"\\]+)"')
_GZIP_BITS = 31


def walks_of(text: bytes) -> list[WalkDoc]:
    """The documents that can be read in what is no JSON as a whole; each as it stands there."""
    content = text.decode("utf-8", "surrogateescape")
    found = []
    for match in _DOCUMENT.finditer(content):
        try:
            _, end = json.JSONDecoder().raw_decode(content, match.start())
            document = loads(content[match.start() : end].encode())
            found.append(document_from_json(document))
        except (ValueError, RecursionError):
            continue
    return found


def walks_named(text: bytes) -> set[str]:
    """The ids of the walks whose documents begin here, whether they can be read or not."""
    return set(_DOCUMENT.findall(text.decode("utf-8", "replace")))


def lines_of(path: Path) -> tuple[bytes, list[str]]:
    """The lines of a journal that can be read, byte for byte, and what is lost. Raises OSError."""
    content, whole = _content(path)
    steps = steps_of(content)
    lines = {line.number: line for line in (*steps.lines, *steps.left_out)}
    good = [line for _, line in sorted(lines.items()) if line.fault is None]
    lost = [_told(line) for _, line in sorted(lines.items()) if line.fault is not None]
    if rest := len(content) - content.rfind(b"\n") - 1:
        lost.append(f"the last {rest} bytes, which are no whole line")
    if not whole:
        lost.append("what came after: it cannot be decompressed")
    return b"".join(line.text + b"\n" for line in good), lost


def salvaged(path: Path) -> bytes:
    """As much as there is of a file, unpacked. Raises OSError."""
    content, _ = _content(path)
    return content


def _told(line: Line) -> str:
    return f"line {line.number}, {len(line.text)} bytes"


def _content(path: Path) -> tuple[bytes, bool]:
    """As much as there is of it, and whether that is all."""
    packed = read_regular(path)
    if GZIP not in path.suffixes[-2:]:  # an original set aside later has a number after it
        return packed, True
    opened = zlib.decompressobj(_GZIP_BITS)
    found = bytearray()
    try:
        for start in range(0, len(packed), 512):  # an error takes what the same call had found
            found += opened.decompress(packed[start : start + 512])
    except zlib.error:
        return bytes(found), False
    return bytes(found), opened.eof
