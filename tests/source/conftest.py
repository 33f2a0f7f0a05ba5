"""A library as an author would type it, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from sopguide.source.files import read_library
from sopguide.source.read import read_files

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.source.sources import Sources

LIBRARY = "name: Test\nlocales: [en]\n"
HEADER = "title: Power\nversion: 1.0.0\nstatus: live\nowner: grid\nabout: The lights are out.\nstart: a\n"


class Read(Protocol):
    def __call__(self, files: dict[str, str | bytes]) -> Sources: ...


class Found(Protocol):
    def __call__(self, text: str, file: str = ...) -> list[str]: ...


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a library of these files."""

    def read_them(files: dict[str, str | bytes]) -> Sources:
        for name, text in {"library.yaml": LIBRARY, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_files(read_library(tmp_path))

    return read_them


@pytest.fixture
def found(read: Read) -> Found:
    """All that is said about one file, help included."""

    def found_in(text: str, file: str = "sops/power.yaml") -> list[str]:
        diagnostics = read({file: text}).diagnostics
        return [f"{each} ({each.help})" if each.help else str(each) for each in diagnostics]

    return found_in


@pytest.fixture
def in_sop(found: Found) -> Found:
    """What is said about the rest of an SOP, whose six lines of header are right."""

    def found_in(text: str, file: str = "sops/power.yaml") -> list[str]:
        return [line.removeprefix(f"{file}:") for line in found(HEADER + text, file)]

    return found_in


@pytest.fixture
def in_steps(in_sop: Found) -> Found:
    """What is said about steps, the first of which stands on line 8; `z` is an end there already."""

    def found_in(text: str, file: str = "sops/power.yaml") -> list[str]:
        return in_sop("steps:\n" + text + "  z: {end: resolved, macro: none, label: power}\n", file)

    return found_in
