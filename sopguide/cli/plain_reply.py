"""The reply in lines: read, filled in, edited in the agent's editor, copied."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from sopguide.desk.copying import copy_out
from sopguide.desk.reply import draft_of
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sopguide.cli.plain import PlainWalk
    from sopguide.desk.hand import Applied
    from sopguide.walk.view import View


class PlainReply:
    """The reply of the step at which a walk stands."""

    def __init__(self, plain: PlainWalk) -> None:
        self._plain = plain
        self._draft = draft_of(plain.hand)
        self.commands: dict[str, Callable[[View, str], None]] = {
            "macro": self._show,
            "fill": self._fill,
            "edit": self._edit,
            "diff": self._diff,
            "copy": self._copy,
        }

    @property
    def applied(self) -> Applied | None:
        """What the log learns of it."""
        return self._draft.applied

    def lines(self) -> Iterator[str]:
        """The reply in full, and what is missing in it."""
        draft = self._draft
        if draft.recommended is None:
            yield _("Reply: none")
            return
        edited = _(", edited") if draft.edited else ""
        yield _("Reply ({locale}{edited}):").format(locale=draft.locale, edited=edited)
        if draft.stand_in:
            told = _("There is none in {wanted}: this is {shown}")
            yield told.format(wanted=draft.locale, shown=draft.stand_in)
        elif draft.guessed:
            others = (each for each in self._plain.hand.locales if each != draft.locale)
            commands = ", ".join(f"macro {each}" for each in others)
            yield _("The ticket names no language; in another: {commands}").format(
                commands=commands
            )
        yield draft.text
        if draft.missing:
            names = ", ".join(draft.missing)
            yield _("Fill in before sending: {names}").format(names=names)

    def _say(self, *lines: str) -> None:
        self._plain.say(*lines)

    def _is_there(self) -> bool:
        if self._draft.recommended is None:
            self._say(_("There is no reply here"))
        return self._draft.recommended is not None

    def _show(self, _view: View, locale: str) -> None:
        locales = self._plain.hand.locales
        if locale and locale not in locales:
            self._say(_("The languages are {locales}").format(locales=", ".join(locales)))
            return
        self._draft.locale = locale or self._draft.locale
        self._say(*self.lines())

    def _fill(self, _view: View, typed: str) -> None:
        """`fill NAME VALUE`, or one question for each that is missing."""
        if not self._is_there():
            return
        name, _space, value = typed.partition(" ")
        asked = self._draft.asked
        if name in asked:
            self._draft.fill(name, value or self._plain.ask(f"{name}> ") or "")
        elif name:
            names = ", ".join(asked) or _("none")
            self._say(_("To be filled in by you: {names}").format(names=names))
            return
        elif not self._draft.missing:
            self._say(_("Nothing is left to fill in"))
            return
        else:
            for each in self._draft.missing:
                self._draft.fill(each, self._plain.ask(f"{each}> ") or self._draft.value(each))
        self._say(*self.lines())

    def _edit(self, _view: View, what: str) -> None:
        """In $VISUAL or $EDITOR; nothing is sent from there."""
        if not self._is_there():
            return
        if what.casefold() == "undo":
            self._draft.restore()
            self._say(*self.lines())
            return
        if not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
            self._say(_("Set EDITOR to the editor of your choice, for example EDITOR=nano"))
            return
        try:
            text = click.edit(self._draft.text, require_save=True)
        except click.ClickException as error:
            self._say(_("The editor failed: {why}").format(why=error.message))
            return
        if text is None:
            self._say(_("Nothing was changed"))
        elif (why := self._draft.write(text)) is not None:
            self._say(why)
        else:
            self._say(*self.lines())

    def _diff(self, _view: View, _rest: str) -> None:
        changed = [str(each) for each in self._draft.diff()]
        self._say(*changed or [_("The reply is as it was recommended")])

    def _copy(self, view: View, what: str) -> None:
        """By the command or the file of the settings; lines reach no terminal's clipboard."""
        label = view.outcome.label if view.outcome else None
        text = label or "" if what.casefold() == "label" else self._draft.text
        settings = self._plain.settings
        if not text:
            self._say(_("There is nothing to copy here"))
        elif settings is None or not (settings.copy_command or settings.copy_file):
            told = _("Name a copy_command or a copy_file in {file}")
            self._say(told.format(file=_config()))
        else:
            self._say(copy_out(text, settings).told)


def _config() -> str:
    from sopguide.desk.settings import find_config

    return str(find_config())
