from __future__ import annotations

import textwrap
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

from sopguide.graph import codes
from sopguide.lint import rules
from sopguide.lint.registry import FLOW_RULES, LIBRARY_RULES, pages
from sopguide.source.codes import NAMES
from tests.building import SOP, found, split

if TYPE_CHECKING:
    from types import ModuleType

MODULES = [import_module(f"{rules.__name__}.{info.name}") for info in iter_modules(rules.__path__)]
CHECKED = {rule.CODE for rule in FLOW_RULES} | {rule.CODE for rule in LIBRARY_RULES}
by_name = pytest.mark.parametrize("rule", MODULES, ids=lambda rule: rule.NAME)


def _part(rule: ModuleType, name: str) -> str:
    """One part of a manual page, as an author would copy it."""
    _, _, rest = (rule.__doc__ or "").partition(f"\n{name}:\n\n")
    lines = rest.splitlines(keepends=True)
    block = [line for line in lines if line.startswith("    ") or not line.strip()]
    end = next((at for at, line in enumerate(lines) if line.strip() and line[0] != " "), len(lines))
    return textwrap.dedent("".join(block[:end])).rstrip() + "\n"


def _tells_unused(rule: ModuleType) -> bool:
    return str(rule.NAME).startswith("unused-")


@by_name
def test_the_good_example_of_a_page_is_clean(rule: ModuleType) -> None:
    assert found(split(_part(rule, "Good")), unused=_tells_unused(rule)) == []


@by_name
def test_the_bad_example_of_a_page_is_found_where_the_page_says(rule: ModuleType) -> None:
    said = _part(rule, "Found").splitlines()
    lines = [line if ".yaml:" in line else f"{SOP}:{line}" for line in said]

    assert found(split(_part(rule, "Bad")), unused=_tells_unused(rule)) == lines
    assert f"[{rule.CODE}]" in lines[0]


@by_name
def test_a_module_is_named_like_its_rule(rule: ModuleType) -> None:
    assert rule.__name__.rpartition(".")[2].replace("_", "-") == rule.NAME


def test_every_code_has_a_page_and_no_code_has_two() -> None:
    told = [page.code for page in pages()]
    made = {value for name, value in vars(codes).items() if name.isupper()}

    assert len(told) == len(set(told))
    assert set(told) == made | set(NAMES) | CHECKED


def test_every_rule_with_a_check_runs() -> None:
    assert {rule.CODE for rule in MODULES if hasattr(rule, "check")} == CHECKED


def test_names_of_rules_are_used_once() -> None:
    names = [page.name for page in pages()]
    assert len(names) == len(set(names))
