"""Copying out of the desk, said on the screen in view: what was copied, how, and what failed.

The terminal takes a text at once. A command or a file of the agent's choice may take its time, so
it runs beside the desk, one copy after the other.
"""

from __future__ import annotations

from asyncio import Lock, to_thread
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sopguide.clean import clean
from sopguide.desk.settings import Settings
from sopguide.messages import _
from sopguide.tui import drawing

if TYPE_CHECKING:
    from textual.app import App

_turns: WeakKeyDictionary[App[Any], Lock] = WeakKeyDictionary()


def copy(app: App[Any], text: str, what: str) -> None:
    """Copy a text; `what` names it."""
    settings: Settings = getattr(app, "settings", None) or Settings()
    if settings.copy_command or settings.copy_file:
        app.run_worker(_copy_elsewhere(app, text, what, settings), group="copy")
    else:
        app.copy_to_clipboard(clean(text))
        _tell(app, drawing.copied(what))


async def _copy_elsewhere(app: App[Any], text: str, what: str, settings: Settings) -> None:
    from sopguide.desk.copying import Copied, copy_out

    async with _turns.setdefault(app, Lock()):
        copied = await to_thread(copy_out, text, settings)
    if copied.where is None:
        last = copy_out(text, Settings(), app.copy_to_clipboard)
        copied = Copied(last.where, copied.faults)
    told = _("The {what}: {how}").format(what=what, how=copied.told)
    _tell(app, told, failed=bool(copied.faults))


def _tell(app: App[Any], what: str, *, failed: bool = False) -> None:
    tell = getattr(app.screen, "refuse" if failed else "say", None)
    if tell is not None:
        tell(what)
