"""Steps of an SOP: one model a kind, told apart by the keys that a step has."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from sopguide.source.fact_models import Calendar, Settings, Values
from sopguide.source.rule_models import Go, GoBy, Rules
from sopguide.source.shapes import (
    LIST,
    MAPPING,
    TEXT,
    Date,
    End,
    FactName,
    FactType,
    Flag,
    Id,
    Model,
    Text,
    Texts,
    Value,
    Zone,
    type_of,
)


class Clock(Model):
    """Time within which something has to be done: how long, from when, and who says so."""

    limit: Text
    source: Text | None = Field(None, alias="from")
    authority: Text
    title: Text | None = None
    warn: Text | None = None
    condition: Any = Field(None, alias="if")
    zone: Zone | None = None
    calendar: Calendar | None = None


Clocks = Annotated[
    Annotated[Clock, Tag(MAPPING)] | Annotated[tuple[Clock, ...], Field(min_length=1), Tag(LIST)],
    type_of,
]
"""One clock, or several."""


class Accepted(Model):
    """A finding that the author accepts, and why, and until when."""

    code: Annotated[str, Field(pattern=r"^SOP[0-9]{3}$")]
    because: Texts
    until: Date


class Escalation(Model):
    """To whom a ticket is handed, and how soon."""

    to: Text
    within: Text | None = None


class Answer(Model):
    """The long form of an answer. The short form is the text of the step it goes to."""

    say: Text | None = None
    go: Go | None = None
    settings: Settings = Field(default_factory=dict, alias="set")
    because: Texts = ()


ShortOrLong = Annotated[Annotated[Text, Tag(TEXT)] | Annotated[Answer, Tag(MAPPING)], type_of]


class _Step(Model):
    help: Text | None = None
    because: Texts = ()
    critical: Flag = False
    confirm: Flag = False
    settings: Settings = Field(default_factory=dict, alias="set")
    accept: tuple[Accepted, ...] = ()
    clock: Clocks | None = None


class Question(_Step):
    """`ask`, `fact` or both: of a declared fact, with answers of its own, or with a type."""

    kind: ClassVar = "ask"
    ask: Text | None = None
    fact: FactName | None = None
    answers: Annotated[dict[Id, ShortOrLong], Field(min_length=1)] | None = None
    type: FactType | None = None
    values: Values | None = None
    exclusive: tuple[Value, ...] = ()
    minimum: Text | None = Field(None, alias="min")
    maximum: Text | None = Field(None, alias="max")
    unit: Text | None = None
    optional: Flag = False
    go: Go | None = None


class Instruction(_Step):
    """`do`: something the agent does, with what is ticked before going on."""

    kind: ClassVar = "do"
    do: Text
    check: Texts = ()
    go: Go


class Decision(_Step):
    """`decide`: rules without a question."""

    kind: ClassVar = "decide"
    decide: Rules


class Run(_Step):
    """`run`: another SOP as a sub-procedure."""

    kind: ClassVar = "run"
    run: Text
    go: GoBy


class Return(_Step):
    """`return`: the end of a sub-procedure, by the name its caller goes by."""

    kind: ClassVar = "return"
    name: Id = Field(alias="return")


class Wait(_Step):
    """`wait`: for the customer or for somebody else."""

    kind: ClassVar = "wait"
    wait: Text
    macro: Text | None = None
    label: Text | None = None
    wait_for: Text | None = Field(None, alias="for")
    go: GoBy


class Finish(_Step):
    """`end`: the outcome. `macro: none` is a decision, so it is written."""

    kind: ClassVar = "end"
    end: End
    macro: Text
    label: Text
    escalate: Escalation | None = None


KINDS: dict[str, type[_Step]] = {
    "ask": Question,
    "fact": Question,
    "do": Instruction,
    "decide": Decision,
    "run": Run,
    "return": Return,
    "wait": Wait,
    "end": Finish,
}


def kinds_in(step: dict[str, Any]) -> list[str]:
    """The kinds a step's keys speak of; `ask` and `fact` together are one."""
    found = [key for key in KINDS if key in step]
    return found[1:] if found[:2] == ["ask", "fact"] else found


_TAGS = {key: f"\0{model.__name__}" for key, model in KINDS.items()}
_WORDED_FACT = {"ask", "fact"}


def _kind(data: Any) -> str | None:
    if not isinstance(data, dict):
        return None
    found = _TAGS.keys() & data.keys()
    if len(found) == 1 or found == _WORDED_FACT:
        return _TAGS[found.pop()]
    return None


Step = Annotated[
    Annotated[Question, Tag("\0Question")]
    | Annotated[Instruction, Tag("\0Instruction")]
    | Annotated[Decision, Tag("\0Decision")]
    | Annotated[Run, Tag("\0Run")]
    | Annotated[Return, Tag("\0Return")]
    | Annotated[Wait, Tag("\0Wait")]
    | Annotated[Finish, Tag("\0Finish")],
    Discriminator(_kind),
]
