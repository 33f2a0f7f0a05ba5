"""The pictures in README.md show the desk as it is: `python -m tests.pictures` takes them anew."""

from __future__ import annotations

from tests.pictures import PLACE, ROOT, all_taken


def test_the_pictures_are_of_today() -> None:
    taken = dict(all_taken())
    assert sorted(PLACE.iterdir()) == sorted(taken)
    readme = (ROOT / "README.md").read_text()
    for file, svg in taken.items():
        assert file.read_text() == svg, f"take {file.name} anew: python -m tests.pictures"
        assert len(svg.encode()) < 60_000
        assert f"(.pictures/{file.name})" in readme
