"""What is installed, and what each command imports: looked at in fresh processes."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.fresh import imported

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's contents, as they lie in somebody's site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """An environment in which nothing points at this repository or its user."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SOPGUIDE_")}
    return kept | {
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "SOPGUIDE_CACHE": str(tmp_path / "cache"),
    }


def run(
    *arguments: str, env: dict[str, str], cwd: Path, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        input=typed,
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )


def command(*arguments: str) -> str:
    """Code that runs a command and goes on."""
    return (
        "import sys\n"
        f"sys.argv = ['sopguide', *{arguments!r}]\n"
        "from sopguide.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    )


def test_the_wheel_carries_the_library_and_the_screens_layouts(installed: Path) -> None:
    assert (installed / "sopguide" / "_trees" / "library.yaml").is_file()
    assert (installed / "sopguide" / "_trees" / "sops" / "account" / "hacked.yaml").is_file()
    assert (installed / "sopguide" / "py.typed").is_file()
    assert list((installed / "sopguide" / "tui").rglob("*.tcss"))
    assert (installed / "sopguide" / "serve" / "page" / "desk.html").is_file()
    assert not (installed / "tests").exists()


def test_an_installed_sopguide_speaks_every_language(installed: Path) -> None:
    for language in ("de", "es"):
        folder = f"locale/{language}/LC_MESSAGES"
        assert (installed / "sopguide" / folder / "sopguide.mo").is_file()
        assert (installed / "sopguide/_trees" / folder / "account.po").is_file()


def test_an_installed_sopguide_works_from_any_folder(
    installed: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    env = elsewhere | {"PYTHONPATH": str(installed)}
    checked = run("-m", "sopguide", "check", env=env, cwd=tmp_path)
    assert checked.stdout.endswith("clean\n")
    walked = run(
        *("-m", "sopguide", "walk", "account/hacked", "--plain"),
        env=env,
        cwd=tmp_path,
        typed="yes\n\n",
    )
    assert "Label: account/hacked/danger" in walked.stdout
    listed = run("-m", "sopguide", "log", "list", env=env, cwd=tmp_path)
    assert "account/hacked" in listed.stdout
    where = run("-c", "import sopguide; print(sopguide.__file__)", env=env, cwd=tmp_path)
    assert where.stdout.startswith(str(installed))


def test_version_imports_neither_click_nor_textual(elsewhere: dict[str, str]) -> None:
    found = imported(command("--version"), env=elsewhere)
    assert "sopguide.__main__" in found
    assert found.isdisjoint({"click", "textual", "typing", "pathlib", "sopguide.cli.main"})


def test_check_imports_neither_textual_nor_a_database(elsewhere: dict[str, str]) -> None:
    found = imported(command("check"), env=elsewhere)
    assert found & {"textual", "tinydb", "yaml"} == {"yaml"}


def test_a_second_start_imports_no_reader_and_no_compiler(elsewhere: dict[str, str]) -> None:
    compiling = ("yaml", "networkx", "pydantic", "rapidfuzz", "liquid", "holidays", "babel")
    names = {*compiling, "textual", "tinydb"}
    command_line = command("walk", "account/hacked", "--plain")
    assert {"yaml", "pydantic"} <= imported(command_line, env=elsewhere)
    assert imported(command_line, env=elsewhere).isdisjoint(names)
    assert imported(command("test", "account/hacked"), env=elsewhere).isdisjoint(names)
    assert imported(command("resolve", "account/hacked"), env=elsewhere).isdisjoint(names)


def test_the_desk_imports_no_reader_and_no_compiler(elsewhere: dict[str, str]) -> None:
    names = {"yaml", "networkx", "pydantic", "tinydb", "liquid", "holidays", "textual"}
    desk = command("check") + "import sopguide.tui.app, sopguide.desk.local, sopguide.log.local\n"
    loaded = (
        "from pathlib import Path\n"
        "from sopguide.graph.load import load_library\n"
        "from sopguide.cli.options import find_cache\n"
        "library = load_library(Path('trees'), find_cache())\n"
        "library.form('account/hacked')\n"
        "import sopguide.tui.app, sopguide.desk.local, sopguide.log.local\n"
    )
    run("-c", desk, env=elsewhere, cwd=ROOT)
    assert imported(loaded, env=elsewhere) & names == {"textual"}


def test_public_names_are_there_and_come_late(elsewhere: dict[str, str]) -> None:
    code = "import sopguide\nassert 'sopguide.graph.load' not in __import__('sys').modules\n"
    code += "for name in sopguide.__all__:\n    assert getattr(sopguide, name) is not None\n"
    assert "textual" not in imported(code, env=elsewhere)
    done = run(
        "-c",
        "import sopguide\ntry:\n    sopguide.nothing\nexcept AttributeError as error:\n    print(error)",
        env=elsewhere,
        cwd=ROOT,
    )
    assert done.stdout == "module 'sopguide' has no attribute 'nothing'\n"


def test_the_readme_opens_with_the_two_commands() -> None:
    blocks = (ROOT / "README.md").read_text().split("```sh\n")[1:3]
    walk, tests = (block.partition("\n```")[0] for block in blocks)
    assert walk.endswith("/sopguide walk")
    assert tests.endswith("/pytest")
    assert all(text.startswith("python3 -m venv .venv && ") for text in (walk, tests))
