"""`sopguide check --watch`: a report at every save, and what has changed since the one before.

The files are looked at, not subscribed to: their sizes and times, a few times a second, which needs
no other package and works on every disk, network drives included. A save that is still going on is
waited for. Half-typed files are reported like any others, and the watch goes on.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Never

import click

from sopguide.cli.findings import Findings
from sopguide.cli.lines import count
from sopguide.source.files import ENDINGS, TRANSLATIONS_ENDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sopguide.cli.report import Report

    Snapshot = dict[str, tuple[int, int, int]]
    Sleep = Callable[[float], None]

LOOK = 0.2
"""Seconds between two looks at the files."""
SETTLE = 0.05
"""Seconds without a change after which a save counts as done."""


class Watch:
    """Watches the library at `root`; `check` makes a new report of it."""

    def __init__(
        self,
        root: Path,
        check: Callable[[], Report],
        *,
        colour: bool = False,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._root = root
        self._check = check
        self._colour = colour
        self._sleep = sleep

    def run(self, report: Report, seen: Snapshot) -> Never:
        """Go on from the first report, and the files as they were before it, until Ctrl+C."""
        self._show(report, "")
        while True:
            seen = self._next(seen)
            begun = time.perf_counter()
            new = self._check()
            took = time.perf_counter() - begun
            self._show(new, f"{_changes(report, new)} ({took:.2f} s)")
            report = new

    def _next(self, seen: Snapshot) -> Snapshot:
        """Wait for a change and then for the end of it."""
        while (found := snapshot(self._root)) == seen:
            self._sleep(LOOK)
        while True:
            self._sleep(SETTLE)
            before, found = found, snapshot(self._root)
            if found == before:
                return found

    def _show(self, report: Report, changes: str) -> None:
        click.clear()  # on a terminal; elsewhere nothing is lost
        for text in Findings(self._root, colour=self._colour).texts(report.found):
            click.echo(f"{text}\n")
        click.echo(report.summary())
        if changes:
            click.echo(changes)
        click.echo("watching; Ctrl+C ends it", err=True)


def snapshot(root: Path) -> Snapshot:
    """Every YAML file of a folder with its size, time and number; what cannot be read has none."""
    return dict(_files(str(root)))


def _files(folder: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return
    for entry in found:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.name.lower().endswith((*ENDINGS, TRANSLATIONS_ENDING)):
                state = entry.stat()
                yield entry.path, (state.st_size, state.st_mtime_ns, state.st_ino)
        except OSError:  # gone since the folder was read
            continue


def _changes(before: Report, after: Report) -> str:
    """What is fixed and what is new, whatever lines it moved to meanwhile."""
    old, new = _told(before), _told(after)
    fixed = sum(max(0, number - new.get(each, 0)) for each, number in old.items())
    added = sum(max(0, number - old.get(each, 0)) for each, number in new.items())
    told = [f"{added} new" if added else "", f"{fixed} fixed" if fixed else ""]
    left = len(after.found) - added
    told.append(count(left, "finding") + " as before" if left else "")
    return ", ".join(filter(None, told)) or "clean as before"


def _told(report: Report) -> dict[tuple[str, str, str], int]:
    told: dict[tuple[str, str, str], int] = {}
    for each in report.found:
        key = (each.span.file if each.span else "", each.code, each.headline)
        told[key] = told.get(key, 0) + 1
    return told
