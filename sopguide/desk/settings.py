"""The agent's own settings: `config.toml` in the user's config folder, or the file SOPGUIDE_CONFIG.

    theme = "contrast-dark"
    language = "de"
    copy_command = "wl-copy"
    [keys]
    note = "N"            # takes the place of the character that does it
    find = "f f10"        # and of the key that does it while text is typed

A mistake in it never keeps anyone from work: it is told with its file and line, what else could
have been written, and the setting keeps its default.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.desk.actions import BY_NAME, FIXED, KeyMap, is_text
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

THEMES = ("dark", "light", "contrast-dark", "contrast-light", "okabe-ito", "okabe-ito-light")
_NAMED = re.compile(r"f([1-9]|1[0-9])|ctrl\+[a-z]|backspace")
_SPELT = {"^": "ctrl+", "ctrl-": "ctrl+", "control+": "ctrl+"}


class Settings(NamedTuple):
    """What an agent set; `keys` holds the keys of each action that was changed."""

    keys: Mapping[str, str] = MappingProxyType({})
    theme: str = ""
    language: str | None = None
    copy_command: str | None = None
    copy_file: Path | None = None
    faults: tuple[str, ...] = ()

    @property
    def keymap(self) -> KeyMap:
        """All keys, those that were changed among them."""
        return KeyMap({name: tuple(keys.split()) for name, keys in self.keys.items()})


def find_config(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the settings lie."""
    if named := environment.get("SOPGUIDE_CONFIG"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("sopguide", appauthor=False) / "config.toml"


def read_settings(path: Path) -> Settings:
    """The settings in a file; the defaults where there is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(faults=(_("{file}: cannot be read: {why}").format(file=path, why=error),))
    import tomllib

    try:
        return _Reader(path, text).read(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(faults=(f"{path}: {error}",))


class _Reader:
    """Holds each setting against what it may be, and collects what does not fit."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._faults: list[str] = []

    def read(self, found: dict[str, Any]) -> Settings:
        readers: dict[str, Callable[[Any], Any]] = {
            "keys": self._keys,
            "theme": self._theme,
            "language": lambda value: self._text("language", value),
            "copy_command": lambda value: self._text("copy_command", value),
            "copy_file": lambda value: self._file("copy_file", value),
        }
        kept = {}
        for name, value in found.items():
            if name not in readers:
                self._fault(name, _("`{name}` is no setting"), readers)
            elif (read := readers[name](value)) is not None:
                kept[name] = read
        return Settings(**kept, faults=tuple(self._faults))

    def _text(self, name: str, value: Any) -> str | None:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._fault(name, _("`{name}` is to be a text"))
        return None

    def _file(self, name: str, value: Any) -> Path | None:
        text = self._text(name, value)
        return Path(text).expanduser() if text else None

    def _theme(self, value: Any) -> str | None:
        if value in THEMES:
            return str(value)
        self._fault("theme", _("`{value}` is no theme"), THEMES, value=value)
        return None

    def _keys(self, value: Any) -> dict[str, str] | None:
        if not isinstance(value, dict):
            self._fault("keys", _('`{name}` is a table: write [keys] and below it park = "w"'))
            return None
        changed: dict[str, tuple[str, ...]] = {}
        for name, written in value.items():
            if name not in BY_NAME:
                self._fault(name, _("`{name}` is nothing that a key does"), BY_NAME)
            elif keys := self._read_keys(name, written):
                changed[name] = _in_place_of(BY_NAME[name].keys, keys)
        self._take_back_doubles(changed)
        return {name: " ".join(keys) for name, keys in changed.items()}

    def _read_keys(self, name: str, written: Any) -> tuple[str, ...]:
        words = written.split() if isinstance(written, str) else []
        keys = tuple(_read_key(word) for word in words)
        for word, key in zip(words, keys, strict=True):
            if key in FIXED or (is_text(key) and key.isdigit()):
                self._fault(name, _("`{value}` has a meaning of its own"), value=word)
                return ()
            if not key:
                self._fault(name, _("`{value}` is no key") + _EXPECTED(), value=word)
                return ()
        if not keys:
            self._fault(name, _("`{name}` needs a key") + _EXPECTED())
        return keys

    def _take_back_doubles(self, changed: dict[str, tuple[str, ...]]) -> None:
        """A key that would do two things does what it did before."""
        while doubles := _doubles(changed):
            key, names = doubles[0]
            name = next(each for each in reversed(list(changed)) if each in names)
            other = next(each for each in names if each != name)
            problem = _("`{value}` already does `{other}`")
            self._fault(name, problem, value=key, other=other)
            del changed[name]

    def _fault(self, name: str, problem: str, known: Iterable[str] = (), **more: Any) -> None:
        told = problem.format(name=name, **more)
        if known:
            told += ": " + _("there is {names}").format(names=", ".join(known))
        place = self._line(name)
        self._faults.append(f"{self._path}:{place}: {told}" if place else f"{self._path}: {told}")

    def _line(self, name: str) -> int | None:
        """The line on which a name is set; the reader of TOML does not tell."""
        sought = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[\]=.]""")
        return next((n for n, line in enumerate(self._lines, 1) if sought.match(line)), None)


def _EXPECTED() -> str:  # noqa: N802 - it stands where a constant would
    return ": " + _("write a character, f1 to f19, or ctrl+ and a letter")


def _read_key(word: str) -> str:
    """A key in its canonical spelling; nothing where it is none."""
    if len(word) == 1:
        return word if word.isprintable() else ""
    key = word.casefold()
    for spelt, meant in _SPELT.items():
        if key.startswith(spelt):
            key = meant + key.removeprefix(spelt)
    return key if _NAMED.fullmatch(key) or key in FIXED else ""


def _in_place_of(defaults: tuple[str, ...], keys: tuple[str, ...]) -> tuple[str, ...]:
    """A character takes the place of characters, another key that of the others."""
    characters, others = any(map(is_text, keys)), any(not is_text(key) for key in keys)
    kept = [key for key in defaults if not (characters if is_text(key) else others)]
    return (*sorted((*keys, *kept), key=lambda key: not is_text(key)),)


def _doubles(changed: Mapping[str, tuple[str, ...]]) -> list[tuple[str, list[str]]]:
    keymap = KeyMap(changed)
    used = {name: set(keymap.keys(name)) for name in BY_NAME}
    counts = Counter(key for keys in used.values() for key in keys)
    return [
        (key, [name for name, keys in used.items() if key in keys])
        for key, count in counts.items()
        if count > 1
    ]
