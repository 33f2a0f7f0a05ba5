"""The schemas that editors use: what is shipped fits them, what authors mistype does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sopguide.source import fact_models, models, rule_models, schema, shapes, step_models
from sopguide.source.described import KEYS, OF_MODEL
from sopguide.source.schema import KINDS, schema_of

TREES = Path(__file__).parents[2] / "trees"
SHIPPED = sorted(path.relative_to(TREES).as_posix() for path in TREES.rglob("*.yaml"))
KIND_OF = {"macros": "macros", "tables": "table", "sops": "sop", "scenarios": "scenarios"}
VALIDATORS = {kind: Draft202012Validator(schema_of(kind)) for kind in KINDS}

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_FLAGS = {"true": True, "false": False}
_OLD_FLAGS = {**_FLAGS, "yes": True, "no": False, "on": True, "off": False, "NO": False}


def as_editors_read(text: str, *, old: bool = False) -> Any:
    """YAML with the types of version 1.2, or with the flags of 1.1; keys stay text."""
    return _value(yaml.compose(text, yaml.SafeLoader), _OLD_FLAGS if old else _FLAGS)


def _value(node: Any, flags: dict[str, bool]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value, flags) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, flags) for item in node.value]
    if node.style in ("'", '"', "|", ">"):
        return node.value
    if node.value in flags:
        return flags[node.value]
    if node.value in ("", "null", "~"):
        return None
    return float(node.value) if _NUMBER.match(node.value) else node.value


def wrong(kind: str, text: str) -> list[str]:
    """Where the schema finds something wrong, innermost."""
    found = []
    todo = [*VALIDATORS[kind].iter_errors(as_editors_read(text))]
    while todo:
        error = todo.pop()
        todo += error.context
        found.append(f"{'/'.join(map(str, error.absolute_path))}: {error.message}")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_one(kind: str) -> None:
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    assert list(of_schemas.iter_errors(schema_of(kind))) == []


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("file", SHIPPED)
def test_every_shipped_file_fits(file: str, *, old: bool) -> None:
    kind = KIND_OF.get(file.partition("/")[0], file.removesuffix(".yaml"))
    data = as_editors_read((TREES / file).read_text("utf-8"), old=old)
    assert [error.message for error in VALIDATORS[kind].iter_errors(data)] == []


HEAD = "title: T\nversion: 1.0.0\nstatus: live\nowner: o\nabout: a\nstart: q\n"


def sop(steps: str) -> str:
    return f"{HEAD}steps:\n  {steps}\n"


@pytest.mark.parametrize(
    "steps",
    [
        "q: {ask: Sure, answers: {yes: a, no: {say: No, go: [{if: {q: yes}, to: a}, {else: b}], set: {x: [a, b]}}}}",
        "q: {fact: age, go: [{if: [{age: '< 13'}, {age: 13}], to: 7}, {else: b, because: [a, b]}]}",
        "q: {ask: How many, type: integer, min: 0, max: limit + 1, go: a}",
        "q: {do: x, check: one, critical: yes, confirm: true, go: a, because: GDPR}",
        "q: {decide: [{if: {a: [x, 1], any: [{b: known}]}, to: a}]}",
        "q: {run: sub/x, go: {a: b, c: [{else: d}]}}",
        "q: {return: 13}",
        "q: {wait: x, macro: none, label: a/b, for: 7d, go: {reply: a, timeout: b}}",
        "q: {end: escalated, macro: none, label: x, escalate: {to: us, within: 4h}}",
        "q: {end: resolved, macro: m, label: x, accept: [{code: SOP412, because: b, until: 2027-01-31}]}",
    ],
)
def test_what_the_language_allows_fits(steps: str) -> None:
    assert wrong("sop", sop(steps)) == []


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("sop", HEAD, "'steps' is a required property"),
        ("sop", HEAD + "steps: {}\n", "steps: {} should be non-empty"),
        ("sop", sop("q: {return: a}") + "ownr: x\n", "'ownr' was unexpected"),
        ("sop", sop("q: {return: a}").replace("live", "alive"), "status: 'alive' is not one of"),
        ("sop", sop("q: {return: a}").replace("1.0.0", "1.0"), "version: 1.0 is not of type"),
        ("sop", sop("q: {return: a}").replace("1.0.0", "v1.0.0"), "version: 'v1.0.0' does not"),
        ("sop", sop("q: {return: a}").replace("title: T", "title:"), "title: None is not of type"),
        ("sop", sop("'a b': {return: a}"), "'a b' does not match"),
        ("sop", sop("q: {ask: x, answer: {yes: a}}"), "'answer' was unexpected"),
        ("sop", sop("q: {help: x}"), "steps/q: 'end' is a required property"),
        ("sop", sop("q: {do: x, ask: y, go: a}"), "steps/q"),
        ("sop", sop("q: {decide: [{if: {a: b}}]}"), "'to' is a required property"),
        ("sop", sop("q: {decide: [{if: {a: {b: c}}, to: x}]}"), "{'b': 'c'} is not of type"),
        ("sop", sop("q: {decide: [{if: {}, to: x}]}"), "{} should be non-empty"),
        ("sop", sop("q: {decide: []}"), "[] should be non-empty"),
        ("sop", sop("q: {end: finished, macro: m, label: l}"), "'finished' is not one of"),
        ("sop", sop("q: {end: escalated, macro: m, label: l}"), "'escalate' is a required"),
        ("sop", sop("q: {end: resolved, macro: m, label: l, escalate: {to: x}}"), "should not be"),
        ("sop", sop("q: {ask: x, type: choice, go: a}"), "'values' is a required property"),
        ("sop", sop("q: {ask: x, critical: maybe, go: a}"), "'maybe' is not one of"),
        (
            "sop",
            sop("q: {return: a}") + "effective: {from: 1.1.2027}\n",
            "effective/from: '1.1.2027' does not match",
        ),
        ("library", "name: T\n", "'locales' is a required property"),
        ("library", "name: T\nlocales: en\n", "locales: 'en' is not of type 'array'"),
        (
            "library",
            "name: T\nlocales: [en]\nfacts: {Age: {type: integer}}\n",
            "'Age' does not match",
        ),
        (
            "library",
            "name: T\nlocales: [en]\nfacts: {age: {type: number}}\n",
            "facts/age/type: 'number' is not one of",
        ),
        (
            "library",
            "name: T\nlocales: [en]\nsets: {s: {of: a, values: []}}\n",
            "sets/s/values: []",
        ),
        ("macros", "m: {title: T, status: live, body: {}}\n", "m/body: {} should be non-empty"),
        ("macros", "m: {title: T, status: life, body: {en: x}}\n", "m/status: 'life' is not one"),
        (
            "macros",
            "m: {title: T, status: live, sunset: soon, body: {en: x}}\n",
            "m/sunset: 'soon'",
        ),
        ("macros", "'a b': {title: T, status: live, body: {en: x}}\n", "'a b' does not match"),
        ("labels", "a: {b: {titel: T}}\n", "a/b/titel: 'T' is not of type 'object'"),
        ("labels", "a: {title: T, macro: [x]}\n", "'macro' was unexpected"),
        ("labels", "{}", "{} should be non-empty"),
        ("table", "hit: last\nrows: [{else: 1}]\n", "hit: 'last' is not one of"),
        ("table", "hit: first\nrows: [{if: {a: b}}]\n", "'value' is a required property"),
        ("scenarios", "scenario: x\n", "is not of type 'array'"),
        ("scenarios", "- {scenario: x}\n", "0: 'expect' is a required property"),
        (
            "scenarios",
            "- {scenario: x, expect: {end: resolved, macro: m, lable: l}}\n",
            "'lable' was unexpected",
        ),
    ],
)
def test_what_authors_mistype_does_not_fit(kind: str, text: str, told: str) -> None:
    found = wrong(kind, text)
    assert any(told in line for line in found), found


def test_every_key_and_every_thing_is_described() -> None:
    for kind in KINDS:
        found = schema_of(kind)
        for name, part in [*found["$defs"].items(), ("", found)]:
            assert not name or part.get("description"), name
            for key, value in part.get("properties", {}).items():
                assert value.get("description") or key == "any", (name, key)
            assert not isinstance(part.get("title"), str) or part is found


PARTS = {**vars(fact_models), **vars(rule_models), **vars(step_models), **vars(models)}


def test_every_description_is_of_a_key_that_exists() -> None:
    keys = {
        field.alias or name
        for model in PARTS.values()
        if isinstance(model, type) and issubclass(model, shapes.Model)
        for name, field in model.model_fields.items()
    }
    assert set(KEYS) <= keys
    for model, key in OF_MODEL:
        fields = PARTS[model].model_fields
        assert key in {field.alias or name for name, field in fields.items()}


def test_the_kinds_are_those_of_the_models() -> None:
    assert set(schema._FILES) == set(KINDS)
