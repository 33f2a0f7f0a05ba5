"""What could be typed here: the names that fit the key before the cursor.

Only the line up to the cursor is looked at, so it works in files that cannot be read yet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.lsp.checked import Checked

_VALUE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):[ \t]*(?:\[(?:[^\]]*,)?[ \t]*)?[\"']?([\w/.-]*)$")
_CONDITION = re.compile(r"\bif:.*[{,][ \t]*([a-z][a-z0-9_]*)?$")
_IN_SET = re.compile(r"\bin[ \t]+([a-z0-9_]*)$")

_KINDS = {
    "start": "step",
    "go": "step",
    "to": "step",
    "else": "step",
    "reply": "step",
    "timeout": "step",
    "fact": "fact",
    "of": "fact",
    "macro": "macro",
    "macros": "macro",
    "replaced_by": "macro",
    "label": "label",
    "run": "sop",
    "table": "table",
}


class Offer(NamedTuple):
    """Names of one kind, to be put in place of what was typed of them."""

    kind: str
    names: tuple[str, ...]
    typed: str


def complete(before: str, checked: Checked, file: str) -> Offer | None:
    """What fits after `before`, the text of a line up to the cursor."""
    found = _wanted(before, file)
    if found is None:
        return None
    kind, typed = found
    return Offer(kind, tuple(dict.fromkeys(_names(kind, checked, file))), typed)


def _wanted(before: str, file: str) -> tuple[str, str] | None:
    if found := _IN_SET.search(before):
        return "set", found[1]
    if found := _CONDITION.search(before):
        return "fact", found[1] or ""
    if not (found := _VALUE.search(before)):
        return None
    kind = _KINDS.get(found[1])
    if kind is None and file.startswith("sops/") and before.startswith("      "):
        kind = "step"  # the short form of an answer, or what a sub-procedure came back with
    return (kind, found[2]) if kind else None


def _names(kind: str, checked: Checked, file: str) -> Iterator[str]:
    sop = checked.sop_of(file)
    if kind == "step":
        own = f"{sop}."
        steps = (each.name for each in checked.definitions if each.kind == "step")
        yield from (step.removeprefix(own) for step in steps if step.startswith(own))
        return
    if kind == "macro":
        yield "none"
    yield from checked.names(kind, sop)
