"""One thing of a library against its model: the model of what is right, and every misfit.

What is wrong is left out, and the rest validated again, so that one broken step hides neither the
mistakes in the others nor their names. Of a key that bears on nothing else, the key alone is left
out, and for an end that there is not another one stands in, so that its macro and label are judged.
Required keys that are wrong get a stand-in; what was left out or stood in for is told in `broken`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic

from pydantic import ValidationError

from sopguide.source import codes
from sopguide.source.misfits import misfits
from sopguide.source.models import Label, Library, Macro, Scenario, Sop, Table
from sopguide.source.sources import M
from sopguide.source.together import together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopguide.source.document import Path
    from sopguide.source.misfit import Misfit


@dataclass(frozen=True)
class Shape(Generic[M]):
    """A model, which of its keys hold entries of their own, and what stands in for which key."""

    model: type[M]
    entries: frozenset[str] = frozenset()
    stand_ins: Mapping[str, Any] = field(default_factory=dict)


LIBRARY = Shape(Library, frozenset({"facts", "sets"}), {"name": "?", "locales": ["en"]})
SOP = Shape(
    Sop,
    frozenset({"facts", "steps"}),
    {
        "title": "?",
        "version": "0.0.0",
        "status": "draft",
        "owner": "?",
        "about": "?",
        "start": "?",
    },
)
MACRO = Shape(Macro)
LABEL = Shape(Label)
TABLE = Shape(Table)
SCENARIO = Shape(Scenario)


_ASIDE = frozenset({"help", "because", "critical", "confirm", "unit", "clock"})
"""Keys of steps and facts without which all else means the same."""
_END = "end"
_KEY_OF_ENTRY = len(("steps", "name", "key"))


@dataclass(frozen=True)
class Judged(Generic[M]):
    """What came of it; `model` is None where too little was right."""

    model: M | None
    misfits: tuple[Misfit, ...] = ()
    broken: frozenset[Path] = frozenset()


def judge(shape: Shape[M], data: Any, above: Path = ()) -> Judged[M]:
    """Validate; and where something is wrong, validate what is left.

    `above` leads to where `data` lie in their file.
    """
    found: list[Misfit] = []
    broken: set[Path] = set()
    while True:
        model: M | None = None
        try:
            model = shape.model.model_validate(data)
            new = together(model)
        except ValidationError as error:
            new = [*misfits(error, data, shape.model, above)]
        if not new:
            return Judged(model, tuple(found), frozenset(broken))
        emptied = {part[:1] for part in broken if len(part) > 1}
        found += [misfit for misfit in new if misfit.path not in emptied]
        asides = [_aside(misfit) for misfit in new]
        parts = {
            part
            for misfit, aside in zip(new, asides, strict=True)
            if aside is None
            for part in _parts(shape, misfit)
        }
        for path in {aside for aside in asides if aside is not None}:
            data = _with_end(data, path) if path[-1] == _END else _less(data, path)
        if not parts:
            continue
        if parts <= broken or any(_is_needed(shape, part) for part in parts):
            return Judged(None, tuple(found), frozenset(broken | parts))
        broken |= parts
        data = _without(shape, data, parts)


def _parts(shape: Shape[M], misfit: Misfit) -> Iterator[Path]:
    """What to leave out because of a misfit: an entry, or a key at the top."""
    path = (*misfit.path, misfit.missing) if misfit.missing else misfit.path
    yield path[:2] if path and path[0] in shape.entries and len(path) > 1 else path[:1]
    if misfit.means and len(path) == 1:
        yield (misfit.means,)


def _aside(misfit: Misfit) -> Path | None:
    """What can be left out of a step, fact or answer, and all else be judged."""
    path = misfit.path
    if len(path) >= _KEY_OF_ENTRY and path[0] == "steps" and path[2] == "clock":
        return path[:_KEY_OF_ENTRY]
    if path[:1] == ("steps",) and path[2:] == (_END,) and misfit.code == codes.WRONG_VALUE:
        return path
    if misfit.code == codes.UNKNOWN_KEY:
        apart = len(path) > 1 and (misfit.means is None or misfit.means in _ASIDE)
    else:
        apart = len(path) == _KEY_OF_ENTRY and path[-1] in _ASIDE and not misfit.missing
    return path if apart else None


def _with_end(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """The same data with an end that there is, fit for what else the step says."""
    _, name, _ = path
    steps = data["steps"]
    end = "escalated" if "escalate" in steps[name] else "resolved"
    return {**data, "steps": {**steps, name: {**steps[name], _END: end}}}


def _less(data: Any, path: Path) -> Any:
    """The same data without what lies at `path`."""
    first, *rest = path
    left = data.copy()
    if rest:
        left[first] = _less(left[first], tuple(rest))
    else:
        left.pop(first, None)
    return left


def _is_needed(shape: Shape[M], part: Path) -> bool:
    """Whether nothing is left without this part."""
    if len(part) != 1 or part[0] in shape.stand_ins:
        return not part
    fields = shape.model.model_fields.items()
    return any(field.is_required() and (field.alias or name) == part[0] for name, field in fields)


def _without(shape: Shape[M], data: dict[str, Any], parts: set[Path]) -> dict[str, Any]:
    left = dict(data)
    for part in parts:
        name = str(part[0])
        if len(part) > 1:
            left[name] = {key: value for key, value in left[name].items() if key != part[1]}
        elif name in shape.stand_ins:
            left[name] = shape.stand_ins[name]
        else:
            left.pop(name, None)
    return left
