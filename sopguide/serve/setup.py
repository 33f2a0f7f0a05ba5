"""What the server tells a desk's process when it starts it."""

from __future__ import annotations

from typing import NamedTuple


class Setup(NamedTuple):
    """Goes through the process's stdin, so that nobody else can read it."""

    name: str
    vendor: str
    trees: str
    data: str
    cache: str
    width: int
    height: int
    light: bool
    languages: str
    """As the browser asks for them (`Accept-Language`)."""
    memory: int
    """MiB that it may take."""
    queue: str = ""
    """Where tickets to be worked are; of several people, each gets others."""
