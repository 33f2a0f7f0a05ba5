"""What pydantic found, in the author's words: one misfit for each cause, at its own place.

pydantic's paths go through the models' unions; here they are brought back to the paths of the
document, and its messages, written for programmers, are replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.source import codes, fact_models, models, rule_models, step_models
from sopguide.source.misfit import Misfit, missing_key, quoted
from sopguide.source.shapes import (
    LIST,
    MAPPING,
    TEXT,
    FactName,
    Id,
    Keep,
    Locale,
    Model,
    Text,
    Version,
    shape_of,
)
from sopguide.source.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError

    from sopguide.source.document import Path

KEY = "[key]"
"""The last part of pydantic's path to a key."""

_ABOUT_NAMES = {"string_pattern_mismatch", "reserved"}


def misfits(
    error: ValidationError, data: Any, model: type[Model], above: Path = ()
) -> Iterator[Misfit]:
    """All that a model refused in `data`, which lies at `above` in its file.

    A misspelt key is not missing as well.
    """
    found = [*_each(error, data, model, above)]
    misspelt = {(misfit.path[:-1], misfit.means) for misfit in found if misfit.means is not None}
    return (misfit for misfit in found if (misfit.path, misfit.missing) not in misspelt)


def _each(error: ValidationError, data: Any, model: type[Model], above: Path) -> Iterator[Misfit]:
    for found in error.errors(include_url=False):
        path = tuple(part for part in found["loc"] if not _is_tag(part))
        kind = found["type"]
        name = _name_of((*above, *path))
        if path[-1:] == (KEY,) and kind in _ABOUT_NAMES:
            yield _bad_name(path[:-1], kind, found.get("ctx", {}))
        elif kind == "extra_forbidden":
            yield _unknown_key(path, data, _model_of(path[:-1], data, model))
        elif kind == "missing":
            yield missing_key(path[:-1], str(path[-1]), above)
        elif kind.startswith("union_tag"):
            yield _bad_union(path, name, found["input"], found.get("ctx", {}))
        elif kind != "too_short" or not found["input"]:
            yield _bad_value(path, name, kind, found["input"], found.get("ctx", {}), found["msg"])


def _is_tag(part: str | int) -> bool:
    return isinstance(part, str) and part.startswith("\0")


# ---------------------------------------------------------------- keys

_FIELDS: dict[str, type[Model]] = {
    "facts": fact_models.Fact,
    "sets": fact_models.NamedSet,
    "answers": step_models.Answer,
    "accept": step_models.Accepted,
    "escalate": step_models.Escalation,
    "effective": models.Effective,
    "calendar": fact_models.Calendar,
    "retention": models.Retention,
    "clock": step_models.Clock,
    "expect": models.Expectation,
}
_NAMED = {"facts", "sets", "answers"}
_RULES = {"go", "decide"}


def _model_of(path: Path, data: Any, top: type[Model]) -> type[Model]:
    """The model of the mapping at `path`."""
    names = [part for part in path if isinstance(part, str)]
    if path and isinstance(path[-1], int) and names[-1] == "rows":
        return models.Row
    if path and isinstance(path[-1], int) and _RULES.intersection(names[-2:]):
        return rule_models.Rule
    if len(names) > 1 and names[-2] == "steps":
        kinds = step_models.kinds_in(_at(data, path))
        return step_models.KINDS[kinds[0]] if kinds else top
    if len(names) > 1 and names[-2] in _NAMED:
        return _FIELDS[names[-2]]
    if len(names) > 1 and names[-2] == "retention":
        return models.Kept
    for name in reversed(names[-2:]):
        if name in _FIELDS:
            return _FIELDS[name]
    return top


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def keys_of(model: type[Model]) -> list[str]:
    """The keys a model knows, as authors write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _unknown_key(path: Path, data: Any, model: type[Model]) -> Misfit:
    key = str(path[-1])
    known = keys_of(model)
    given = _at(data, path[:-1])
    if model in (rule_models.Rule, models.Row) and key == "else":
        means: str | None = "to"
        help_ = "a rule has either `if` or `else`; put `else` into a rule of its own, the last"
    else:
        means = nearest(key, [name for name in known if name not in given])
        help_ = f"did you mean `{means}`?" if means else f"known here: {', '.join(known)}"
    headline = f"unknown key `{quoted(key)}`"
    return Misfit(path, codes.UNKNOWN_KEY, headline, help_, key=True, means=means)


def _bad_name(path: Path, kind: str, context: dict[str, Any]) -> Misfit:
    name = quoted(path[-1])
    if kind == "reserved":
        return Misfit(
            path,
            codes.RESERVED_WORD,
            f"`{name}` is a reserved word",
            "choose another name",
            key=True,
        )
    code, headline, help_ = _PATTERNS[context["pattern"]]
    if code == codes.EMPTY_TEXT:
        return Misfit(path, code, "a key is empty", None, key=True)
    return Misfit(path, code, headline.format(name), help_, key=True)


# ---------------------------------------------------------------- values


def _pattern(shape: Any) -> str:
    return str(shape.__metadata__[0].pattern)


_PATTERNS: dict[str, tuple[str, str, str | None]] = {
    _pattern(Text): (codes.EMPTY_TEXT, "`{}` is empty", "write something, or delete the key"),
    _pattern(Id): (
        codes.WRONG_NAME,
        "`{}` is no valid id",
        "an id holds letters, digits, `-` and `_`, and begins with a letter or digit",
    ),
    _pattern(FactName): (
        codes.WRONG_NAME,
        "`{}` is no valid name of a fact or set",
        "such a name holds small letters, digits and `_`, and begins with a letter",
    ),
    _pattern(Version): (
        codes.WRONG_VALUE,
        "`{}` is no version",
        "a version is three whole numbers: `1.0.0`",
    ),
    _pattern(Keep): (
        codes.WRONG_VALUE,
        "`{}` is no time to keep something",
        "write a number and one of y, m, w, d, h: `24m`, `90d`",
    ),
    _pattern(Locale): (codes.WRONG_VALUE, "`{}` is no locale", "write it as `en` or `pt-BR`"),
    r"^SOP[0-9]{3}$": (codes.WRONG_VALUE, "`{}` is no code of a finding", "write it as `SOP412`"),
}
_SHAPE_NAMES = {TEXT: "text", LIST: "a list", MAPPING: "a mapping"}
_WANTED = {
    "string_type": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "tuple_type": "a list",
}
_CUSTOM = {"flag": "flag", "date": "date", "moment": "time", "zone": "time zone"}


def _name_of(path: Path) -> str:
    """What to call the value at `path`: its key, or its place in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        listed = f"`{quoted(path[-2])}`" if len(path) > 1 else "the list"
        return f"item {path[-1] + 1} of {listed}"
    return f"`{quoted(path[-1])}`"


def _bad_value(
    path: Path, name: str, kind: str, value: object, context: dict[str, Any], said: str
) -> Misfit:
    if kind in _WANTED:
        return _wrong_shape(path, name, _WANTED[kind], value)
    if kind == "string_pattern_mismatch":
        code, headline, help_ = _PATTERNS[context["pattern"]]
        if code == codes.EMPTY_TEXT:
            return Misfit(path, code, f"{name} is empty", help_)
        return Misfit(path, code, headline.format(quoted(value)), help_)
    if kind == "too_short":
        return Misfit(path, codes.EMPTY_TEXT, f"{name} is empty", "write at least one entry")
    if not isinstance(value, str):
        return _wrong_shape(path, name, "text", value)
    if kind == "literal_error":
        return _not_one_of(path, name, value, context["expected"])
    if kind == "reserved":
        headline = f"`{quoted(value)}` is a reserved word"
        return Misfit(path, codes.RESERVED_WORD, headline, "choose another name")
    return Misfit(path, codes.WRONG_VALUE, f"`{quoted(value)}` is no {_CUSTOM[kind]}", said)


def _wrong_shape(path: Path, name: str, wanted: str, value: object) -> Misfit:
    if value == "":
        headline = f"{name} is empty"
        return Misfit(path, codes.EMPTY_TEXT, headline, f"write {wanted} here")
    headline = f"{name} must be {wanted}, not {_SHAPE_NAMES[shape_of(value)]}"
    return Misfit(path, codes.WRONG_SHAPE, headline)


def _not_one_of(path: Path, name: str, value: str, expected: str) -> Misfit:
    known = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
    near = nearest(value, known)
    listed = f"one of: {', '.join(known)}"
    help_ = f"did you mean `{near}`?" if near else listed
    headline = f"`{quoted(value)}` is no value of {name}"
    return Misfit(path, codes.WRONG_VALUE, headline, help_)


def _bad_union(path: Path, name: str, value: object, context: dict[str, Any]) -> Misfit:
    expected = str(context.get("expected_tags", ""))
    wanted = [word for tag, word in _SHAPE_NAMES.items() if repr(tag) in expected]
    if len(path) > 1 and path[-2] == "steps":
        return _no_kind(path, name, value)
    return _wrong_shape(path, name, " or ".join(wanted), value)


def _no_kind(path: Path, name: str, step: object) -> Misfit:
    """A step whose keys speak of no kind, or of several."""
    if not isinstance(step, dict):
        return _wrong_shape(path, name, "a mapping", step)
    kinds = step_models.kinds_in(step)
    if kinds:
        headline = f"step {name} is of several kinds: {_listed(kinds)}"
        return Misfit(
            path, codes.STEP_KIND, headline, "make a step of each, joined by `go`", key=True
        )
    headline = f"step {name} is of no kind"
    for key in step:
        near = nearest(str(key), step_models.KINDS)
        if near:
            help_ = f"did you mean `{near}`?"
            return Misfit((*path, key), codes.STEP_KIND, headline, help_, key=True)
    help_ = f"a step has one of: {', '.join(step_models.KINDS)}"
    return Misfit(path, codes.STEP_KIND, headline, help_, key=True)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
