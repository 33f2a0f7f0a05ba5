"""JSON Schema of each kind of file, from the models, for editors that complete and check.

Editors give scalars a type before they look at the schema (`13` is a number, in some `yes` is a
flag), while here all of them are text: so where a text is wanted any scalar will do. A schema knows
one file: names that other files define, tests and expressions are left to `sopguide check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from sopguide.source import models, shapes
from sopguide.source.described import KEYS, OF_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import core_schema

Json = dict[str, Any]

KINDS = ("library", "labels", "macros", "table", "sop", "scenarios")

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
_SCALAR: Json = {"type": ["string", "number", "boolean"]}
_FREE = (None, r"\S", _ID)  # patterns that a number or flag fits as well
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?"


def schema_of(kind: str) -> Json:
    """The schema of one kind of file."""
    found = _FILES[kind]()
    defs = found.pop("$defs", {})
    for name, patch in _PATCHES.items():
        if name in defs:
            defs[name] |= patch
    if "Rule" in defs or "Row" in defs:
        defs |= _CONDITION
    _describe(found, found.get("title", ""))
    for name, model in defs.items():
        _describe(model, name)
    head = {"$schema": _DIALECT, "title": _TITLES[kind]}
    return {**head, **_without_titles(found), "$defs": _without_titles(defs)}


_TITLES = {
    "library": "sopguide: library",
    "labels": "sopguide: labels",
    "macros": "sopguide: macros",
    "table": "sopguide: table",
    "sop": "sopguide: SOP",
    "scenarios": "sopguide: scenarios",
}


class _Schema(GenerateJsonSchema):
    """Schemas of files as they are typed, not of what the models make of them."""

    def str_schema(self, schema: core_schema.StringSchema) -> Json:
        found = super().str_schema(schema)
        return found | _SCALAR if found.get("pattern") in _FREE else found

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Json:
        """A key that may be left out may not be left empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Json:
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Json:
        found = super().tagged_union_schema(schema)
        found.pop("discriminator", None)
        return {"anyOf": found.pop("oneOf"), **found}

    def dict_schema(self, schema: core_schema.DictSchema) -> Json:
        """A mapping whose keys have a grammar has no others."""
        found = super().dict_schema(schema)
        return found | {"additionalProperties": False} if "patternProperties" in found else found

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Json:
        found = super().function_before_schema(schema)
        function: Any = schema["function"]["function"]
        typed = _TYPED.get(function)
        return typed(found) if typed else found


_TYPED: dict[Callable[..., Any], Callable[[Json], Json]] = {
    shapes._texts: lambda found: {"anyOf": [found["items"], found]},  # noqa: SLF001
    shapes._flag: lambda _: {"enum": [True, False, "yes", "no"]},  # noqa: SLF001
    shapes._date: lambda _: {"type": "string", "pattern": f"{_DATE}$"},  # noqa: SLF001
    shapes._moment: lambda _: {"type": "string", "pattern": f"{_DATE}{_TIME}$"},  # noqa: SLF001
}


def _of_model(model: type[shapes.Model]) -> Json:
    return model.model_json_schema(schema_generator=_Schema)


def _named(model: type[shapes.Model]) -> Json:
    """A file that is a mapping of named things."""
    inner, defs = _inner(model)
    names = {"propertyNames": {"pattern": _ID}, "additionalProperties": inner}
    return {"type": "object", "minProperties": 1, **names, "$defs": defs}


def _labels() -> Json:
    """A mapping with a title is a label, any other a group."""
    inner, defs = _inner(models.Label)
    group = {"$ref": "#/$defs/Group"}
    either = {"if": {"required": ["title"]}, "then": inner, "else": group}
    defs["Group"] = {
        "description": "Labels that belong together; their ids begin with its name.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _ID},
        "additionalProperties": either,
    }
    return {**group, "$defs": defs}


def _scenarios() -> Json:
    inner, defs = _inner(models.Scenario)
    return {"type": "array", "items": inner, "$defs": defs}


def _inner(model: type[shapes.Model]) -> tuple[Json, Json]:
    """A reference to a model, and the definitions it needs."""
    found = _of_model(model)
    defs: Json = found.pop("$defs", {})
    defs[model.__name__] = found
    return {"$ref": f"#/$defs/{model.__name__}"}, defs


_FILES: dict[str, Callable[[], Json]] = {
    "library": lambda: _of_model(models.Library),
    "labels": _labels,
    "macros": lambda: _named(models.Macro),
    "table": lambda: _of_model(models.Table),
    "sop": lambda: _of_model(models.Sop),
    "scenarios": _scenarios,
}

_CHOSEN = {"enum": ["choice", "choices"]}
_NEEDS_VALUES = {
    "if": {"properties": {"type": _CHOSEN}, "required": ["type"]},
    "then": {"required": ["values"]},
}
_PATCHES: dict[str, Json] = {
    "Fact": _NEEDS_VALUES,
    "Question": {"anyOf": [{"required": ["ask"]}, {"required": ["fact"]}], **_NEEDS_VALUES},
    "Finish": {
        "if": {"properties": {"end": {"const": "escalated"}}},
        "then": {"required": ["escalate"]},
        "else": {"not": {"required": ["escalate"]}},
    },
}
_TEST: Json = {"anyOf": [_SCALAR, {"type": "array", "minItems": 1, "items": _SCALAR}]}
_CONDITION: Json = {
    "Condition": {
        "description": "When this holds: every test of a mapping, or any mapping of a list.",
        "anyOf": [
            {"$ref": "#/$defs/Tests"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Tests"}},
        ],
    },
    "Tests": {
        "description": "Fact and test: `{country: in eea, age: 13..17}`. All of them must hold.",
        "type": "object",
        "minProperties": 1,
        "properties": {"any": {"type": "array", "items": {"$ref": "#/$defs/Tests"}}},
        "patternProperties": {r"^(?!any$)[a-z][a-z0-9_]*$": _TEST},
        "additionalProperties": False,
    },
}


def _describe(schema: Json, model: str) -> None:
    """Say of each key what it is for."""
    for key, found in schema.get("properties", {}).items():
        if key == "if":
            found |= {"$ref": "#/$defs/Condition"}
        words = OF_MODEL.get((model, key)) or KEYS.get(key)
        if words:
            found["description"] = words


def _without_titles(found: Any) -> Any:
    """Without the titles that pydantic makes from names; a key named `title` stays."""
    if isinstance(found, list):
        return [_without_titles(item) for item in found]
    if not isinstance(found, dict):
        return found
    return {
        key: _without_titles(value)
        for key, value in found.items()
        if key != "title" or not isinstance(value, str)
    }
