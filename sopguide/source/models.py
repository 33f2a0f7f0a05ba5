"""What each kind of file may hold: one frozen model a thing, exactly the language of the library.

The models judge one file by itself. They keep tests, expressions and placeholders as the text that
was typed: `sopguide.facts` parses those, `sopguide.graph` resolves names between files. Keys that
go together only in some ways (`sunset` without `deprecated`) are judged in `together`.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

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
    Keep,
    Locale,
    Model,
    Moment,
    NewFact,
    Text,
    Texts,
    Value,
    Version,
    Zone,
    shape_of,
)

IF, ELSE = "\0if", "\0else"
type_of = Discriminator(shape_of)

# ---------------------------------------------------------------- facts

Values = Annotated[
    Annotated[tuple[Value, ...], Tag(LIST)] | Annotated[dict[Value, Text], Tag(MAPPING)], type_of
]
"""The ids of a choice, alone or with a wording each."""

Setting = Annotated[Annotated[str, Tag(TEXT)] | Annotated[tuple[Text, ...], Tag(LIST)], type_of]
"""A value as typed; several for `choices`."""

Settings = dict[FactName, Setting]


class Fact(Model):
    """A fact that a library or an SOP declares."""

    type: FactType
    values: Values | None = None
    exclusive: tuple[Value, ...] = ()
    minimum: Text | None = Field(None, alias="min")
    maximum: Text | None = Field(None, alias="max")
    unit: Text | None = None
    ask: Text | None = None
    source: Text | None = Field(None, alias="from")
    optional: Flag = False
    table: Text | None = None
    formula: Text | None = Field(None, alias="is")


class NamedSet(Model):
    """Values of one fact under one name; `in other` includes another set."""

    of: FactName
    values: tuple[Text, ...] = Field(min_length=1)


class Calendar(Model):
    """Whose holidays are no business days: a country's, or those of the country a fact names."""

    holidays: Text


Weight = Literal["off", "hint", "warning", "error"]
"""How much the findings of a rule weigh in one library."""


class Kept(Model):
    """For how long something is kept, and why so long."""

    keep: Keep
    because: Texts = ()


KeptFor = Annotated[Annotated[Keep, Tag(TEXT)] | Annotated[Kept, Tag(MAPPING)], type_of]


class Retention(Model):
    """For how long the log keeps what, by kind; what is not named is kept."""

    walks: KeptFor | None = None
    drills: KeptFor | None = None
    tests: KeptFor | None = None
    tickets: KeptFor | None = None
    notes: KeptFor | None = None
    feedback: KeptFor | None = None
    acts: KeptFor | None = None


class Library(Model):
    """`library.yaml`."""

    name: Text
    locales: tuple[Locale, ...] = Field(min_length=1)
    zone: Zone = "UTC"
    calendar: Calendar | None = None
    sets: dict[NewFact, NamedSet] = Field(default_factory=dict)
    facts: dict[NewFact, Fact] = Field(default_factory=dict)
    rules: dict[Text, Weight] = Field(default_factory=dict)
    retention: Retention | None = None


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


# ---------------------------------------------------------------- rules


class Rule(Model):
    """`if` a condition holds, go `to` a step. The condition stays as typed."""

    condition: Any = Field(alias="if")
    to: Text
    because: Texts = ()


class ElseRule(Model):
    """Where to go when no rule held; the last of its list."""

    condition: ClassVar[None] = None
    to: Text = Field(alias="else")
    because: Texts = ()


def _else_or_if(data: Any) -> str:
    return ELSE if isinstance(data, dict) and "else" in data and "if" not in data else IF


Rules = Annotated[
    tuple[
        Annotated[
            Annotated[Rule, Tag(IF)] | Annotated[ElseRule, Tag(ELSE)],
            Discriminator(_else_or_if),
        ],
        ...,
    ],
    Field(min_length=1),
]
Go = Annotated[Annotated[Text, Tag(TEXT)] | Annotated[Rules, Tag(LIST)], type_of]
"""A step, or the rules that choose one."""

GoBy = Annotated[
    Annotated[Text, Tag(TEXT)]
    | Annotated[Rules, Tag(LIST)]
    | Annotated[dict[Id, Go], Tag(MAPPING)],
    type_of,
]
"""The same, or one for each return of a sub-procedure (for `reply` and `timeout` of a wait)."""


# ---------------------------------------------------------------- steps


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


class Effective(Model):
    """From when until when an SOP is in force, on the clocks of a zone."""

    start: Moment = Field(alias="from")
    until: Moment | None = None
    zone: Zone | None = None


class Sop(Model):
    """A procedure: one file below `sops/`."""

    title: Text
    version: Version
    status: Literal["draft", "review", "live", "retired"]
    owner: Text
    about: Text
    keywords: tuple[Text, ...] = ()
    policy: tuple[Text, ...] = ()
    effective: Effective | None = None
    channels: tuple[Text, ...] = ()
    accept: tuple[Accepted, ...] = ()
    clock: Clocks | None = None
    facts: dict[NewFact, Fact] = Field(default_factory=dict)
    start: Text
    steps: dict[Id, Step] = Field(min_length=1)


# ---------------------------------------------------------------- catalogues


class Macro(Model):
    """A reply, one body a locale."""

    title: Text
    status: Literal["draft", "live", "deprecated", "retired"]
    channels: tuple[Text, ...] = ()
    replaced_by: Text | None = None
    sunset: Date | None = None
    body: dict[Locale, Text] = Field(min_length=1)


class Label(Model):
    """A disposition, and the macros it goes with."""

    title: Text
    macros: tuple[Text, ...] = ()


class Row(Model):
    """The value a table gives where a condition holds."""

    condition: Any = Field(alias="if")
    value: Setting
    because: Texts = ()


class ElseRow(Model):
    """The value a table gives where no other row holds."""

    condition: ClassVar[None] = None
    value: Setting = Field(alias="else")
    because: Texts = ()


class Table(Model):
    """A look-up table: one file below `tables/`."""

    hit: Literal["first", "unique"]
    rows: tuple[
        Annotated[
            Annotated[Row, Tag(IF)] | Annotated[ElseRow, Tag(ELSE)], Discriminator(_else_or_if)
        ],
        ...,
    ] = Field(min_length=1)


class Expectation(Model):
    """The outcome a scenario expects."""

    end: End
    macro: Text
    label: Text
    escalate: Escalation | None = None


class Scenario(Model):
    """A ticket, the answers given, and where they lead."""

    scenario: Text
    ticket: dict[str, Any] = Field(default_factory=dict)
    answers: Annotated[
        Annotated[dict[Text, Setting], Tag(MAPPING)] | Annotated[tuple[Setting, ...], Tag(LIST)],
        type_of,
    ] = Field(default_factory=dict)
    expect: Expectation
    today: Date | None = None
