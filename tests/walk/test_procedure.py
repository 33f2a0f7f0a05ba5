"""A compiled SOP, ready to be walked: its parts, its facts, its languages."""

import pytest

from tests.walk.cases import OF


def test_a_step_is_found_in_the_part_it_lies_in() -> None:
    assert OF.locate("a") == (OF.root, "a")
    assert OF.locate("part.which") == (OF.part("part"), "which")


@pytest.mark.parametrize(
    ("key", "name"),
    [("age", "age"), ("part:note", "note"), ("nothing", None), ("nowhere:note", None)],
)
def test_a_fact_lies_at_its_key(key: str, name: str | None) -> None:
    fact = OF.fact_at(key)
    assert (fact and fact.name) == name


def test_the_own_facts_of_a_part_lie_apart_and_those_of_the_library_do_not() -> None:
    part = OF.part("part")
    assert part.key(part.fact("note")) == "part:note"
    assert part.key(part.fact("age")) == OF.root.key(OF.root.fact("age")) == "age"


def test_a_step_stays_linked_for_all_later_walks() -> None:
    assert OF.root.step("b") is OF.root.step("b")


def test_without_translations_it_is_shown_in_the_librarys_language() -> None:
    assert [OF.language(wanted) for wanted in (None, "en", "es")] == ["en", "en", "en"]
