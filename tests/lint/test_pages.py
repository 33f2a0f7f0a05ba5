from __future__ import annotations

import textwrap
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

from sopguide.graph import codes
from sopguide.lint import rules
from sopguide.lint.registry import FLOW_RULES, LIBRARY_RULES, pages
from sopguide.proof.check import forms_of, prove_form, tell_proved
from sopguide.proof.codes import CODES
from sopguide.proof.kept import Proofs
from sopguide.source.codes import NAMES
from tests.building import DAY, SOP, UNUSED, found, library, sources, split

if TYPE_CHECKING:
    from types import ModuleType

MODULES = [import_module(f"{rules.__name__}.{info.name}") for info in iter_modules(rules.__path__)]
CHECKED = {rule.CODE for rule in FLOW_RULES} | {rule.CODE for rule in LIBRARY_RULES}
PROVED = {code for code, _ in CODES.values()}
WITHOUT_EXAMPLE = {
    "unreadable-file",
    "file-too-big",
    "not-utf8",
    "control-character",
    "nested-too-deep",
    "too-many-nodes",
    "misplaced-file",
    "no-library",
    "too-many-mistakes",
}
by_name = pytest.mark.parametrize("rule", MODULES, ids=lambda rule: rule.NAME)
by_example = pytest.mark.parametrize(
    "rule",
    [rule for rule in MODULES if rule.NAME not in WITHOUT_EXAMPLE],
    ids=lambda rule: rule.NAME,
)


def _part(rule: ModuleType, name: str) -> str:
    """One part of a manual page, as an author would copy it."""
    _, _, rest = (rule.__doc__ or "").partition(f"\n{name}:\n\n")
    lines = rest.splitlines(keepends=True)
    block = [line for line in lines if line.startswith("    ") or not line.strip()]
    end = next((at for at, line in enumerate(lines) if line.strip() and line[0] != " "), len(lines))
    return textwrap.dedent("".join(block[:end])).rstrip() + "\n"


def _told(rule: ModuleType, part: str) -> list[str]:
    """What is found in an example of a page: by the proof, where the rule is one of its."""
    files = split(_part(rule, part))
    if rule.CODE not in PROVED:
        return found(files, unused=rule.NAME.startswith("unused-"))
    made, proofs = library(files), Proofs(None)
    assert all(entry.hash for entry in made.sops.values()), made.diagnostics
    for sop, form in forms_of(made):
        proofs[form] = prove_form(made.form_bytes(sop), overlaps=made.asks_for("SOP410"))
    told = tell_proved(made, proofs, sources(files))
    return [str(each) for each in made.findings(DAY, told) if each.code not in UNUSED]


@by_example
def test_the_good_example_of_a_page_is_clean(rule: ModuleType) -> None:
    assert _told(rule, "Good") == []


@by_example
def test_the_bad_example_of_a_page_is_found_where_the_page_says(rule: ModuleType) -> None:
    said = _part(rule, "Found").splitlines()
    lines = [line if _names_a_file(line) else f"{SOP}:{line}" for line in said]

    assert _told(rule, "Bad") == lines
    assert f"[{rule.CODE}]" in lines[0]


def _names_a_file(line: str) -> bool:
    return ".yaml:" in line or ".po:" in line


@by_name
def test_a_module_is_named_like_its_rule(rule: ModuleType) -> None:
    assert rule.__name__.rpartition(".")[2].replace("_", "-") == rule.NAME


def test_every_code_has_a_page_and_no_code_has_two() -> None:
    told = [page.code for page in pages()]
    made = {value for name, value in vars(codes).items() if name.isupper()}

    assert len(told) == len(set(told))
    assert set(told) == made | set(NAMES) | CHECKED | PROVED


def test_every_rule_with_a_check_runs() -> None:
    assert {rule.CODE for rule in MODULES if hasattr(rule, "check")} == CHECKED


def test_names_of_rules_are_used_once() -> None:
    names = [page.name for page in pages()]
    assert len(names) == len(set(names))
