"""Cases as authors type them: every scalar is text, and `null` stands for "not known"."""

from collections.abc import Mapping
from typing import Any

from sopguide.walk.case_answers import Answers
from sopguide.walk.procedure import Procedure

_NOT_KNOWN = "null"


def typed_ticket(ticket: Mapping[str, Any], procedure: Procedure) -> Mapping[str, Any]:
    """Return a ticket whose facts may be not known."""
    facts = ticket.get("facts")
    if not isinstance(facts, Mapping):
        return ticket
    return {**ticket, "facts": typed_answers(facts, procedure)}


def typed_answers(answers: Answers, procedure: Procedure) -> Answers:
    """Return answers, some of which may be not known."""
    values = answers.values() if isinstance(answers, Mapping) else answers
    if _NOT_KNOWN not in values or _is_a_value(procedure):
        return answers
    if isinstance(answers, Mapping):
        return {name: _open(answer) for name, answer in answers.items()}
    return [_open(answer) for answer in answers]


def _open(answer: Any) -> Any:
    return None if answer == _NOT_KNOWN else answer


def _is_a_value(procedure: Procedure) -> bool:
    """Tell whether some choice has a value of that name."""
    parts = (procedure.form, *procedure.form["procedures"].values())
    return any(
        _NOT_KNOWN in fact.get("values", ())
        for part in parts
        for fact in part.get("facts", {}).values()
    )
