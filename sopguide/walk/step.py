"""A linked step: its rules turned into functions, its facts found, its answers by their ids."""

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.truth import Test

if TYPE_CHECKING:
    from sopguide.walk.procedure import Part

Form = dict[str, Any]


class Rule(NamedTuple):
    """One rule of a `go`: where it leads while its test holds; no test for `else`."""

    test: Test | None
    to: str
    condition: list[Any] | None = None


Go = str | tuple[Rule, ...]
"""Where a step leads: to a step, or by the first rule that holds."""

Settings = tuple[tuple[Fact, str, Any], ...]
"""What a `set:` gives: the fact, its key, the JSON value."""


class Answer(NamedTuple):
    """What choosing one listed answer does."""

    go: Go | None
    sets: Settings


class Step:
    """A linked step: what the walk needs of it, with its compiled form."""

    __slots__ = ("answers", "by", "fact", "form", "go", "id", "key", "kind", "ref", "sets")

    def __init__(self, part: "Part", step: str, form: Form) -> None:
        self.id = step
        self.ref = part.ref(step)
        self.form = form
        self.kind: str = form["kind"]
        name = form.get("fact")
        self.fact = part.fact(name) if name else None
        self.key = part.key(self.fact) if self.fact else ""
        self.sets = part.settings(form.get("set", ()))
        self.go = part.go(form.get("go"))
        self.by = {name: part.go(go) for name, go in form.get("by", {}).items()}
        self.answers = {
            answer["id"]: Answer(part.go(answer.get("go")), part.settings(answer.get("set", ())))
            for answer in form.get("answers", ())
        }

    def way(self, name: str) -> Go | None:
        """Return where a return, a reply or a timeout leads."""
        return self.by.get(name, self.go)
