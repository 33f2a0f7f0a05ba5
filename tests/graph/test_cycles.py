from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopguide.graph.cycles import cycles

NAMES = st.sampled_from("abcdef")


def test_names_that_lead_nowhere_round_have_none() -> None:
    assert cycles({"a": ["b", "x"], "b": ["c"], "c": []}) == []


def test_each_group_of_names_gives_one_cycle_in_the_order_they_refer() -> None:
    assert cycles({"a": ["c"], "b": ["d"], "c": ["e"], "d": ["b"], "e": ["a"]}) == [
        ["a", "c", "e"],
        ["b", "d"],
    ]


def test_a_name_may_refer_to_itself() -> None:
    assert cycles({"a": ["b"], "b": ["b"]}) == [["b"]]


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3), max_size=6))
def test_a_cycle_is_one_and_what_is_left_without_its_names_has_fewer(
    refers: dict[str, list[str]],
) -> None:
    found = cycles(refers)

    for cycle in found:
        assert len(set(cycle)) == len(cycle)
        for name, other in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            assert other in refers[name]
    for cycle in found:
        left = {name: to for name, to in refers.items() if name not in cycle}
        assert cycle not in cycles(left)
