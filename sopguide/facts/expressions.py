"""Expressions: `round(amount * 0.5, 2) - used`, `today - 14d`, `received + 10bd`.

Parsing gives a plain JSON form and the type of the result; evaluating it is
`evaluate.py`'s work. Types are checked here, so that an expression which
compiles can fail in a walk only for its values (division by zero, the end
of the calendar).
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from sopguide.facts import fact as kinds
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fact import Fact, Limit
from sopguide.facts.fault import Fault
from sopguide.facts.numbers import parse_decimal
from sopguide.facts.scope import Scope
from sopguide.facts.times import find_zone, parse_date, parse_time

_MOST_CHARACTERS = 2000
_MOST_NESTED = 40
_MOST_PLACES = 20
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)"
    r"|(?P<duration>[0-9]+(?:y|min|m|w|bd|d|h)\b(?:\s+[0-9]+(?:y|min|m|w|bd|d|h)\b)*)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z_])"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>[-+*/(),])"
    r")",
    re.ASCII,
)
_FUNCTIONS = ("round", "min", "max")
_EXAMPLE = "write for example `amount * 0.5`, `today - 14d` or `min(paid, 100)`"


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression: its JSON form, and the fact type of its result.

    `business` tells a duration that counts business days: it can be added to a date, and
    compares with nothing.
    """

    form: list[Any]
    type: str
    business: bool = False


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _FaultFoundError(Exception):
    """Carries the first fault out of the descent; never leaves this module."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def parse_expression(text: str, scope: Scope) -> Expression | Fault:
    """Read an expression; a fault points at the smallest text that is wrong."""
    try:
        return _Descent(text, scope).whole()
    except _FaultFoundError as found:
        return found.fault


def parse_limit(text: str, fact: Fact, scope: Scope) -> Limit | Fault:
    """Read a `min:` or `max:` of a fact: an expression, exclusive as `> 0` or `< 100`."""
    stripped = text.lstrip()
    exclusive = stripped[:1] in ("<", ">") and stripped[1:2] != "="
    skipped = len(text) - len(stripped)
    if stripped[:1] in ("<", ">"):
        skipped += 1 if exclusive else 2
    found = parse_expression(text[skipped:], scope)
    if isinstance(found, Fault):
        return found.shifted(skipped)
    if not comparable(fact.type, found.type):
        message = (
            f"`{fact.name}` is {article(fact.type)} and cannot be limited by {article(found.type)}"
        )
        return Fault(message, kind="type")
    if found.business:
        return without_length(skipped, len(text))
    return Limit(found.form, exclusive)


def comparable(one: str, other: str) -> bool:
    """Tell whether values of two fact types have an order between them."""
    return (
        {one, other} <= kinds.NUMBERS
        or {one, other} <= kinds.TIMES
        or one == other == kinds.DURATION
    )


def article(kind: str) -> str:
    """Return a fact type with its article, for messages."""
    return f"an {kind}" if kind == kinds.INTEGER else f"a {kind}"


def without_length(start: int, end: int) -> Fault:
    """Return the fault for business days where a length is compared."""
    return Fault(
        "business days have no length without a date to count from",
        "use days (`14d`), or test a date: `< received + 10bd`",
        start,
        end,
        kind="type",
    )


class _Descent:
    """One recursive descent over one text."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._text = text
        self._scope = scope
        self._depth = 0
        self._tokens = self._read_tokens()
        self._next = 0

    def whole(self) -> Expression:
        found = self._sum()
        token = self._peek()
        if token.kind != "end":
            self._fail(f"`{token.text}` is not expected here", token, _EXAMPLE)
        return found

    def _read_tokens(self) -> list[_Token]:
        if len(self._text) > _MOST_CHARACTERS:
            raise _FaultFoundError(
                Fault(f"an expression has at most {_MOST_CHARACTERS} characters")
            )
        tokens, place, end = [], 0, len(self._text.rstrip())
        while place < end:
            found = _TOKEN.match(self._text, place, end)
            if found is None or found.lastgroup is None:
                start = place + len(self._text[place:]) - len(self._text[place:].lstrip())
                word = self._text[start:end].split()[0]
                raise _FaultFoundError(
                    Fault(f"`{word}` is not expected here", _EXAMPLE, start, start + len(word))
                )
            kind = found.lastgroup
            tokens.append(_Token(kind, found[kind], found.start(kind), found.end(kind)))
            place = found.end()
        tokens.append(_Token("end", "", end, end))
        return tokens

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next += token.kind != "end"
        return token

    def _sum(self) -> Expression:
        self._depth += 1
        if self._depth > _MOST_NESTED:
            self._fail(f"an expression nests at most {_MOST_NESTED} deep", self._peek())
        left = self._product()
        while self._peek().text in ("+", "-") and self._peek().kind == "sign":
            sign = self._take()
            left = self._join(sign, left, self._product())
        self._depth -= 1
        return left

    def _product(self) -> Expression:
        left = self._factor()
        while self._peek().text in ("*", "/") and self._peek().kind == "sign":
            sign = self._take()
            left = self._join(sign, left, self._factor())
        return left

    def _factor(self) -> Expression:
        negations = []
        while self._peek().text == "-":
            negations.append(self._take())
            if len(negations) > _MOST_NESTED:
                self._fail(f"an expression nests at most {_MOST_NESTED} deep", self._peek())
        found = self._atom()
        for sign in negations:
            if found.type not in kinds.NUMBERS | {kinds.DURATION}:
                self._fail(f"`-` cannot turn {article(found.type)} round", sign)
            found = Expression(["neg", found.form], found.type, found.business)
        return found

    def _atom(self) -> Expression:
        token = self._take()
        if token.kind == "number":
            kind = kinds.DECIMAL if "." in token.text else kinds.INTEGER
            if parse_decimal(token.text) is None:
                self._fail("this number is too long", token)
            return Expression(["number", token.text], kind)
        if token.kind == "duration":
            duration = parse_duration(token.text)
            if isinstance(duration, Fault):
                self._fail(duration.message, token, duration.help)
            form = ["duration", str(duration)]
            return Expression(form, kinds.DURATION, business=bool(duration.business))
        if token.kind == "time":
            return self._time(token)
        if token.kind == "name":
            if self._peek().text == "(":
                return self._call(token)
            return self._name(token)
        if token.text != "(":
            early = token.kind == "end"
            message = "it ends too early" if early else f"`{token.text}` is not expected here"
            self._fail(message, token, _EXAMPLE)
        found = self._sum()
        self._expect(")")
        return found

    def _time(self, token: _Token) -> Expression:
        if parse_date(token.text) is not None:
            return Expression(["date", token.text], kinds.DATE)
        zone = find_zone("UTC")
        if zone is None or parse_time(token.text, zone) is None:
            self._fail(f"`{token.text}` is no date in the calendar", token)
        return Expression(["time", token.text], kinds.DATETIME)

    def _name(self, token: _Token) -> Expression:
        fact = self._scope.fact(token.text)
        if fact is None:
            raise _FaultFoundError(unknown_fact(token.text, self._scope, token.start, token.end))
        return Expression(["fact", fact.name], fact.type)

    def _call(self, token: _Token) -> Expression:
        if token.text not in _FUNCTIONS:
            self._fail(
                f"unknown function `{token.text}`", token, "the functions are round, min and max"
            )
        self._expect("(")
        arguments = [self._sum()]
        while self._peek().text == ",":
            self._take()
            arguments.append(self._sum())
        self._expect(")")
        return (
            self._round(token, arguments)
            if token.text == "round"
            else (self._extreme(token, arguments))
        )

    def _round(self, token: _Token, arguments: list[Expression]) -> Expression:
        if arguments[0].type not in kinds.NUMBERS:
            self._fail(f"`round` takes a number, not {article(arguments[0].type)}", token)
        if len(arguments) == 1:
            return Expression(["round", arguments[0].form, 0], kinds.INTEGER)
        places = arguments[1].form
        known = len(arguments) == 2 and places[0] == "number" and places[1].isdigit()  # noqa: PLR2004
        if not known or int(places[1]) > _MOST_PLACES:
            self._fail(
                "`round` takes the number of decimals as a plain number",
                token,
                "write `round(amount, 2)`",
            )
        count = int(places[1])
        kind = kinds.DECIMAL if count else kinds.INTEGER
        return Expression(["round", arguments[0].form, count], kind)

    def _extreme(self, token: _Token, arguments: list[Expression]) -> Expression:
        kind = arguments[0].type
        for argument in arguments:
            if not comparable(kind, argument.type):
                self._fail(
                    f"`{token.text}` cannot compare {article(kind)} with {article(argument.type)}",
                    token,
                )
            if argument.business:
                raise _FaultFoundError(without_length(token.start, token.end))
            kind = _wider(kind, argument.type)
        return Expression([token.text, *(argument.form for argument in arguments)], kind)

    def _join(self, sign: _Token, left: Expression, right: Expression) -> Expression:
        kind = _result(sign.text, left, right)
        if kind is None:
            self._fail(
                f"`{sign.text}` cannot join {article(left.type)} and {article(right.type)}", sign
            )
        business = kind == kinds.DURATION and (left.business or right.business)
        return Expression([sign.text, left.form, right.form], kind, business)

    def _expect(self, sign: str) -> None:
        token = self._take()
        if token.text != sign:
            self._fail(f"`{sign}` is missing here", token)

    def _fail(self, message: str, token: _Token, hint: str | None = None) -> NoReturn:
        kind = "type" if token.kind == "sign" and "cannot" in message else "syntax"
        raise _FaultFoundError(Fault(message, hint, token.start, token.end, kind=kind))


def unknown_fact(name: str, scope: Scope, start: int = 0, end: int | None = None) -> Fault:
    """Return the fault for a name that is no fact in sight."""
    return Fault(
        f"unknown fact `{name}`", None, start, end, kind="fact", word=name, near=scope.fact_names()
    )


def _wider(one: str, other: str) -> str:
    if one == other:
        return one
    return kinds.DECIMAL if one in kinds.NUMBERS else kinds.DATETIME


def _result(sign: str, left: Expression, right: Expression) -> str | None:
    """Return the type of `left sign right`; None where the types do not go together."""
    one, other = left.type, right.type
    if {one, other} <= kinds.NUMBERS:
        return kinds.DECIMAL if sign == "/" else _wider(one, other)
    if sign == "*":
        return kinds.DURATION if {one, other} == {kinds.INTEGER, kinds.DURATION} else None
    if sign == "/":
        return None
    if one == other == kinds.DURATION:
        return kinds.DURATION
    if one in kinds.TIMES and other == kinds.DURATION:
        return kinds.DATETIME if one == kinds.DATETIME or _has_hours(right.form) else kinds.DATE
    if sign == "+":
        return (
            _result(sign, right, left) if one == kinds.DURATION and other in kinds.TIMES else None
        )
    return kinds.DURATION if one in kinds.TIMES and other in kinds.TIMES else None


def _has_hours(form: list[Any]) -> bool:
    if form[0] != "duration":
        return False
    duration = parse_duration(form[1])
    return isinstance(duration, Duration) and duration.seconds != 0
