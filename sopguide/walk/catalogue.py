"""What an SOP holds that a person may look for: its steps, its macros, its labels."""

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.walk.saying import LABELS, MACROS

if TYPE_CHECKING:
    from sopguide.walk.procedure import Procedure

STEP, MACRO, LABEL = "step", "macro", "label"


class Entry(NamedTuple):
    """Something to be found: what it is, its id, and how it is worded."""

    kind: str
    id: str
    title: str


def catalogue(procedure: "Procedure", language: str | None = None) -> tuple[Entry, ...]:
    """Return everything that a walk of the SOP can come to, as it reads in a language."""
    form = procedure.form
    words = procedure.words(language or procedure.locales[0])

    def wording(sop: str, name: str, step: dict[str, Any]) -> str:
        if text := step.get("text"):
            return words.say(text, sop, name)
        fact = procedure.part(sop).facts.get(step.get("fact", ""))
        asked = fact and words.fact(fact, sop).ask
        return asked or str(step.get("end", ""))

    steps = (
        Entry(STEP, procedure.part(sop).ref(name), wording(sop, name, step))
        for sop, part in form["procedures"].items()
        for name, step in part["steps"].items()
    )
    others = (
        Entry(kind, name, words.title(form, key, name))
        for kind, key in ((MACRO, MACROS), (LABEL, LABELS))
        for name in form.get(key, {})
    )
    return (*steps, *others)
