from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.desk.actions import ACTIONS, KeyMap
from sopguide.desk.settings import Settings, find_config, read_settings

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def faults(folder: Path, text: str) -> list[str]:
    """What is wrong with it, after the name of the file."""
    return [fault.replace(f"{folder}/config.toml", "") for fault in read(folder, text).faults]


def test_without_a_file_all_is_as_it_comes(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_no_two_actions_share_a_key() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))


def test_all_settings_are_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        'theme = "okabe-ito"\nlanguage = "de"\ncopy_command = "wl-copy -n"\n'
        f'copy_file = "{tmp_path}/reply.txt"\n[keys]\nnote = "N"\n',
    )
    assert settings.theme == "okabe-ito"
    assert settings.language == "de"
    assert settings.copy_command == "wl-copy -n"
    assert settings.copy_file == tmp_path / "reply.txt"
    assert settings.keys == {"note": "N f5"}
    assert settings.faults == ()


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("N", ("N", "f5")),
        ("F10", ("n", "f10")),
        ("^B", ("n", "ctrl+b")),
        ("; Ctrl-B", (";", "ctrl+b")),
        ("ctrl+b ;", (";", "ctrl+b")),
    ],
)
def test_a_key_takes_the_place_of_the_one_of_its_kind(
    tmp_path: Path, written: str, keys: tuple[str, ...]
) -> None:
    settings = read(tmp_path, f'[keys]\nnote = "{written}"\n')
    assert settings.faults == ()
    assert settings.keymap.keys("note") == keys
    assert settings.keymap.actions[keys[0]] == "note"


def test_two_keys_may_change_places(tmp_path: Path) -> None:
    settings = read(tmp_path, '[keys]\nnote = "f"\nfeedback = "n"\n')
    assert settings.faults == ()
    assert settings.keymap.actions["f"] == "note"
    assert settings.keymap.actions["n"] == "feedback"


def test_while_text_is_typed_a_key_that_is_no_text_does_it() -> None:
    keymap = KeyMap()
    assert keymap.key("note", typing=True) == "f5"
    assert keymap.key("copy", typing=True) == ""
    assert keymap.key("help") == "i"


def test_a_mistake_is_told_with_its_line_and_keeps_the_default(tmp_path: Path) -> None:
    text = (
        'theme = "blue"\n'
        "language = 3\n"
        'colour = "red"\n'
        "[keys]\n"
        'parc = "p"\n'
        'park = "1"\n'
        'note = "f99"\n'
        'help = ""\n'
        'find = "n"\n'
        'undo = "Enter"\n'
    )
    settings = read(tmp_path, text)
    assert settings.theme == ""
    assert settings.keymap.actions == KeyMap().actions
    told = faults(tmp_path, text)
    lines = [line.split(":")[1] for line in told]
    assert lines == ["1", "2", "3", "5", "6", "7", "8", "10", "9"]
    assert "`blue` is no theme: there is dark, light, contrast-dark" in told[0]
    assert told[1] == ":2: `language` is to be a text"
    assert "`colour` is no setting: there is keys, theme" in told[2]
    assert "`parc` is nothing that a key does: there is back, undo" in told[3]
    assert told[4] == ":6: `1` has a meaning of its own"
    assert told[5] == ":7: `f99` is no key: write a character, f1 to f19, or ctrl+ and a letter"
    assert "`help` needs a key" in told[6]
    assert told[7] == ":10: `Enter` has a meaning of its own"
    assert told[8] == ":9: `n` already does `note`"


def test_keys_that_are_no_table_are_told(tmp_path: Path) -> None:
    assert faults(tmp_path, "keys = 3\n") == [
        ':1: `keys` is a table: write [keys] and below it park = "w"'
    ]


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, 'theme = "dark"\ntheme ==\n')
    assert "line 2" in fault


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in read_settings(tmp_path).faults[0]


def test_the_environment_says_where_the_settings_lie(tmp_path: Path) -> None:
    assert find_config({"SOPGUIDE_CONFIG": str(tmp_path / "mine.toml")}) == tmp_path / "mine.toml"
    assert find_config({}).name == "config.toml"
