"""Rules: the conditions that choose where to go, kept as the text that was typed."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from sopguide.source.shapes import LIST, MAPPING, TEXT, Id, Model, Text, Texts, type_of

IF, ELSE = "\0if", "\0else"


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


def else_or_if(data: Any) -> str:
    """Which of the two it is; what is neither is judged as a rule with a condition."""
    return ELSE if isinstance(data, dict) and "else" in data and "if" not in data else IF


Rules = Annotated[
    tuple[
        Annotated[
            Annotated[Rule, Tag(IF)] | Annotated[ElseRule, Tag(ELSE)],
            Discriminator(else_or_if),
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
