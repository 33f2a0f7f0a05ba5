"""All that the log of one machine holds on one agent, for whoever asks (GDPR Art. 15).

Walks in which they had a part, what they wrote, what they did with the log, and the tickets they
left; what each is for, for how long it is kept, who receives it, and where it lies.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopguide.log.acts import read_acts
from sopguide.log.ages import KINDS, kind_of, mode_kind
from sopguide.log.document import OPEN
from sopguide.log.elsewhere import may_sign_in
from sopguide.log.jsontext import dumps
from sopguide.log.rewriting import journals
from sopguide.log.steps import content_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.folder import DataFolder
    from sopguide.log.local import LocalLog
    from sopguide.log.record import Record
    from sopguide.log.remarks import Remark

PURPOSES = {
    "walks": "to work tickets by the procedure, and to see where procedures go wrong",
    "drills": "to train, and to see who is ready for which procedure",
    "tests": "to try procedures out",
    "tickets": "to go on with a ticket that was left",
    "notes": "for whoever takes the ticket up again",
    "feedback": "for the owner of the procedure, to make it better",
    "acts": "to show what was done with the log",
}
"""What each kind is kept for."""


@dataclass(frozen=True, slots=True)
class Access:
    """What is held on an agent."""

    agent: str
    walks: list[WalkDoc] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    acts: list[Record] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    """Walks they left, whose ticket lies on this machine."""
    places: list[str] = field(default_factory=list)
    """The files in which their name stands."""

    @property
    def vendors(self) -> list[str]:
        """Whom they worked for: `vendor, org`."""
        return sorted({f"{walk.head['vendor']}, {walk.head['org']}" for walk in self.walks})

    def counts(self) -> dict[str, int]:
        """How much there is of each kind."""
        found = Counter(mode_kind(walk.mode) for walk in self.walks)
        found.update(kind_of(remark.kind) for remark in self.remarks)
        found.update({"tickets": len(self.tickets), "acts": len(self.acts)})
        return {kind: found[kind] for kind in KINDS}

    def to_json(self, retention: Mapping[str, Any], recipients: list[str]) -> dict[str, Any]:
        """All of it; the walks with every record that names them."""
        return {
            "agent": self.agent,
            "kinds": {
                kind: {
                    "held": number,
                    "purpose": PURPOSES[kind],
                    "kept": retention.get(kind, {}).get("keep"),
                    "because": retention.get(kind, {}).get("because", []),
                }
                for kind, number in self.counts().items()
            },
            "recipients": recipients,
            "walks": [self._walk_json(walk) for walk in self.walks],
            "remarks": [remark.to_json() for remark in self.remarks],
            "acts": self.acts,
            "tickets": self.tickets,
            "places": self.places,
        }

    def _walk_json(self, walk: WalkDoc) -> dict[str, Any]:
        records = [record for record in walk.records() if record["agent"] == self.agent]
        return {"walk": walk.walk, "status": walk.status, "records": records}


def access(log: LocalLog, folder: DataFolder, agent: str) -> Access:
    """Reads all of it; what cannot be read is in the log's damages."""
    walks = [walk for walk in log.walks() if _had_a_part(walk, agent)]
    damages = log.damages()
    acts = [act for act in read_acts(folder, damages) if act["agent"] == agent]
    left = [walk.walk for walk in walks if walk.status == OPEN]
    return Access(
        agent,
        walks,
        [remark for remark in log.remarks.all() if remark.agent == agent],
        acts,
        [walk for walk in left if folder.private(walk).exists()],
        _places(folder, agent),
    )


def _had_a_part(walk: WalkDoc, agent: str) -> bool:
    """Whether they began it or went on with it."""
    return walk.head["agent"] == agent or any(event.get("agent") == agent for event in walk.events)


def _places(folder: DataFolder, agent: str) -> list[str]:
    name = dumps(agent)
    kept = (folder.walks, folder.remarks, folder.damaged, folder.acts, folder.imports)
    files = (path for place in kept for path in place.rglob("*") if path.is_file())
    found = [path for path in (*journals(folder), *files) if _names(path, name)]
    if may_sign_in(folder, agent):
        found.append(folder.users)
    return sorted(str(path.relative_to(folder.root)) for path in found)


def _names(path: Path, name: bytes) -> bool:
    try:
        return name in content_of(path)
    except OSError:  # damaged, or gone meanwhile: whoever reads the log is told
        return False
