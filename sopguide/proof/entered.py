"""The steps of an SOP that some facts let a walk come to."""

from __future__ import annotations

from typing import Any

from sopguide.proof.diagrams import NOTHING, TooLargeError
from sopguide.proof.explore import Explorer
from sopguide.walk.procedure import Procedure


def entered_steps(form: dict[str, Any]) -> frozenset[str] | None:
    """Return the SOP's own steps that can be come to; None where that is out of reach."""
    try:
        came = Explorer(Procedure(form, "")).found.came
    except (TooLargeError, RecursionError):
        return None
    return frozenset(step for step, combinations in came.items() if combinations != NOTHING)
