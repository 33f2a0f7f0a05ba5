from __future__ import annotations

from pathlib import Path

import pytest

from sopguide.cachefiles import write_whole


def test_a_file_and_its_folders_are_private_to_one_user(tmp_path: Path) -> None:
    place = tmp_path / "cache" / "kept"
    write_whole(place, b"one")
    assert place.read_bytes() == b"one"
    assert [path.stat().st_mode & 0o777 for path in (place, place.parent)] == [0o600, 0o700]


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kept"
    write_whole(place, b"old")

    def refuse(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no"):
        write_whole(place, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert place.read_bytes() == b"old"
