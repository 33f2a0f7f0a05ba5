from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.proof import check
from sopguide.proof.check import prove_library, prove_missing, tell_proved
from sopguide.proof.kept import Proofs
from tests.building import library
from tests.patience import SECONDS, wait_until

if TYPE_CHECKING:
    from sopguide.graph.library import Library

GAP = (
    "start: one\n"
    "steps:\n"
    "  one: {ask: One?, type: integer, go: [{if: {one: '> LIMIT'}, to: done}]}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)


def _library(sops: int) -> tuple[Library, dict[str, str]]:
    files = {f"sops/p{n}.yaml": GAP.replace("LIMIT", str(n)) for n in range(sops)}
    return library(files), files


def _told(found: object) -> list[str]:
    assert isinstance(found, tuple)
    return [str(each) for each in found]


def test_what_is_proved_is_kept_and_not_proved_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, files = _library(2)
    _write(tmp_path / "trees", files)
    monkeypatch.setattr(compiled, "root", tmp_path / "trees")
    first = _told(prove_library(compiled, tmp_path / "cache"))
    assert first[0].startswith("sops/p0.yaml:3:")
    assert "no rule holds for" in first[0]
    assert len(first) == 2

    monkeypatch.setattr(check, "prove_form", None)
    assert _told(prove_library(compiled, tmp_path / "cache")) == first


def test_progress_is_told_form_by_form() -> None:
    compiled, _ = _library(3)
    steps: list[tuple[int, int]] = []
    prove_missing(compiled, Proofs(), lambda done, whole: steps.append((done, whole)))

    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_many_are_proved_in_processes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_MANY", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    compiled, _ = _library(4)
    together, alone = Proofs(), Proofs()
    prove_missing(compiled, together)
    monkeypatch.setattr(check, "_MANY", 99)
    prove_missing(compiled, alone)
    in_a_thread = Proofs()
    monkeypatch.setattr(check, "_MANY", 3)
    with ThreadPoolExecutor() as threads:
        threads.submit(prove_missing, compiled, in_a_thread).result()

    for entry in compiled.sops.values():
        assert entry.hash
        assert together[entry.hash] == alone[entry.hash] == in_a_thread[entry.hash]


def test_what_was_proved_when_it_is_stopped_is_kept(tmp_path: Path) -> None:
    compiled, _ = _library(3)
    proofs = Proofs(tmp_path)

    def stop(done: int, whole: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prove_missing(compiled, proofs, stop)
    kept = Proofs(tmp_path)
    assert sum(entry.hash in kept for entry in compiled.sops.values() if entry.hash) == 2


def test_what_is_not_proved_yet_is_not_told() -> None:
    compiled, _ = _library(1)

    assert tell_proved(compiled, Proofs()) == ()


def _write(trees: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (trees / name).parent.mkdir(parents=True, exist_ok=True)
        (trees / name).write_text(text, encoding="utf-8")


def _proves(process: int) -> bool:
    """Whether its helpers are at work, and it listens to Ctrl+C again."""
    caught = Path(f"/proc/{process}/status").read_text().split("SigCgt:")[1].split()[0]
    if not int(caught, 16) & 1 << signal.SIGINT - 1:
        return False
    for other in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            at_work = b"spawn_main" in (other / "cmdline").read_bytes()
            if at_work and os.getsid(int(other.name)) == process:
                return True
    return False


def test_ctrl_c_ends_all_processes_without_a_word_of_theirs(tmp_path: Path) -> None:
    from tests.bench.library import write_library

    trees = write_library(tmp_path / "trees", 200, 30)
    command = [sys.executable, "-m", "sopguide", "check", "--trees", str(trees)]
    surroundings = {**os.environ, "SOPGUIDE_CACHE": str(tmp_path / "cache")}
    running = subprocess.Popen(
        command, env=surroundings, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    wait_until(lambda: running.poll() is not None or _proves(running.pid), "a proof")
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=SECONDS)
    assert "Traceback" not in told
    assert running.returncode in (0, 130)  # 0 where it was done before
