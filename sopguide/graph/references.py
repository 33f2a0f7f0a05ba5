"""Every name of a library: where it is defined, and everything that uses it.

Works on the files as they were read, so an SOP with mistakes is searched like any other. A fact of
one SOP is named `account/hacked.trouble`, as its steps are; a library's fact by its name alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Span
from sopguide.facts.names import fact_of_step, is_fact_name
from sopguide.graph.placeholders import Unreadable, placeholders
from sopguide.graph.written import names_in_expression, names_in_test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopguide.source.document import Path
    from sopguide.source.sources import Entry, Sources

    Entries = Mapping[str, Entry[Any]]

KINDS = ("macro", "label", "fact", "set", "table", "sop", "step")

_TEXTS = ("ask", "help", "do", "wait", "check")
_LIMITS = ("min", "max", "is")
_HOLIDAYS = ("calendar", "holidays")


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a name is given."""

    kind: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Use:
    """Where a name is used, what uses it (``step `refuse` ``) and as what (`macro`)."""

    kind: str
    name: str
    span: Span
    by: str
    role: str


class References:
    """The definitions and uses of one library, in the order of its files."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._facts = set(_mapping(_data(sources.library), "facts"))
        self._own = {sop: _own_facts(entry) - self._facts for sop, entry in sources.sops.items()}
        self._senders = _senders(sources.sops)
        self.definitions = tuple(sorted(self._definitions(), key=lambda each: each.span))
        self.uses = tuple(sorted(dict.fromkeys(self._uses()), key=lambda each: each.span))

    # ------------------------------------------------------------ definitions

    def _definitions(self) -> Iterator[Definition]:
        sources = self._sources
        if library := sources.library:
            for kind, key in (("fact", "facts"), ("set", "sets")):
                for name in _mapping(_data(library), key):
                    yield Definition(kind, name, library.span(key, name, key=True))
        named: tuple[tuple[str, Entries], ...] = (
            ("macro", sources.macros),
            ("label", sources.labels),
            ("table", sources.tables),
            ("sop", sources.sops),
        )
        for kind, entries in named:
            for name, entry in entries.items():
                place = entry.span(key=True) if entry.path else Span.of_file(entry.document.path)
                yield Definition(kind, name, place)
        for sop, entry in sources.sops.items():
            yield from self._inside(sop, entry)

    def _inside(self, sop: str, entry: Entry[Any]) -> Iterator[Definition]:
        """The steps and facts of one SOP."""
        data = _data(entry)
        given = {name: ("facts", name) for name in _mapping(data, "facts")}
        for step, body in _mapping(data, "steps").items():
            yield Definition("step", f"{sop}.{step}", entry.span("steps", step, key=True))
            if _declares(body):
                given.setdefault(fact_of_step(step), ("steps", step))
        for name in self._own[sop]:
            yield Definition("fact", f"{sop}.{name}", entry.span(*given[name], key=True))

    # ------------------------------------------------------------ uses

    def _uses(self) -> Iterator[Use]:
        sources = self._sources
        if sources.library:
            yield from _of_library(_Place(sources.library))
        for place in _places("table", sources.tables):
            yield from _rules(place, ("rows",), "row")
        for place in _places("label", sources.labels):
            yield from place.names("macro", ("macros",), "goes with it")
        for place in _places("macro", sources.macros):
            yield from self._of_macro(place)
        for place in _places("SOP", sources.sops):
            sop = place.entry.id
            yield from (self._resolved(use, sop) for use in _of_sop(place, sop))
        for sop, scenarios in sources.scenarios.items():
            for one in scenarios:
                yield from (self._resolved(use, sop) for use in self._of_scenario(one, sop))

    def _resolved(self, use: Use, sop: str) -> Use:
        """A use with its name in full, where it is a fact of the SOP's own."""
        if use.kind != "fact" or use.name not in self._own.get(sop, ()):
            return use
        return Use(use.kind, f"{sop}.{use.name}", use.span, use.by, use.role)

    def _of_macro(self, place: _Place) -> Iterator[Use]:
        """A macro's placeholders may be facts of the SOPs that end in it."""
        yield from place.names("macro", ("replaced_by",), "replaces it")
        senders = self._senders.get(place.entry.id, ())
        for use in place.placeholders(("body",), "placeholder"):
            own = [self._resolved(use, sop) for sop in senders if use.name in self._own[sop]]
            yield from own or (use,)

    def _of_scenario(self, entry: Entry[Any], sop: str) -> Iterator[Use]:
        title = _Place(entry).value(("scenario",))
        place = _Place(entry, f"scenario `{title}`")
        yield from place.keys("fact", ("ticket", "facts"), "given")
        answers = place.value(("answers",))
        steps = self._steps(sop)
        for name in answers if isinstance(answers, dict) else ():
            inner, dot, step = name.partition(".")
            if name in steps:
                yield place.use("step", f"{sop}.{name}", ("answers", name), "answered", key=True)
            elif dot and step in self._steps(inner):
                yield place.use("step", name, ("answers", name), "answered", key=True)
            else:
                yield place.use("fact", name, ("answers", name), "answered", key=True)
        yield from place.names("macro", ("expect", "macro"), "expected")
        yield from place.names("label", ("expect", "label"), "expected")

    def _steps(self, sop: str) -> Mapping[str, Any]:
        return _mapping(_data(self._sources.sops.get(sop)), "steps")


@dataclass(frozen=True, slots=True)
class _Place:
    """One entry of a library, and what its parts are called."""

    entry: Entry[Any]
    by: str = ""

    def value(self, path: Path) -> Any:
        return self.entry.document.value((*self.entry.path, *path))

    def use(self, kind: str, name: str, path: Path, role: str, *, key: bool = False) -> Use:
        return Use(kind, name, self.entry.span(*path, key=key), self.by, role)

    def part(self, kind: str, name: str, path: Path, start: int, role: str) -> Use:
        span = self.entry.within(path, start, start + len(name))
        return Use(kind, name, span, self.by, role)

    def texts(self, path: Path) -> Iterator[tuple[Path, str]]:
        """One text, or those of a list or mapping."""
        found = self.value(path)
        if isinstance(found, str):
            yield path, found
        elif isinstance(found, list | dict):
            for at in found if isinstance(found, dict) else range(len(found)):
                if isinstance(text := found[at], str):
                    yield (*path, at), text

    def names(self, kind: str, path: Path, role: str) -> Iterator[Use]:
        for where, name in self.texts(path):
            if (kind, name) != ("macro", "none"):
                yield self.use(kind, name, where, role)

    def keys(self, kind: str, path: Path, role: str) -> Iterator[Use]:
        found = self.value(path)
        for name in found if isinstance(found, dict) else ():
            yield self.use(kind, name, (*path, name), role, key=True)

    def placeholders(self, path: Path, role: str) -> Iterator[Use]:
        for where, text in self.texts(path):
            found = placeholders(text)
            for each in () if isinstance(found, Unreadable) else found:
                if each.name != "ticket":
                    start = each.start if each.start is not None else max(text.find(each.name), 0)
                    yield self.part("fact", each.name, where, start, role)

    def expression(self, path: Path, role: str) -> Iterator[Use]:
        for where, text in self.texts(path):
            for name, start in names_in_expression(text):
                yield self.part("fact", name, where, start, role)


# ---------------------------------------------------------------- what the files hold


def _of_library(place: _Place) -> Iterator[Use]:
    for name in _mapping(_data(place.entry), "sets"):
        of = _Place(place.entry, f"set `{name}`")
        yield from of.names("fact", ("sets", name, "of"), "its fact")
        for where, text in of.texts(("sets", name, "values")):
            for kind, other, start in names_in_test(text):
                yield of.part(kind, other, where, start, "included")
    for name in _mapping(_data(place.entry), "facts"):
        yield from _of_fact(_Place(place.entry, f"fact `{name}`"), ("facts", name))
    holidays = place.value(("calendar", "holidays"))
    if isinstance(holidays, str) and holidays[:1].islower():
        calendar = _Place(place.entry, "calendar")
        yield calendar.use("fact", holidays, ("calendar", "holidays"), "country of holidays")


def _of_fact(place: _Place, path: Path) -> Iterator[Use]:
    yield from place.names("table", (*path, "table"), "gives its value")
    yield from place.placeholders((*path, "ask"), "placeholder")
    for key in _LIMITS:
        role = "computed" if key == "is" else "limit"
        yield from place.expression((*path, key), role)


def _of_sop(place: _Place, sop: str) -> Iterator[Use]:
    data = _data(place.entry)
    start = data.get("start") if isinstance(data, dict) else None
    if isinstance(start, str):
        yield place.use("step", f"{sop}.{start}", ("start",), "start")
    yield from _clocks(_Place(place.entry, "clock"), ("clock",))
    for name in _mapping(data, "facts"):
        yield from _of_fact(_Place(place.entry, f"fact `{name}`"), ("facts", name))
    for name, step in _mapping(data, "steps").items():
        if isinstance(step, dict):
            yield from _of_step(_Place(place.entry, f"step `{name}`"), ("steps", name), sop)


def _clocks(place: _Place, path: Path) -> Iterator[Use]:
    """One clock, or a list of them."""
    data = place.value(path)
    if isinstance(data, list):
        for at in range(len(data)):
            yield from _clocks(place, (*path, at))
    elif isinstance(data, dict):
        yield from _condition(place, (*path, "if"), "clock")
        for keys, role in ((("from",), "clock runs from"), (_HOLIDAYS, "country of holidays")):
            name = place.value((*path, *keys))
            if isinstance(name, str) and is_fact_name(name):
                yield place.use("fact", name, (*path, *keys), role)


def _of_step(place: _Place, path: Path, sop: str) -> Iterator[Use]:
    yield from place.names("fact", (*path, "fact"), "question")
    yield from place.names("sop", (*path, "run"), "run")
    yield from place.names("macro", (*path, "macro"), "macro")
    yield from place.names("label", (*path, "label"), "label")
    for key in _TEXTS:
        yield from place.placeholders((*path, key), "placeholder")
    yield from _of_fact(place, path)
    yield from place.keys("fact", (*path, "set"), "set")
    yield from _ways(place, (*path, "go"), sop)
    yield from _ways(place, (*path, "decide"), sop)
    yield from _clocks(place, (*path, "clock"))
    answers = place.value((*path, "answers"))
    for name in answers if isinstance(answers, dict) else ():
        yield from _of_answer(place, (*path, "answers", name), sop)


def _of_answer(place: _Place, path: Path, sop: str) -> Iterator[Use]:
    answer = place.value(path)
    if isinstance(answer, str):
        yield place.use("step", f"{sop}.{answer}", path, "target")
        return
    yield from place.placeholders((*path, "say"), "placeholder")
    yield from place.keys("fact", (*path, "set"), "set")
    yield from _ways(place, (*path, "go"), sop)


def _ways(place: _Place, path: Path, sop: str) -> Iterator[Use]:
    """A `go`: a step, rules, or one of these for each return."""
    go = place.value(path)
    if isinstance(go, str):
        yield place.use("step", f"{sop}.{go}", path, "target")
    elif isinstance(go, dict):
        for name in go:
            yield from _ways(place, (*path, name), sop)
    elif isinstance(go, list):
        yield from _rules(place, path, "rule")
        for at, rule in enumerate(go):
            for key in ("to", "else"):
                if isinstance(rule, dict) and isinstance(rule.get(key), str):
                    yield place.use("step", f"{sop}.{rule[key]}", (*path, at, key), "target")


def _rules(place: _Place, path: Path, role: str) -> Iterator[Use]:
    rules = place.value(path)
    for at in range(len(rules)) if isinstance(rules, list) else ():
        yield from _condition(place, (*path, at, "if"), role)


def _condition(place: _Place, path: Path, role: str) -> Iterator[Use]:
    """A mapping of tests, or a list of such mappings."""
    data = place.value(path)
    if isinstance(data, list):
        for at in range(len(data)):
            yield from _condition(place, (*path, at), role)
    elif isinstance(data, dict):
        for name in data:
            if name == "any":
                yield from _condition(place, (*path, name), role)
                continue
            yield place.use("fact", name, (*path, name), role, key=True)
            for where, text in place.texts((*path, name)):
                for kind, other, start in names_in_test(text):
                    yield place.part(kind, other, where, start, role)


# ---------------------------------------------------------------- plain data, right or wrong


def _places(kind: str, entries: Entries) -> Iterator[_Place]:
    for name, entry in entries.items():
        yield _Place(entry, f"{kind} `{name}`")


def _data(entry: Entry[Any] | None) -> Any:
    return entry.document.value(entry.path) if entry else None


def _mapping(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _own_facts(entry: Entry[Any]) -> set[str]:
    """The facts that an SOP declares, under `facts:` or by a question's name."""
    data = _data(entry)
    steps = _mapping(data, "steps")
    asked = {fact_of_step(step) for step, body in steps.items() if _declares(body)}
    return asked | set(_mapping(data, "facts"))


def _declares(step: Any) -> bool:
    return isinstance(step, dict) and "ask" in step and "fact" not in step


def _senders(sops: Entries) -> dict[str, list[str]]:
    """By macro, the SOPs that send it."""
    found: dict[str, list[str]] = {}
    for sop, entry in sops.items():
        steps = _mapping(_data(entry), "steps").values()
        named = [step.get("macro") for step in steps if isinstance(step, dict)]
        for macro in dict.fromkeys(name for name in named if isinstance(name, str)):
            found.setdefault(macro, []).append(sop)
    return found
