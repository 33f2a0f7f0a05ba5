from __future__ import annotations

import os
import sys
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.cli.report import Report
from sopguide.cli.watching import Watch, snapshot
from sopguide.graph.load import load_library
from tests.building import LABELS, LIBRARY, MACROS, complete
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = (
    "start: one\n"
    "steps:\n"
    "  one: {do: One, go: done}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)
WRONG = GOOD.replace("go: done", "go: dune")
_saved = count(1_795_000_000_000_000_000, 1_000_000_000)
"""When files are saved: no two at one time."""


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    folder = tmp_path / "trees"
    _save(folder, "library.yaml", LIBRARY)
    _save(folder, "labels.yaml", LABELS)
    _save(folder, "macros/standard.yaml", MACROS)
    _save(folder, "sops/one.yaml", GOOD)
    return folder


def _save(trees: Path, name: str, text: str) -> None:
    (trees / name).parent.mkdir(parents=True, exist_ok=True)
    (trees / name).write_text(complete(name, text), encoding="utf-8")
    os.utime(trees / name, ns=(at := next(_saved), at))  # however coarse the clock of the disk is


def _watch(trees: Path, *saves: Callable[[], None]) -> None:
    """Watch while somebody saves, and then presses Ctrl+C."""
    todo = list(saves)

    def sleep(seconds: float) -> None:
        if seconds < 0.1:  # waiting for the end of a save
            return
        if not todo:
            raise KeyboardInterrupt
        todo.pop(0)()

    def check() -> Report:
        return Report(load_library(trees, None), (), date(2026, 11, 22))

    seen = snapshot(trees)
    with pytest.raises(KeyboardInterrupt):
        Watch(trees, check, sleep=sleep).run(check(), seen)


def _told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that sum up, without times."""
    lines = capsys.readouterr().out.splitlines()
    words = ("new", "fixed", "as before", "clean", "in 1 file", "in 2 files")
    return [line.partition(" (")[0] for line in lines if any(word in line for word in words)]


def test_every_save_is_checked_and_what_changed_is_said(
    trees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _watch(
        trees,
        lambda: _save(trees, "sops/one.yaml", WRONG),
        lambda: _save(trees, "sops/two.yaml", WRONG),
        lambda: _save(trees, "sops/one.yaml", GOOD),
        (trees / "sops" / "two.yaml").unlink,
        lambda: _save(trees, "sops/one.yaml", GOOD.replace("do: One", "do: Two")),
    )

    assert _told(capsys) == [
        "1 SOP, 2 steps: clean",
        "1 error in 1 file",
        "1 new",
        "2 errors in 2 files",
        "1 new, 1 finding as before",
        "1 error in 1 file",
        "1 fixed, 1 finding as before",
        "1 SOP, 2 steps: clean",
        "1 fixed",
        "1 SOP, 2 steps: clean",
        "clean as before",
    ]


def test_a_finding_that_only_moved_is_neither_new_nor_fixed(
    trees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _save(trees, "sops/one.yaml", WRONG)
    _watch(trees, lambda: _save(trees, "sops/one.yaml", "keywords:\n- a\n" + WRONG))

    assert _told(capsys)[-1] == "1 finding as before"


def test_a_half_typed_file_is_told_of_and_the_watch_goes_on(
    trees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _watch(
        trees,
        lambda: _save(trees, "sops/one.yaml", GOOD + '  "half'),
        lambda: _save(trees, "library.yaml", "name: ["),
        lambda: _save(trees, "library.yaml", LIBRARY),
        lambda: _save(trees, "sops/one.yaml", GOOD),
    )

    told = capsys.readouterr().out
    assert "sops/one.yaml:" in told
    assert told.splitlines()[-2] == "1 SOP, 2 steps: clean"
    assert "fixed" in told.splitlines()[-1]


def test_a_save_that_goes_on_is_waited_for(trees: Path) -> None:
    parts = iter("abc")
    checked: list[str] = []

    def sleep(seconds: float) -> None:
        part = next(parts, None)
        if part:
            with (trees / "sops" / "one.yaml").open("a") as file:
                file.write(f"# {part}\n")
        elif seconds > 0.1:
            raise KeyboardInterrupt

    def check() -> Report:
        checked.append((trees / "sops" / "one.yaml").read_text()[-4:])
        return Report(load_library(trees, None), (), date(2026, 11, 22))

    seen = snapshot(trees)
    with pytest.raises(KeyboardInterrupt):
        Watch(trees, check, sleep=sleep).run(check(), seen)
    assert checked[1:] == ["# c\n"]


def test_what_was_saved_during_a_check_is_checked_next(
    trees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = snapshot(trees)
    _save(trees, "sops/one.yaml", WRONG)
    before = Report(load_library(trees, None), (), date(2026, 11, 22))

    def stop(seconds: float) -> None:
        if seconds > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Watch(trees, lambda: before, sleep=stop).run(before, seen)
    assert "1 finding as before" in capsys.readouterr().out


def test_only_yaml_files_count_and_a_missing_folder_has_none(trees: Path) -> None:
    seen = snapshot(trees)
    (trees / "notes.txt").write_text("x")
    (trees / ".git").mkdir()
    (trees / ".git" / "x.yaml").write_text("x")
    (trees / "sops" / "gone.yaml").symlink_to(trees / "nowhere")

    assert snapshot(trees) == seen
    assert len(seen) == 4
    assert snapshot(trees / "nowhere") == {}


def test_a_person_sees_it_on_a_terminal_and_ends_it(trees: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sopguide", "check", "--watch", "--trees", str(trees)]
    cache = {"SOPGUIDE_CACHE": str(tmp_path / "cache")}
    with Terminal(command, columns=100, env=cache) as terminal:
        terminal.wait_for(lambda text: "clean" in text and "Ctrl+C ends it" in text)
        _save(trees, "sops/one.yaml", WRONG)
        terminal.wait_for(lambda text: "unknown step `dune`" in text and "1 new" in text)
        _save(trees, "sops/one.yaml", GOOD)
        shown = terminal.wait_for("1 fixed")
        assert "dune" not in shown
        terminal.press("\x03")
        assert terminal.wait() == Exit.INTERRUPTED
    assert "Traceback" not in terminal.text


def test_a_watch_is_for_people(trees: Path) -> None:
    done = CliRunner().invoke(program, ["check", "--watch", "--json", "--trees", str(trees)])
    assert done.exit_code == Exit.USAGE
    assert "a watch is for people" in done.output
