"""What agents say about steps, for those who own them: by SOP and step, the most remarked first.

A step of a sub-procedure belongs to that procedure's owner. Who owns a procedure now, and whether
it has changed since, is the library's to say; where it knows the procedure no longer, the remark's
own word stands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sopguide.graph.library import Entry
    from sopguide.log.remarks import Remark

    Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StepFeedback:
    """All that was said about one step; the latest first."""

    sop: str
    step: str
    owner: str
    wording: str
    """The step's own words, as the latest who spoke of it had them before them."""
    about: tuple[tuple[str, int], ...]
    """What is amiss, as codes, and how often it was said; the commonest first."""
    remarks: tuple[Remark, ...]
    changed: frozenset[str]
    """The remarks since which the SOP that was walked has changed, by their ids."""

    def to_json(self) -> dict[str, Any]:
        return {
            "sop": self.sop,
            "step": self.step,
            "owner": self.owner,
            "wording": self.wording,
            "about": dict(self.about),
            "remarks": [
                {**remark.to_json(), "changed": remark.id in self.changed}
                for remark in self.remarks
            ],
        }


def gather(
    remarks: Iterable[Remark],
    sops: Mapping[str, Entry],
    form: Callable[[str], Form | None],
    *,
    owner: str | None = None,
    sop: str | None = None,
) -> list[StepFeedback]:
    """Feedback by step; `form` gives what was walked, by its hash, where it is still kept."""
    steps: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        steps.setdefault((remark.part, remark.step.rpartition(".")[2]), []).append(remark)
    found = []
    for (part, step), said in steps.items():
        latest = sorted(said, key=lambda remark: -remark.at)
        owned = sops[part].owner if part in sops else latest[0].owner
        if owner in (None, owned) and sop in (None, part, *(each.sop for each in said)):
            found.append(_step(part, step, owned, latest, sops, form))
    return sorted(found, key=lambda each: (-len(each.remarks), each.sop, each.step))


def _step(
    part: str,
    step: str,
    owner: str,
    latest: list[Remark],
    sops: Mapping[str, Entry],
    form: Callable[[str], Form | None],
) -> StepFeedback:
    return StepFeedback(
        sop=part,
        step=step,
        owner=owner,
        wording=_wording(form(latest[0].hash), part, step),
        about=tuple(Counter(str(remark.about) for remark in latest).most_common()),
        remarks=tuple(latest),
        changed=frozenset(
            remark.id
            for remark in latest
            if remark.sop not in sops or sops[remark.sop].hash != remark.hash
        ),
    )


def _wording(form: Form | None, part: str, step: str) -> str:
    """What a step says or asks; nothing where its form is lost, or it has no words."""
    procedure = (form or {}).get("procedures", {}).get(part, {})
    found = procedure.get("steps", {}).get(step, {})
    if "text" in found or form is None:
        return str(found.get("text", ""))
    name = found.get("fact")
    fact = procedure.get("facts", {}).get(name) or form.get("facts", {}).get(name) or {}
    return str(fact.get("ask") or "")
