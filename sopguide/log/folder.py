"""Where things lie in the data folder.

journals/          the journals of running processes, and of walks not yet finished
journals/acts/     what was done with the log itself: exports, erasures
journals/done/     journals of which every walk is in walks/: kept, not looked through,
                   the old ones compacted: `<journal>.jsonl.gz`
walks/2026-11/     finished walks, TinyDB files `22-001.json`
open/              what only the agent may see of a walk in progress: `<walk>.json`
remarks/2026-11/   notes and feedback, redacted: `<remark>.json`
forms/             every compiled form that a walk refers to: `<hash>.json`
erasing/           erasures that are not done yet: `<erasure>.json`
imports/           logs of other systems, for comparison: `<name>/`
locks/             who holds what: `<walk>.lock`, `<journal>.lock`, `walks.lock`
damaged/           damaged files as they were, each with a note of what was lost
ticket.key         this machine's key of the ticket hash
team.key           the organisation's, once something was shipped, and former ones
users.toml         who may sign in to a desk in a browser
shipped.json       how far the journals were shipped to the team's store
team.json          that the system's keyring has that store's address
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.files import SYSTEM_DISK, private_folder, tighten

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.files import Disk

COMPACT = ".jsonl.gz"  # ends the name of a journal that was compacted


class DataFolder:
    """The layout, made where missing, open to nobody else; `disk` does what is done in it.

    Without `make` it is taken as it is: whoever looks into another person's log leaves no trace.
    """

    def __init__(self, root: Path, disk: Disk = SYSTEM_DISK, *, make: bool = True) -> None:
        self.root = root
        self.disk = disk
        self.journals = root / "journals"
        self.done = self.journals / "done"
        self.acts = self.journals / "acts"
        self.walks = root / "walks"
        self.open = root / "open"
        self.remarks = root / "remarks"
        self.forms = root / "forms"
        self.erasing = root / "erasing"
        self.imports = root / "imports"
        self.locks = root / "locks"
        self.damaged = root / "damaged"
        self.ticket_key = root / "ticket.key"
        self.team_key = root / "team.key"
        self.users = root / "users.toml"
        if make:
            self._make(disk)

    def _make(self, disk: Disk) -> None:
        for folder in (self.root, self.journals, self.done, self.walks, self.open, self.remarks):
            private_folder(folder, disk)
        private_folder(self.forms, disk)
        private_folder(self.locks, disk)
        for key in (self.ticket_key, self.team_key):
            if key.exists():
                tighten(key)

    def lock(self, name: str) -> Path:
        return self.locks / f"{name}.lock"

    def private(self, walk: str) -> Path:
        return self.open / f"{walk}.json"

    def form(self, form_hash: str) -> Path:
        return self.forms / f"{form_hash}.json"

    def live_journals(self) -> list[Path]:
        """Those that may hold unfinished walks, in the order of their beginning."""
        return sorted(self.journals.glob("*.jsonl"))

    def is_read(self, journal: Path) -> bool:
        """Whether a journal lies where commands look for one of its name."""
        plain = journal.suffix != ".gz"
        return journal.parent == self.done or (
            plain and journal.parent in (self.journals, self.acts)
        )

    def done_journals(self) -> list[Path]:
        """Each once, in the order of their beginning, compacted or not."""
        compact = {path.name.removesuffix(COMPACT): path for path in self.done.glob(f"*{COMPACT}")}
        plain = {path.stem: path for path in self.done.glob("*.jsonl")}
        return [path for _, path in sorted({**compact, **plain}.items())]
