"""One step of a compiled form as a box: what it says, what it holds, which arrows leave it.

A run keeps one arrow a return, and a question one an answer or rule, in the author's order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.facts.words import condition_words, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Form = dict[str, Any]

OTHERWISE = "otherwise"

_CLEAR = 2
"""How many rules need no numbers: an `if` and an `otherwise`."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way on. `label` says all of it; `rule` only when it is taken, without the answer.

    `drawn` is the label where arrows lie side by side: of several rules each bears its number, for
    the first that holds is taken. `back` marks a loop. `back_from` is the return that the arrow of
    a run follows.
    """

    target: str
    label: str = ""
    rule: str = ""
    drawn: str = ""
    because: tuple[str, ...] = ()
    back: bool = False
    back_from: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One step. `key` is unique in its drawing; `name` is how a walk's path names the step."""

    key: str
    name: str
    kind: str
    text: str
    notes: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    critical: bool = False
    end: str | None = None
    opens: str | None = None
    returns: str | None = None
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """The procedure whose steps are drawn, and what stands before their keys."""

    form: Form
    sop: str
    prefix: str = ""
    facts: Form = field(init=False)

    def __post_init__(self) -> None:
        own = self.form["procedures"][self.sop].get("facts", {})
        object.__setattr__(self, "facts", {**self.form.get("facts", {}), **own})

    def word(self, text: object) -> str:
        """A text from the library, safe to show on one line."""
        return clean(str(text), keep_newlines=False)

    def key(self, step: str) -> str:
        return self.prefix + step

    def name(self, step: str) -> str:
        return f"{self.sop}.{step}" if self.prefix else step


def box_of(scene: Scene, name: str, step: Form) -> Box:
    """The box of one step."""
    kind = step["kind"]
    return Box(
        scene.key(name),
        scene.name(name),
        kind,
        scene.word(_TEXTS[kind](scene, step)),
        tuple(map(scene.word, (*_clocks(scene, name, step), *_notes(step)))),
        tuple((term, scene.word(text)) for term, text in _details(scene, step)),
        step.get("critical", False),
        step.get("end"),
        step.get("run"),
        step.get("return"),
        tuple(_arrows(scene, step)),
    )


# ---------------------------------------------------------------- what it says


def _asked(scene: Scene, step: Form) -> str:
    fact = step["fact"]
    return str(step.get("text") or scene.facts[fact].get("ask") or fact)


_TEXTS: dict[str, Callable[[Scene, Form], str]] = {
    "ask": _asked,
    "do": lambda _, step: str(step["text"]),
    "decide": lambda _, __: "Decide by what is known",
    "run": lambda scene, step: str(scene.form["procedures"][step["run"]]["title"]),
    "return": lambda _, step: f"Back with: {step['return']}",
    "wait": lambda _, step: f"Wait for {step['text']}",
    "end": lambda _, step: str(step["end"]).capitalize(),
}


def _notes(step: Form) -> Iterator[str]:
    """What belongs into the box below its text."""
    for item in step.get("check", ()):
        yield f"☐ {item}"
    if step["kind"] == "run":
        yield f"run {step['run']}"
    if "macro" in step:
        yield f"macro {step['macro']}"
    if "label" in step:
        yield f"label {step['label']}"
    if "for" in step:
        yield f"for {step['for']}"
    if "escalate" in step:
        within = step["escalate"].get("within")
        yield f"to {step['escalate']['to']}" + (f" within {within}" if within else "")
    for fact, value in step.get("set", ()):
        yield _setting(fact, value)


def _clocks(scene: Scene, name: str, step: Form) -> Iterator[str]:
    """The time limits of a step; those of the whole procedure stand where it starts."""
    procedure = scene.form["procedures"][scene.sop]
    whole = procedure.get("clocks", ()) if name == procedure["start"] else ()
    for clock in (*whole, *step.get("clock", ())):
        start = clock.get("from", "the start of the walk")
        when = f" if {condition_words(clock['if'])}" if "if" in clock else ""
        yield f"⏱ {clock.get('title') or clock['authority']}: {clock['limit']} from {start}{when}"


def _setting(fact: str, value: Any) -> str:
    return f"set {fact} = {shorten(value) if isinstance(value, list) else value}"


def _details(scene: Scene, step: Form) -> Iterator[tuple[str, str]]:
    """What is told of a step to whoever asks for more."""
    if "help" in step:
        yield "Help", step["help"]
    for text in step.get("because", ()):
        yield "Because", text
    if step["kind"] == "ask":
        fact = scene.facts[step["fact"]]
        yield "Fact", f"{step['fact']} ({fact['type']}{_unit(fact)})"
        for answer in step.get("answers", ()):
            yield from (("On this answer", _setting(*each)) for each in answer.get("set", ()))
    if step.get("confirm"):
        yield "Asked", "even if the ticket says it"
    if step.get("macro", "none") != "none":
        yield "Macro", scene.form["macros"][step["macro"]]["title"]
    if "label" in step:
        yield "Label", scene.form["labels"][step["label"]]["title"]


def _unit(fact: Form) -> str:
    return f", {fact['unit']}" if "unit" in fact else ""


# ---------------------------------------------------------------- where it goes


def _arrows(scene: Scene, step: Form) -> Iterator[Arrow]:
    if step["kind"] == "ask":
        yield from _answered(scene, step)
    elif "by" in step:
        for name, go in step["by"].items():
            label = _WAITED[name](step) if step["kind"] == "wait" else name
            back_from = name if step["kind"] == "run" else None
            yield from _ways(scene, go, label, back_from)
    elif "go" in step:
        yield from _ways(scene, step["go"])


_WAITED: dict[str, Callable[[Form], str]] = {
    "reply": lambda _: "reply",
    "timeout": lambda step: f"no reply after {step['for']}" if "for" in step else "no reply",
}


def _answered(scene: Scene, step: Form) -> Iterator[Arrow]:
    fact, go = scene.facts[step["fact"]], step.get("go")
    wording = fact.get("wording", {})
    answers = step.get("answers", ())
    for answer in answers:
        label = answer.get("say") or wording.get(answer["id"]) or answer["id"]
        yield from _ways(scene, answer.get("go", go), label, because=answer.get("because", ()))
    if go is not None and (rest := _others(fact, answers)):
        yield from _ways(scene, go, rest if answers else "")


def _others(fact: Form, answers: Any) -> str:
    """The answers that have no line of their own, in words."""
    values = ("yes", "no") if fact["type"] == "yes_no" else fact.get("values", ())
    named = {answer["id"] for answer in answers}
    left = [fact.get("wording", {}).get(value, value) for value in values if value not in named]
    if len(left) > 2:  # noqa: PLR2004 (two can be named, more would be a list)
        left = ["any other answer"]
    if fact.get("optional"):
        left.append("not known")
    return " or ".join(left) if left or values else "any answer"


def _ways(
    scene: Scene,
    go: Any,
    answer: str = "",
    back_from: str | None = None,
    because: tuple[str, ...] | list[str] = (),
) -> Iterator[Arrow]:
    """A plain way, or one for each rule."""
    answer = scene.word(answer)
    if isinstance(go, str):
        reasons = tuple(map(scene.word, because))
        yield Arrow(scene.key(go), answer, "", answer, reasons, back_from=back_from)
        return
    for at, rule in enumerate(go, 1):
        said = f"if {condition_words(rule['if'])}" if "if" in rule else OTHERWISE
        said = scene.word(said)
        before = f"{answer}: " if answer else ""
        number = f"{at}) " if len(go) > _CLEAR else ""
        label, drawn = f"{before}{said}", f"{before}{number}{said}"
        reasons = tuple(map(scene.word, (*because, *rule.get("because", ()))))
        yield Arrow(scene.key(rule["to"]), label, said, drawn, reasons, back_from=back_from)
