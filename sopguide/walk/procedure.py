"""A compiled SOP, ready to be walked.

The compiled form is plain JSON and may hold thousands of steps, so nothing
is prepared ahead: a step is linked (its rules turned into functions) when a
walk first comes to it, and stays linked for all later walks.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sopguide.facts.evaluate import Linker
from sopguide.facts.fact import Fact, fact_from_json
from sopguide.facts.limits import Bound
from sopguide.facts.mentions import facts_in
from sopguide.facts.scope import GIVEN
from sopguide.facts.times import find_zone
from sopguide.languages import nearest
from sopguide.walk.saying import Words
from sopguide.walk.step import Form, Go, Rule, Settings, Step

if TYPE_CHECKING:
    from sopguide.walk.needs import Needs


class FactsInSight(Mapping[str, Fact]):
    """The library's facts, an SOP's own and the given ones; each made when first asked for."""

    def __init__(self, shared: Form, own: Form) -> None:
        self._shared = shared
        self._own = own
        self._made = dict(GIVEN)

    def __getitem__(self, name: str) -> Fact:
        found = self._made.get(name)
        if found is None:
            own = name in self._own
            form = self._own[name] if own else self._shared[name]
            found = self._made[name] = fact_from_json(name, form, own=own)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter((*GIVEN, *self._shared, *self._own))

    def __len__(self) -> int:
        return len(GIVEN) + len(self._shared) + len(self._own)

    def from_ticket(self) -> Iterator[Fact]:
        """Yield the facts that name their place in the ticket."""
        for name, form in (*self._shared.items(), *self._own.items()):
            if "from" in form:
                yield self[name]

    def relative(self) -> Iterator[Fact]:
        """Yield the facts that others limit."""
        for name, form in (*self._shared.items(), *self._own.items()):
            limits = [form[side]["is"] for side in ("min", "max") if side in form]
            if any(facts_in(limit) - GIVEN.keys() for limit in limits):
                yield self[name]


class Part:
    """One of the procedures in a compiled form: the SOP itself or a sub-procedure."""

    def __init__(self, whole: "Procedure", sop: str, form: Form) -> None:
        self.sop = sop
        self.form = form
        self.start: str = form["start"]
        self._whole = whole
        self._root = sop == whole.sop
        self.facts = FactsInSight(whole.form.get("facts", {}), form.get("facts", {}))
        self._steps: dict[str, Step] = {}
        self._bounds: dict[str, tuple[Bound, ...]] = {}

    @cached_property
    def linker(self) -> Linker:
        """What links the rules and sums of this procedure."""
        whole = self._whole
        library = whole.form["library"]
        tables = whole.form.get("tables", {})
        return Linker(self.facts, self.key, tables, whole.zone, library.get("calendar"))

    @cached_property
    def needs(self) -> "Needs":
        """What the rules of this procedure need to know."""
        from sopguide.walk.needs import Needs

        whole = self._whole.form
        calendar = whole["library"].get("calendar", {})
        return Needs(self.facts, self.key, whole.get("tables", {}), calendar.get("fact"))

    def step(self, step: str) -> Step:
        """Return one step, linked."""
        found = self._steps.get(step)
        if found is None:
            found = self._steps[step] = Step(self, step, self.form["steps"][step])
        return found

    def ref(self, step: str) -> str:
        """Return the id of a step as seen from the SOP that is walked."""
        return step if self._root else f"{self.sop}.{step}"

    def fact(self, name: str) -> Fact:
        """Return the fact that a name means here."""
        return self.facts[name]

    def key(self, fact: Fact) -> str:
        """Return a fact's place among what is known: a sub-procedure's own facts lie apart."""
        return fact.name if self._root or not fact.own else f"{self.sop}:{fact.name}"

    def bounds(self, fact: Fact) -> tuple[Bound, ...]:
        """Return the limits of a fact."""
        found = self._bounds.get(fact.name)
        if found is None:
            found = self._bounds[fact.name] = self.linker.bounds(fact)
        return found

    def go(self, form: Any) -> Go | None:
        """Link a `go`."""
        if form is None or isinstance(form, str):
            return form
        return tuple(
            Rule(self.linker.condition(rule["if"]), rule["to"], rule["if"])
            if "if" in rule
            else Rule(None, rule["to"])
            for rule in form
        )

    def settings(self, pairs: Any) -> Settings:
        """Link a `set:`."""
        return tuple((self.fact(name), self.key(self.fact(name)), value) for name, value in pairs)


class Procedure:
    """A compiled SOP with everything that a walk of it can show or use."""

    def __init__(self, form: Form, hash: str) -> None:  # noqa: A002  the design's word
        self.form = form
        self.hash = hash
        self.sop: str = form["sop"]
        self.title: str = form["title"]
        self.version: str = form["version"]
        library = form["library"]
        self.locales: tuple[str, ...] = tuple(library["locales"])
        zone = find_zone(library.get("zone", "UTC"))
        if zone is None:
            raise LookupError(library["zone"])
        self.zone = zone
        self._parts: dict[str, Part] = {}
        self._words: dict[tuple[str, bool], Words] = {}

    def part(self, sop: str) -> Part:
        """Return the SOP itself or one of its sub-procedures."""
        found = self._parts.get(sop)
        if found is None:
            found = self._parts[sop] = Part(self, sop, self.form["procedures"][sop])
        return found

    @property
    def root(self) -> Part:
        """The SOP itself."""
        return self.part(self.sop)

    def words(self, language: str, *, marked: bool = True) -> Words:
        """Return what it says in a language; `marked`: what is not translated says so."""
        found = self._words.get((language, marked))
        if found is None:
            said = self.form.get("translations", {}).get(self.language(language))
            found = self._words[language, marked] = Words(said, self.locales[0], marked=marked)
        return found

    def language(self, wanted: str | None) -> str:
        """Return the language it is shown in to whoever wants one."""
        written_in = self.locales[0]
        there = (written_in, *self.form.get("translations", ()))
        return nearest(wanted or written_in, there) or written_in

    def locate(self, ref: str) -> tuple[Part, str]:
        """Return the part in which a step lies (`identity/proof.which`), and its id there."""
        sop, _, step = ref.rpartition(".")
        return self.part(sop or self.sop), step

    def fact_at(self, key: str) -> Fact | None:
        """Return the fact that lies at a key (`age`, `identity/verify-owner:which`)."""
        sop, _, name = key.rpartition(":")
        if sop and sop not in self.form["procedures"]:
            return None
        return self.part(sop or self.sop).facts.get(name)

    @cached_property
    def relative_limits(self) -> tuple[tuple[str, tuple[Bound, ...]], ...]:
        """Every fact that other facts limit: its key and its limits."""
        found = {}
        for sop in self.form["procedures"]:
            part = self.part(sop)
            for fact in part.facts.relative():
                found[part.key(fact)] = part.bounds(fact)
        return tuple(found.items())

    @cached_property
    def sources(self) -> tuple[tuple[str, Fact], ...]:
        """Every fact that the ticket fills by `from`, with its key."""
        found = {}
        for sop in self.form["procedures"]:
            part = self.part(sop)
            for fact in part.facts.from_ticket():
                found[part.key(fact)] = fact
        return tuple(found.items())
