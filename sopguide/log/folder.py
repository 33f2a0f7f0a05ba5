"""Where things lie in the data folder.

journals/          the journals of running processes, and of walks not yet finished
journals/done/     journals of which every walk is in walks/: kept, not looked through
walks/2026-11/     finished walks, TinyDB files `22-001.json`
open/              what only the agent may see of a walk in progress: `<walk>.json`
remarks/2026-11/   notes and feedback, redacted: `<remark>.json`
forms/             every compiled form that a walk refers to: `<hash>.json`
locks/             who holds what: `<walk>.lock`, `<journal>.lock`, `walks.lock`
ticket.key         the key of the ticket hash
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.files import private_folder, tighten

if TYPE_CHECKING:
    from pathlib import Path


class DataFolder:
    """The layout, made where missing, open to nobody else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.journals = root / "journals"
        self.done = self.journals / "done"
        self.walks = root / "walks"
        self.open = root / "open"
        self.remarks = root / "remarks"
        self.forms = root / "forms"
        self.locks = root / "locks"
        self.ticket_key = root / "ticket.key"
        for folder in (root, self.journals, self.done, self.walks, self.open, self.remarks):
            private_folder(folder)
        private_folder(self.forms)
        private_folder(self.locks)
        if self.ticket_key.exists():
            tighten(self.ticket_key)

    def lock(self, name: str) -> Path:
        return self.locks / f"{name}.lock"

    def private(self, walk: str) -> Path:
        return self.open / f"{walk}.json"

    def form(self, form_hash: str) -> Path:
        return self.forms / f"{form_hash}.json"

    def live_journals(self) -> list[Path]:
        """Those that may hold unfinished walks, in the order of their beginning."""
        return sorted(self.journals.glob("*.jsonl"))

    def done_journals(self) -> list[Path]:
        return sorted(self.done.glob("*.jsonl"))
