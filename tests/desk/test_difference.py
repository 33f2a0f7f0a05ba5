from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sopguide.desk.difference import ADDED, REMOVED, compare

OLD = "Hi Ana,\n\nwe could not confirm your account.\n\nTake care\nThe team"


def told(old: str, new: str) -> list[str]:
    return [str(line) for line in compare(old, new)]


def test_nothing_is_told_where_nothing_changed() -> None:
    assert compare(OLD, OLD) == ()


def test_a_changed_line_is_told_with_what_stands_around_it() -> None:
    new = OLD.replace("could not", "were not able to")
    assert told(OLD, new) == [
        "…",
        "",
        "- we could not confirm your account.",
        "+ we were not able to confirm your account.",
        "",
        "…",
    ]


def test_the_words_that_differ_are_marked() -> None:
    removed, added = compare("we could not confirm it", "we were not able to confirm it")
    assert [removed.text[a:b] for a, b in removed.changed] == ["could"]
    assert [added.text[a:b] for a, b in added.changed] == ["were", " able to"]


def test_lines_that_were_added_are_told_whole() -> None:
    assert told("one", "one\ntwo\nthree") == ["  one", "+ two", "+ three"]


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_what_was_removed_and_added_is_all_that_changed(old: str, new: str) -> None:
    lines = Counter(old.splitlines())
    for line in compare(old, new):
        lines[line.text] += {REMOVED: -1, ADDED: 1}.get(line.sign, 0)
    assert +lines == Counter(new.splitlines())


@given(st.text(max_size=200), st.text(max_size=200))
def test_marked_words_lie_inside_their_line(old: str, new: str) -> None:
    for line in compare(old, new):
        assert all(0 <= start < end <= len(line.text) for start, end in line.changed)
