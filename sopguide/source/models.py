"""What each kind of file may hold: one frozen model a thing, exactly the language of the library.

The models judge one file by itself. They keep tests, expressions and placeholders as the text that
was typed: `sopguide.facts` parses those, `sopguide.graph` resolves names between files. Keys that
go together only in some ways (`sunset` without `deprecated`) are judged in `together`.
What files are made of is in `fact_models`, `rule_models` and `step_models`.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from sopguide.source.fact_models import Calendar, Fact, NamedSet, Setting
from sopguide.source.rule_models import ELSE, IF, else_or_if
from sopguide.source.shapes import (
    LIST,
    MAPPING,
    TEXT,
    Date,
    End,
    Id,
    Keep,
    Locale,
    Model,
    Moment,
    NewFact,
    Text,
    Texts,
    Version,
    Zone,
    type_of,
)
from sopguide.source.step_models import Accepted, Clocks, Escalation, Step

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
            Annotated[Row, Tag(IF)] | Annotated[ElseRow, Tag(ELSE)], Discriminator(else_or_if)
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
