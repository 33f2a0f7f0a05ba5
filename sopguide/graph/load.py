"""Opening a library: from the cache where nothing changed, else compiled and kept.

The cache is looked up by the bytes of the library's files and by what compiles them, so it needs no
YAML to be read and can never be out of date. A pack is written beside its name and moved there
whole, so two processes may do it at once; one that is damaged or foreign is compiled anew. Where
the cache cannot be written, nothing is kept and all else is the same.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sopguide
from sopguide.cachefiles import UNFINISHED, write_whole
from sopguide.graph.library import Library
from sopguide.graph.pack import FORMAT, Pack, pack, unpack
from sopguide.source.files import read_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.source.files import LibraryFiles
    from sopguide.source.sources import Sources

KEPT = 8
"""How many packs the cache keeps: the libraries and versions somebody goes between."""

_ENDING = ".pack"
_ABANDONED = 3600.0
_COMPILERS = ("facts", "source", "graph", "lint/rules", "lint", "walk", "proof")


def load_library(trees: Path, cache: Path | None) -> Library:
    """The library at `trees`, compiled or as `cache` keeps it."""
    files = read_library(trees)
    if cache is None:
        return Library(trees, _compiled(files))
    key = _key(files)
    place = cache / f"{key[:40]}{_ENDING}"
    content = _kept(place, key)
    if content is None:
        content = _compiled(files)
        _keep(pack(content, key), place)
    return Library(trees, content)


def compile_sources(root: Path, sources: Sources) -> Library:
    """The library of files that were read already; nothing is kept."""
    return Library(root, _built(sources))


def _compiled(files: LibraryFiles) -> Pack:
    from sopguide.source.read import read_files

    return _built(read_files(files))


def _built(sources: Sources) -> Pack:
    """Compile; the garbage collector rests, which would walk the growing trees over and over."""
    running = gc.isenabled()
    gc.disable()
    try:
        from sopguide.graph.build import build
        from sopguide.lint import run

        return build(sources, run, _entered)
    finally:
        if running:
            gc.enable()


def _entered(form: dict[str, Any]) -> frozenset[str] | None:
    from sopguide.proof.entered import entered_steps

    return entered_steps(form)


def _key(files: LibraryFiles) -> str:
    """What a pack is made from: the files, and the program that compiled them."""
    whole = sha256(f"{sopguide.__version__} {FORMAT}\n".encode())
    for name, digest in (*program(_COMPILERS), *files.digests):
        whole.update(f"{len(name)} {name} {digest}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def program(folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The package's own files, so that whoever works on them never sees what old ones made."""
    package = Path(__file__).parents[1]
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(package / folder) as entries:
            files = sorted((e.name, e.stat()) for e in entries if e.name.endswith(".py"))
            for name, stat in files:
                yield f"{folder}/{name}", f"{stat.st_size} {stat.st_mtime_ns}"


def _kept(place: Path, key: str) -> Pack | None:
    try:
        data = place.read_bytes()
    except OSError:
        return None
    content = unpack(data, key)
    if content is not None:
        with contextlib.suppress(OSError):
            os.utime(place)
    return content


def _keep(data: bytes, place: Path) -> None:
    """Keep a pack, and drop those that nobody used for longest."""
    with contextlib.suppress(OSError):
        write_whole(place, data)
        _evict(place.parent)


def _evict(cache: Path) -> None:
    with os.scandir(cache) as entries:
        found = sorted(((e.stat().st_mtime, e.path) for e in entries if e.is_file()), reverse=True)
    packs = [path for _, path in found if path.endswith(_ENDING)]
    left_over = [
        path
        for when, path in found
        if path.endswith(UNFINISHED) and time.time() - when > _ABANDONED
    ]
    for path in (*packs[KEPT:], *left_over):
        Path(path).unlink(missing_ok=True)
