from __future__ import annotations

from sopguide.log.exporting.counts import Counts


def test_counts_what_a_person_would() -> None:
    counts = Counts()
    counts.add(["a", "b", "c"], [3, 1, 2])
    counts.add(["a", "b", "c"], [1000, 1001, 1002])
    counts.add(["a", "b", "b"], [5, 5, 5])
    assert counts.to_json() == {
        "cases": 3,
        "events": 9,
        "activities": 3,
        "variants": 2,
        "directly_follows": 3,
        "first": "1970-01-01T00:00:00.001Z",
        "last": "1970-01-01T00:00:01.002Z",
    }
    assert counts.follows["a", "b"] == 3
    assert counts.commonest() == [(("a", "b", "c"), 2), (("a", "b", "b"), 1)]


def test_activities_with_the_same_letters_are_other_variants() -> None:
    counts = Counts()
    counts.add(["ab", "c"], [0, 0])
    counts.add(["a", "bc"], [0, 0])
    assert counts.variants == 2


def test_an_empty_log_has_no_times() -> None:
    told = Counts().to_json()
    assert (told["cases"], told["first"], told["last"]) == (0, None, None)
